package org.consilium.scheduling.availability;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * When somebody, or a place, can be had: a promise about the wall clock. {@link Expansion} makes
 * instants of it.
 *
 * @param zone where the wall clock hangs before the first change
 * @param zoneChanges a person who moved: the times stay, the zone differs for windows that start on
 *     or after the date
 */
public record Hours(
    ZoneId zone,
    List<WeeklyHours> weekly,
    List<HoursException> exceptions,
    List<ZoneChange> zoneChanges) {
  /** From this local date on, windows start in this zone. */
  public record ZoneChange(LocalDate from, ZoneId zone) {}

  public Hours {
    weekly = List.copyOf(weekly);
    exceptions = List.copyOf(exceptions);
    zoneChanges = zoneChanges.stream().sorted(Comparator.comparing(ZoneChange::from)).toList();
  }

  /** Never there: what somebody has who has not said anything yet. */
  public static Hours none(ZoneId zone) {
    return new Hours(zone, List.of(), List.of(), List.of());
  }

  public ZoneId zoneOn(LocalDate date) {
    ZoneId at = zone;
    for (ZoneChange change : zoneChanges) {
      if (change.from().isAfter(date)) {
        break;
      }
      at = change.zone();
    }
    return at;
  }
}
