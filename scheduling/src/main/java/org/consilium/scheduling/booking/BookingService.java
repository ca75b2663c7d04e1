package org.consilium.scheduling.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.ConsultStore;

/**
 * Books everybody's time at once, or nobody's. Whose time it is decides nothing: the exclusion
 * constraint of the booking table does, so a race has one winner. A consult's row is locked before
 * its appointments are, and those before anybody's time.
 */
public final class BookingService {
  static final Duration LENGTH_USUAL = Duration.ofMinutes(30);
  static final int DAYS_USUAL = 14;

  /** How long a chosen time is kept for whoever is choosing. */
  static final Duration HOLD = Duration.ofMinutes(10);

  private static final Duration AHEAD_MAX = Duration.ofDays(366);

  /** What a page can show; further ones appear when the time comes. */
  private static final int SLOTS_MAX = 400;

  /** How many other starts a conflict offers. */
  private static final int NEXT_MAX = 6;

  private final Platform platform;
  private final AppointmentStore appointments;
  private final BookingStore bookings;
  private final ConsultStore consults;
  private final ConsultChanges changes;
  private final Assembly assembly;
  private final Aftermath aftermath;
  private final ZoneReckoning zones;

  BookingService(
      Platform platform,
      AppointmentStore appointments,
      BookingStore bookings,
      ConsultStore consults,
      ConsultChanges changes,
      Assembly assembly,
      Aftermath aftermath,
      ZoneReckoning zones) {
    this.platform = platform;
    this.appointments = appointments;
    this.bookings = bookings;
    this.consults = consults;
    this.changes = changes;
    this.assembly = assembly;
    this.aftermath = aftermath;
    this.zones = zones;
  }

  record Free(List<TimeSlot> slots, List<Resource> people) {}

  /** The starts that are free for everybody in the coming days. */
  Free slots(Tx tx, ConsultId id, Duration length, int days, Needs needs) {
    mayBook(platform.careTeam().standing(tx, id));
    var consult = consults.find(tx, id).orElseThrow().consult();
    return tx.asServer(() -> {
      var window = window(tx.now(), days);
      var people = assembly.of(tx, consult, needs, window);
      return new Free(Slots.free(people, window, length, SLOTS_MAX), people);
    });
  }

  /**
   * Keeps a time for the caller while they choose; what they held for this consult before is let
   * go, in the same transaction. 409 {@code slot-taken} like a booking.
   */
  AppointmentId hold(Tx tx, ConsultId id, TimeSlot slot, Needs needs) {
    mayBook(platform.careTeam().standing(tx, id));
    mustBeSoon(tx, slot.start());
    return tx.asServer(() -> {
      var consult = changes.lock(tx, id);
      ConsultChanges.taken(consult.book());
      var before = appointments.heldBy(tx, id, tx.caller().account());
      var people = assembly.of(tx, consult, needs, roundAbout(slot));
      mustBePossible(slot, people);
      var until = Optional.of(tx.now().plus(HOLD));
      var held = insert(tx, consult, slot, needs, until, Optional.empty());
      takeAll(tx, before.stream().findFirst(), held, consult, people, slot, needs, until);
      before.forEach(old -> forget(tx, old.id()));
      return held;
    });
  }

  /** Makes what is held an appointment; 410 {@code hold-over} when it has run out. */
  AppointmentId confirmHold(Tx tx, AppointmentId id) {
    var found = appointments.find(tx, id).filter(a -> a.status() == Appointment.Status.HELD);
    var held = found.orElseThrow(BookingService::holdNotFound);
    mayBook(platform.careTeam().standing(tx, held.consult()));
    return tx.asServer(() -> {
      var consult = changes.lock(tx, held.consult());
      var booked = ConsultChanges.taken(consult.book());
      int parts = appointments.lock(tx, id).map(a -> a.parts().size()).orElse(0);
      if (parts == 0 || !appointments.bookHeld(tx, id) || bookings.keep(tx, id) != parts) {
        throw new Refusal(410, "hold-over", "This time is no longer kept for you. Choose again.");
      }
      aftermath.booked(tx, booked, appointments.find(tx, id).orElseThrow());
      return id;
    });
  }

  /** Lets go of what is held; twice is once. */
  void release(Tx tx, AppointmentId id) {
    var found = appointments.find(tx, id).filter(a -> a.status() == Appointment.Status.HELD);
    var held = found.orElseThrow(BookingService::holdNotFound);
    mayBook(platform.careTeam().standing(tx, held.consult()));
    tx.asServer(() -> {
      changes.lock(tx, held.consult());
      aftermath.freed(tx, held);
      forget(tx, id);
    });
  }

