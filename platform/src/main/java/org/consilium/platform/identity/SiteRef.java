package org.consilium.platform.identity;

import java.time.ZoneId;
import org.consilium.platform.id.SiteId;

/** A site as the contract shows one. */
public record SiteRef(
    SiteId id, String name, ZoneId zone, String country, String emergencyContact) {
  public static SiteRef of(Site site) {
    return new SiteRef(
        site.id(), site.name(), site.zone(), site.country(), site.emergencyContact());
  }
}
