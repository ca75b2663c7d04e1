package org.consilium.platform.identity;

import java.time.ZoneId;
import org.consilium.platform.id.AccountId;

/** A person as others may see them. */
public record Person(AccountId id, String name, ZoneId zone, String language) {}
