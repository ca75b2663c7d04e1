package org.consilium.scheduling.roster;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.scheduling.availability.Expansion;
import org.consilium.scheduling.availability.Hours;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.TimeSlots;

/** Who is there, when, and what is taken of it: the one answer that matching and booking share. */
public final class DutyBoard {
  /** Who cannot be had for so long after a moment is not "free" then. */
  private static final Duration SHORTEST_FREE = Duration.ofMinutes(15);

  /** Whose time is booked. */
  @FunctionalInterface
  public interface Booked {
    Map<UUID, List<TimeSlot>> in(Tx tx, Collection<UUID> resources, TimeSlot window);
  }

  /**
   * One person in a window.
   *
   * @param available what their hours promise
   * @param free the same without what is booked
   */
  public record Duty(
      Optional<Hours> hours,
      List<TimeSlot> available,
      List<TimeSlot> booked,
      List<TimeSlot> free,
      List<Shift> onCall) {

    public boolean onCallAt(Instant moment) {
      return onCall.stream().anyMatch(shift -> shift.slot().holds(moment));
    }

    public boolean freeAt(Instant moment) {
      return free.stream().anyMatch(slot -> slot.holds(moment));
    }

    /** Long enough to be of use; from {@code now} when it has begun. */
    public Optional<TimeSlot> nextFree(Instant now) {
      return free.stream()
          .filter(slot -> slot.end().isAfter(now.plus(SHORTEST_FREE)))
          .findFirst()
          .map(slot -> slot.holds(now) ? new TimeSlot(now, slot.end()) : slot);
    }

    /** Where their wall clock hangs at that moment; {@code home} when they gave no hours. */
    public ZoneId zone(Instant moment, ZoneId home) {
      return hours.map(h -> h.zoneOn(LocalDate.ofInstant(moment, h.zone()))).orElse(home);
    }
  }

  private final HoursStore hours;
  private final ShiftStore shifts;
  private final Booked booked;

  DutyBoard(HoursStore hours, ShiftStore shifts, Booked booked) {
    this.hours = hours;
    this.shifts = shifts;
    this.booked = booked;
  }

  public DutyBoard(HoursStore hours, Booked booked) {
    this(hours, new ShiftStore(), booked);
  }

  /** Three statements, however many people. */
  public Map<UUID, Duty> of(Tx tx, Collection<UUID> accounts, TimeSlot window) {
    var saved = hours.of(tx, accounts);
    var calls = shifts.in(tx, accounts, window);
    var taken = booked.in(tx, accounts, window);
    var duties = new HashMap<UUID, Duty>();
    for (UUID account : accounts) {
      Optional<Hours> promise =
          Optional.ofNullable(saved.get(account)).map(HoursStore.Saved::hours);
      var available = promise.map(h -> Expansion.expand(h, window)).orElse(List.of());
      var bookings = taken.getOrDefault(account, List.of());
      duties.put(
          account,
          new Duty(
              promise,
              available,
              bookings,
              TimeSlots.difference(available, bookings),
              calls.getOrDefault(account, List.of())));
    }
    return duties;
  }
}
