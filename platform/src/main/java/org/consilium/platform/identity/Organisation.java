package org.consilium.platform.identity;

import java.time.ZoneId;
import org.consilium.platform.id.OrganisationId;

/** A clinic network, a hospital or a network of volunteers. */
public record Organisation(OrganisationId id, String name, ZoneId zone, String kind) {}
