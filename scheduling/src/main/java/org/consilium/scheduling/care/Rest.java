package org.consilium.scheduling.care;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
   * Until when somebody rests at {@code now}.
   *
   * @param shifts on call; those that have not ended by then ask for none
   * @param immediate when immediate consults were taken
   * @return empty when nothing is to rest from
   */
  public static Optional<Instant> until(
      Duration rest, ZoneId zone, List<TimeSlot> shifts, List<Instant> immediate, Instant now) {
    return spans(rest, zone, shifts, immediate).stream()
        .filter(span -> span.holds(now))
        .map(TimeSlot::end)
        .max(Comparator.naturalOrder());
  }

  /** When somebody rests: after each night on call, and after each immediate consult. */
  public static List<TimeSlot> spans(
      Duration rest, ZoneId zone, List<TimeSlot> shifts, List<Instant> immediate) {
    if (rest.isZero()) {
      return List.of();
    }
    var nights = shifts.stream().filter(shift -> NIGHT.touches(shift, zone)).map(TimeSlot::end);
    return Stream.concat(nights, immediate.stream())
        .map(worked -> TimeSlot.of(worked, rest))
        .toList();
  }
}