  /** Books, or refuses with 409 {@code slot-taken} and the next free starts. */
  public AppointmentId book(
      Tx tx, ConsultId id, Instant start, Duration length, Optional<AccountId> interpreter) {
    var needs = new Needs(interpreter, Optional.empty(), List.of(), false);
    return book(tx, id, TimeSlot.of(start, length), needs);
  }

  AppointmentId book(Tx tx, ConsultId id, TimeSlot slot, Needs needs) {
    mayBook(platform.careTeam().standing(tx, id));
    mustBeSoon(tx, slot.start());
    return tx.asServer(() -> {
      var consult = changes.lock(tx, id);
      var booked = ConsultChanges.taken(consult.book());
      var people = assembly.of(tx, consult, needs, roundAbout(slot));
      mustBePossible(slot, people);
      var none = Optional.<Instant>empty();
      var appointment = insert(tx, consult, slot, needs, none, Optional.empty());
      takeAll(tx, Optional.empty(), appointment, consult, people, slot, needs, none);
      aftermath.booked(tx, booked, appointments.find(tx, appointment).orElseThrow());
      return appointment;
    });
  }

  /** Moves everybody at once: the old time is free and the new one taken, or nothing happened. */
  AppointmentId reschedule(
      Tx tx, AppointmentId id, TimeSlot slot, Optional<Needs> wish, Optional<String> reason) {
    var found = appointments.find(tx, id).orElseThrow(BookingService::notFound);
    mayBook(platform.careTeam().standing(tx, found.consult()));
    mustBeSoon(tx, slot.start());
    return tx.asServer(() -> {
      var consult = changes.lock(tx, found.consult());
      return move(tx, consult, lockAhead(tx, id), slot, wish, reason, true);
    });
  }

  /** The same people and things at another time. */
  public AppointmentId reschedule(Tx tx, AppointmentId id, TimeSlot slot, String reason) {
    return reschedule(tx, id, slot, Optional.empty(), Optional.of(reason));
  }

  /**
   * The move itself, in the server's own sight; the consult is locked.
   *
   * @param asPromised whether everybody's hours must hold the new time; else only their bookings
   *     are looked at
   */
  AppointmentId move(
      Tx tx,
      Consult consult,
      Appointment old,
      TimeSlot slot,
      Optional<Needs> wish,
      Optional<String> reason,
      boolean asPromised) {
    var needs = wish.orElseGet(() -> Needs.of(old));
    var people = assembly.of(tx, consult, needs, roundAbout(slot));
    if (asPromised) {
      mustBePossible(slot, people);
    }
    var none = Optional.<Instant>empty();
    var next = insert(tx, consult, slot, needs, none, Optional.of(old.id()));
    takeAll(tx, Optional.of(old), next, consult, people, slot, needs, none);
    appointments.moved(tx, old.id(), reason);
    aftermath.moved(tx, consult, old, appointments.find(tx, next).orElseThrow(), reason);
    return next;
  }

  /** Frees everybody's time. */
  public void cancel(Tx tx, AppointmentId id, String reason) {
    var found = appointments.find(tx, id).orElseThrow(BookingService::notFound);
    mayBook(platform.careTeam().standing(tx, found.consult()));
    tx.asServer(() -> {
      var consult = changes.lock(tx, found.consult());
      var appointment = appointments.lock(tx, id).orElseThrow();
      if (appointment.status() == Appointment.Status.CANCELLED) {
        return id;
      }
      if (!appointment.status().isAhead() || !appointment.slot().end().isAfter(tx.now())) {
        throw new Refusal(409, "appointment-over", "This appointment is over.");
      }
      cancel(tx, consult, appointment, reason);
      unbook(tx, consult);
      return id;
    });
  }

  /** Whether the people of a consult are to meet. */
  public boolean isComing(Tx tx, ConsultId consult) {
    return appointments.isComing(tx, consult);
  }

  /** When the last appointment that is coming about it ends; empty when none is. */
  public Optional<Instant> lastComingEnd(Tx tx, ConsultId consult) {
    return appointments.lastComingEnd(tx, consult);
  }

  /** What ends with its consult. */
  public void end(Tx tx, Consult consult, String reason) {
    for (var appointment : appointments.lockComing(tx, consult.id())) {
      cancel(tx, consult, appointment, reason);
    }
  }

