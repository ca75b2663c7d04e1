package org.consilium.scheduling.care;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.availability.TimeSlot;

/** When somebody may be asked again after a night on call or an immediate consult. */
public final class Rest {
  private static final LocalTime NIGHT_START = LocalTime.of(22, 0);
  private static final LocalTime NIGHT_END = LocalTime.of(6, 0);

  /** Longer ago than that, and even the longest rest that can be wished for is over. */
  static final Duration LOOK_BACK = Duration.ofHours(48);

  private Rest() {}

  /**
   * @param shifts on-call shifts that have ended
   * @param immediate when immediate consults were taken
   * @return empty when nothing is to rest from
   */
  public static Optional<Instant> until(
      Duration rest, ZoneId zone, List<TimeSlot> shifts, List<Instant> immediate, Instant now) {
    if (rest.isZero()) {
      return Optional.empty();
    }
    var end = Instant.MIN;
    for (TimeSlot shift : shifts) {
      if (!shift.end().isAfter(now) && touchesANight(shift, zone)) {
        end = later(end, shift.end());
      }
    }
    for (Instant taken : immediate) {
      end = later(end, taken);
    }
    return end.equals(Instant.MIN)
        ? Optional.empty()
        : Optional.of(end.plus(rest)).filter(until -> until.isAfter(now));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Whether any of it lies between 22:00 and 06:00 on their own wall clock. */
  static boolean touchesANight(TimeSlot shift, ZoneId zone) {
    var day = shift.start().atZone(zone).toLocalDate().minusDays(1);
    while (!day.atStartOfDay(zone).toInstant().isAfter(shift.end())) {
      var from = day.atTime(NIGHT_START).atZone(zone).toInstant();
      var until = day.plusDays(1).atTime(NIGHT_END).atZone(zone).toInstant();
      if (shift.start().isBefore(until) && shift.end().isAfter(from)) {
        return true;
      }
      day = day.plusDays(1);
    }
    return false;
  }
}
