package org.consilium.scheduling.availability;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Set algebra on time. Every answer is sorted, and no two of its slots touch or overlap. */
public final class TimeSlots {
  private TimeSlots() {}

  /** Everything that any of the slots covers. */
  public static List<TimeSlot> union(Collection<TimeSlot> slots) {
    var sorted = new ArrayList<>(slots);
    sorted.sort(Comparator.comparing(TimeSlot::start).thenComparing(TimeSlot::end));
    var merged = new ArrayList<TimeSlot>(sorted.size());
    for (TimeSlot slot : sorted) {
      TimeSlot last = merged.isEmpty() ? null : merged.getLast();
      if (last == null || slot.start().isAfter(last.end())) {
        merged.add(slot);
      } else if (slot.end().isAfter(last.end())) {
        merged.set(merged.size() - 1, new TimeSlot(last.start(), slot.end()));
      }
    }
    return merged;
  }

  /** The slots of the same owner from both, sorted. */
  public static Map<UUID, List<TimeSlot>> together(
      Map<UUID, List<TimeSlot>> some, Map<UUID, List<TimeSlot>> others) {
    var all = new HashMap<>(some);
    others.forEach((owner, slots) ->
        all.merge(
            owner,
            slots,
            (one, other) ->
                Stream.concat(one.stream(), other.stream())
                    .sorted(Comparator.comparing(TimeSlot::start))
                    .toList()));
    return all;
  }

  /** What both cover. Each side must be a union already. */
  public static List<TimeSlot> intersection(List<TimeSlot> left, List<TimeSlot> right) {
    var both = new ArrayList<TimeSlot>();
    int i = 0;
    int j = 0;
    while (i < left.size() && j < right.size()) {
      left.get(i).within(right.get(j)).ifPresent(both::add);
      if (left.get(i).end().isBefore(right.get(j).end())) {
        i++;
      } else {
        j++;
      }
    }
    return both;
  }

  /** What {@code slots}, a union already, cover and {@code removed} does not. */
  public static List<TimeSlot> difference(List<TimeSlot> slots, Collection<TimeSlot> removed) {
    var cuts = union(removed);
    var rest = new ArrayList<TimeSlot>();
    int next = 0;
    for (TimeSlot slot : slots) {
      Instant from = slot.start();
      while (next < cuts.size() && !cuts.get(next).end().isAfter(from)) {
        next++;
      }
      for (int k = next; k < cuts.size() && cuts.get(k).start().isBefore(slot.end()); k++) {
        if (from.isBefore(cuts.get(k).start())) {
          rest.add(new TimeSlot(from, cuts.get(k).start()));
        }
        from = cuts.get(k).end();
      }
      if (from.isBefore(slot.end())) {
        rest.add(new TimeSlot(from, slot.end()));
      }
    }
    return rest;
  }
}
