package org.consilium.scheduling.rota;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * What moving a shift makes of its layer: who is put where.
 *
 * <p>Given to somebody else, a shift's time is theirs and what lies outside it stays where it was.
 * Kept and moved a little, the time it leaves goes to the neighbour on that side; moved to a time
 * that does not touch its own, it trades places with whoever has most of that time. A move never
 * leaves nobody.
 */
sealed interface ShiftMove {
  /** Somebody in a time of the layer. */
  record Placement(TimeSlot slot, AccountId account) {}

  record Moved(List<Placement> placements) implements ShiftMove {}

  /** Nobody is there to take the time that it leaves. */
  record NobodyGains(TimeSlot left) implements ShiftMove {}

  /**
   * @param layer the shifts of its layer around both times
   */
  static ShiftMove of(List<RotaShift> layer, RotaShift shift, TimeSlot to, AccountId who) {
    boolean kept = shift.account().equals(Optional.of(who));
    var placements = new ArrayList<Placement>();
    if (!kept || !shift.slot().holds(to)) {
      placements.add(new Placement(to, who));
    }
    if (kept) {
      for (var left : without(shift.slot(), to)) {
        var gains = gainer(layer, shift, to, left);
        if (gains.isEmpty()) {
          return new NobodyGains(left);
        }
        placements.add(new Placement(left, gains.get()));
      }
    }
    return new Moved(List.copyOf(placements));
  }

  private static Optional<AccountId> gainer(
      List<RotaShift> layer, RotaShift shift, TimeSlot to, TimeSlot left) {
    var own = shift.slot();
    if (!own.overlaps(to)) {
      return layer.stream()
          .filter(other -> !other.account().equals(shift.account()))
          .filter(other -> other.account().isPresent() && other.slot().overlaps(to))
          .max(Comparator.comparing(other -> shared(other.slot(), to)))
          .flatMap(RotaShift::account);
    }
    boolean atStart = left.start().equals(own.start());
    return layer.stream()
        .filter(other ->
            atStart
                ? other.slot().end().equals(own.start())
                : other.slot().start().equals(own.end()))
        .findFirst()
        .flatMap(RotaShift::account);
  }

  private static Duration shared(TimeSlot one, TimeSlot other) {
    return one.within(other).map(TimeSlot::length).orElse(Duration.ZERO);
  }

  private static List<TimeSlot> without(TimeSlot whole, TimeSlot part) {
    if (!whole.overlaps(part)) {
      return List.of(whole);
    }
    var left = new ArrayList<TimeSlot>();
    addBetween(whole.start(), part.start(), left);
    addBetween(part.end(), whole.end(), left);
    return left;
  }

  private static void addBetween(Instant from, Instant until, List<TimeSlot> slots) {
    if (from.isBefore(until)) {
      slots.add(new TimeSlot(from, until));
    }
  }
}
