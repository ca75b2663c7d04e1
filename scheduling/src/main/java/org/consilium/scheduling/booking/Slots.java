package org.consilium.scheduling.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.TimeSlots;

/**
 * The starts at which everybody is free for the whole length. Starts lie on quarters of an hour,
 * which every zone of the world shares. Pure.
 */
final class Slots {
  static final Duration GRID = Duration.ofMinutes(15);
  static final Duration NOTICE_MIN = Duration.ofMinutes(10);

  private Slots() {}

  static List<TimeSlot> free(
      Collection<Resource> resources, TimeSlot window, Duration length, int max) {
    List<TimeSlot> common = List.of(window);
    for (Resource resource : resources) {
      var free = TimeSlots.difference(TimeSlots.union(resource.available()), resource.booked());
      common = TimeSlots.intersection(common, free);
    }
    var slots = new ArrayList<TimeSlot>();
    for (TimeSlot gap : common) {
      for (Instant start = onGrid(gap.start());
          !start.plus(length).isAfter(gap.end()) && slots.size() < max;
          start = start.plus(GRID)) {
        slots.add(TimeSlot.of(start, length));
      }
    }
    return slots;
  }

  static boolean isOnGrid(Instant start) {
    return start.getNano() == 0 && start.getEpochSecond() % GRID.toSeconds() == 0;
  }

  /** Whether everybody can be had at all then, whatever is booked. */
  static boolean canBeHad(Collection<Resource> resources, TimeSlot slot) {
    return resources.stream()
        .allMatch(resource ->
            TimeSlots.union(resource.available()).stream().anyMatch(a -> a.holds(slot)));
  }

  private static Instant onGrid(Instant moment) {
    long grid = GRID.toSeconds();
    long second = moment.getEpochSecond() + (moment.getNano() > 0 ? 1 : 0);
    return Instant.ofEpochSecond(Math.ceilDiv(second, grid) * grid);
  }
}
