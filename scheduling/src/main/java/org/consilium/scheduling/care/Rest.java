package org.consilium.scheduling.care;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.volunteer.Wishes;

/** When somebody may be asked again after a night on call or an immediate consult. */
public final class Rest {
  /** On their own wall clock. */
  private static final Wishes.Quiet NIGHT =
      new Wishes.Quiet(LocalTime.of(22, 0), LocalTime.of(6, 0));

  /** Longer ago than that, and even the longest rest that can be wished for is over. */
  public static final Duration LOOK_BACK = Duration.ofHours(48);

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
      if (!shift.end().isAfter(now) && NIGHT.touches(shift, zone)) {
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
}
