package org.consilium.scheduling.coverage;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.consilium.scheduling.availability.TimeSlot;

/** How many can be reached in each hour of a window: in its worst quarter. */
final class Reach {
  private static final int QUARTERS = 4;
  private static final long QUARTER_SECONDS = 900;

  private final Instant start;
  private final int[] quarters;

  Reach(Instant start, int hours) {
    this.start = start;
    this.quarters = new int[hours * QUARTERS];
  }

  /** One more person, in these times: a union already. */
  void add(List<TimeSlot> slots) {
    for (var slot : slots) {
      long from = Duration.between(start, slot.start()).toSeconds();
      long until = Duration.between(start, slot.end()).toSeconds();
      int first = (int) Math.max(0, -Math.floorDiv(-from, QUARTER_SECONDS));
      int last = (int) Math.min(quarters.length, Math.floorDiv(until, QUARTER_SECONDS));
      for (int quarter = first; quarter < last; quarter++) {
        quarters[quarter]++;
      }
    }
  }

  int[] byHour() {
    var hours = new int[quarters.length / QUARTERS];
    for (int hour = 0; hour < hours.length; hour++) {
      hours[hour] = Arrays.stream(quarters, hour * QUARTERS, (hour + 1) * QUARTERS).min().orElse(0);
    }
    return hours;
  }
}
