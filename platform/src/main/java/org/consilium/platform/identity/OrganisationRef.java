package org.consilium.platform.identity;

import java.time.ZoneId;
import org.consilium.platform.id.OrganisationId;

/** An organisation as the contract shows one. */
public record OrganisationRef(OrganisationId id, String name, ZoneId zone) {
  public static OrganisationRef of(Organisation organisation) {
    return new OrganisationRef(organisation.id(), organisation.name(), organisation.zone());
  }
}
