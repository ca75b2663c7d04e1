package org.consilium.scheduling.booking;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.BiFunction;
import org.consilium.scheduling.availability.Expansion;

/**
 * By which edition of the zone data a wall clock's time is made an instant.
 *
 * @param version IANA's name, for example {@code 2026a}
 * @param instant of a local time in a zone, by the rules of {@link Expansion}
 */
record ZoneReckoning(String version, BiFunction<LocalDateTime, ZoneId, Instant> instant) {
  /** The edition that this program runs with. */
  static ZoneReckoning current() {
    return new ZoneReckoning(
        Expansion.zoneDataVersion(), (local, zone) -> ZonedDateTime.of(local, zone).toInstant());
  }

  Instant at(LocalDateTime local, ZoneId zone) {
    return instant.apply(local, zone);
  }
}