  private void cancel(Tx tx, Consult consult, Appointment appointment, String reason) {
    appointments.cancel(tx, appointment.id(), reason);
    bookings.free(tx, appointment.id());
    aftermath.cancelled(tx, consult, appointment, reason);
  }

  /** When nothing is coming any more, the consult is no longer booked. */
  void unbook(Tx tx, Consult consult) {
    if (appointments.lockComing(tx, consult.id()).isEmpty()) {
      changes.save(tx, ConsultChanges.taken(consult.unbook()));
    }
  }

  /** Locks one that can still be moved or answered for; the consult must be locked. */
  Appointment lockAhead(Tx tx, AppointmentId id) {
    var appointment = appointments.lock(tx, id).orElseThrow(BookingService::notFound);
    if (!appointment.status().isAhead()) {
      throw new Refusal(
              409, "appointment-over", "This appointment has begun, or is over or cancelled.")
          .with("appointmentStatus", appointment.status().wire());
    }
    return appointment;
  }

  private AppointmentId insert(
      Tx tx,
      Consult consult,
      TimeSlot slot,
      Needs needs,
      Optional<Instant> heldUntil,
      Optional<AppointmentId> replaces) {
    var id = AppointmentId.random();
    appointments.insert(
        tx,
        id,
        consult.organisation(),
        consult.id(),
        slot,
        zones.version(),
        heldUntil,
        replaces,
        needs.withoutInterpreter());
    return id;
  }

  private void takeAll(
      Tx tx,
      Optional<Appointment> instead,
      AppointmentId id,
      Consult consult,
      List<Resource> people,
      TimeSlot slot,
      Needs needs,
      Optional<Instant> until) {
    var organisation = consult.organisation();
    boolean taken =
        instead
            .map(old -> {
              var had = old.parts().stream().map(Appointment.Part::resource).toList();
              return bookings.takeInstead(tx, old.id(), had, id, organisation, people, slot, until);
            })
            .orElseGet(() -> bookings.take(tx, id, organisation, people, slot, until));
    if (!taken) {
      throw new Refusal(
              409, "slot-taken", "Somebody was quicker: that time is taken. Choose another.")
          .with("next", next(tx, consult, slot, needs));
    }
  }

  /** Free starts other than {@code slot} from now on. */
  private List<TimeSlot> next(Tx tx, Consult consult, TimeSlot slot, Needs needs) {
    var window = window(tx.now(), DAYS_USUAL);
    var people = assembly.of(tx, consult, needs, window);
    return Slots.free(people, window, slot.length(), SLOTS_MAX).stream()
        .filter(free -> !free.overlaps(slot))
        .limit(NEXT_MAX)
        .toList();
  }

  void forget(Tx tx, AppointmentId hold) {
    bookings.forget(tx, hold);
    appointments.forget(tx, hold);
  }

  private static void mustBeSoon(Tx tx, Instant start) {
    if (start.isBefore(tx.now().plus(Slots.NOTICE_MIN))) {
      throw Refusal.invalid("/start", "An appointment needs ten minutes' notice.");
    }
    if (start.isAfter(tx.now().plus(AHEAD_MAX))) {
      throw Refusal.invalid("/start", "Appointments are made a year ahead at most.");
    }
    if (!Slots.isOnGrid(start)) {
      throw Refusal.invalid("/start", "Appointments start on the quarters of an hour.");
    }
  }

  private static void mustBePossible(TimeSlot slot, List<Resource> people) {
    if (!Slots.canBeHad(people, slot)) {
      throw Refusal.invalid("/start", "Not everybody can be had at that time.");
    }
  }

  static void mayBook(Standing standing) {
    standing.require(
        Relation.CLINIC, Relation.REQUESTER, Relation.COORDINATOR, Relation.SPECIALIST);
  }

  static Refusal notFound() {
    return Refusal.notFound("appointment-not-found", "There is no such appointment for you.");
  }

  private static Refusal holdNotFound() {
    return Refusal.notFound("hold-not-found", "Nothing is held here for you any more.");
  }

  static TimeSlot window(Instant now, int days) {
    return TimeSlot.of(now.plus(Slots.NOTICE_MIN), Duration.ofDays(days));
  }

  static TimeSlot roundAbout(TimeSlot slot) {
    return new TimeSlot(
        slot.start().minus(Duration.ofDays(1)), slot.end().plus(Duration.ofDays(1)));
  }
}
