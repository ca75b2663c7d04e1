package org.consilium.platform.identity;

import java.time.ZoneId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;

/** A place where patients are seen, with its zone and whom to call when life is in danger. */
public record Site(
    SiteId id,
    OrganisationId organisation,
    String name,
    ZoneId zone,
    String country,
    String emergencyContact) {}
