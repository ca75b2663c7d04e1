package org.consilium.scheduling.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.TimeSlots;
import org.consilium.scheduling.booking.WaitingStore.Status;
import org.consilium.scheduling.booking.WaitingStore.Waiting;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;

/**
 * Consults that found no time soon enough. When time is freed it is kept for the most urgent of
 * those who could use it, and of these for who waits longest.
 */
public final class WaitingList {
  /** How long a time is kept for a clinic that waits. */
  static final Duration KEPT = Duration.ofMinutes(30);

  private static final int SLOTS_MAX = 400;
  private static final Duration SHORTEST = Duration.ofMinutes(10);
  private static final Duration STAND_BY_MAX = Duration.ofHours(12);

  private final Platform platform;
  private final AppointmentStore appointments;
  private final BookingStore bookings;
  private final ConsultStore consults;
  private final ConsultChanges changes;
  private final Assembly assembly;
  private final Aftermath aftermath;
  private final WaitingStore waiting;
  private final FreedStore freed;
  private final StandByStore standBy;
  private final ZoneReckoning zones;

  WaitingList(
      Platform platform,
      AppointmentStore appointments,
      BookingStore bookings,
      ConsultStore consults,
      ConsultChanges changes,
      Assembly assembly,
      Aftermath aftermath,
      WaitingStore waiting,
      FreedStore freed,
      StandByStore standBy,
      ZoneReckoning zones) {
    this.platform = platform;
    this.appointments = appointments;
    this.bookings = bookings;
    this.consults = consults;
    this.changes = changes;
    this.assembly = assembly;
    this.aftermath = aftermath;
    this.waiting = waiting;
    this.freed = freed;
    this.standBy = standBy;
    this.zones = zones;
  }

  /** Waits for a time in that window; a consult waits once. */
  Waiting join(Tx tx, ConsultId id, TimeSlot wanted, int minutes, Needs needs) {
    BookingService.mayBook(platform.careTeam().standing(tx, id));
    if (!wanted.end().isAfter(tx.now())) {
      throw Refusal.invalid("/until", "This time has passed.");
    }
    return tx.asServer(() -> {
      var consult = changes.lock(tx, id);
      ConsultChanges.taken(consult.book());
      assembly.of(tx, consult, needs, wanted);
      var entry = Uuid7.next();
      if (!waiting.insert(tx, entry, consult.organisation(), id, wanted, minutes, needs)) {
        throw new Refusal(409, "waits-already", "This consult is on the waiting list already.");
      }
      platform.audit().append(tx, "waiting.join", consult.subject());
      changes.remember(tx, consult, Line.by(tx, Kind.WAITS_FOR_TIME));
      return waiting.find(tx, entry).orElseThrow();
    });
  }

  /** It waits no longer; a time that was kept for it goes to the next. */
  void withdraw(Tx tx, UUID id) {
    var entry =
        waiting
            .find(tx, id)
            .orElseThrow(() ->
                Refusal.notFound("waiting-not-found", "Nothing of yours waits under this name."));
    BookingService.mayBook(platform.careTeam().standing(tx, entry.consult()));
    tx.asServer(() -> {
      var consult = changes.lock(tx, entry.consult());
      leave(tx, consult);
      platform.audit().append(tx, "waiting.withdraw", consult.subject());
      changes.tell(tx, consult);
    });
  }

  /** What ends with its consult. */
  public void end(Tx tx, Consult consult, String reason) {
    leave(tx, consult);
  }

  private void leave(Tx tx, Consult consult) {
    waiting
        .ofConsult(tx, consult.id())
        .ifPresent(entry -> {
          var held = entry.offered().flatMap(hold -> appointments.lock(tx, hold));
          waiting.end(tx, entry.id(), Status.WITHDRAWN);
          held.filter(hold -> hold.status() == Appointment.Status.HELD)
              .ifPresent(hold -> {
                aftermath.freed(tx, hold);
                forget(tx, hold.id());
              });
        });
  }

  List<Waiting> open(Tx tx) {
    return waiting.open(tx, tx.caller().organisation());
  }

  List<StandByStore.StandBy> standBy(Tx tx) {
    return standBy.coming(tx, tx.caller().account());
  }

  /** The caller keeps these hours free for who waits; whoever does is offered them at once. */
  UUID offerStandBy(Tx tx, TimeSlot slot) {
    var me = tx.caller().account();
    if (assembly.volunteer(tx, me).isEmpty()) {
      throw Refusal.notFound("roster-not-found", "You are not registered as a volunteer yet.");
    }
    if (slot.length().compareTo(STAND_BY_MAX) > 0 || !slot.end().isAfter(tx.now())) {
      throw Refusal.invalid("/end", "Stand-by lasts twelve hours at most, and lies ahead.");
    }
    var id = Uuid7.next();
    if (!standBy.offer(tx, id, me, slot)) {
      throw new Refusal(409, "stand-by-overlaps", "You keep part of that time free already.");
    }
    tx.asServer(() -> {
      freed.add(tx, me.value(), slot);
    });
    return id;
  }

  void withdrawStandBy(Tx tx, UUID id) {
    if (!standBy.withdraw(tx, id, tx.caller().account())) {
      throw Refusal.notFound("stand-by-not-found", "You keep no such time free.");
    }
  }

  /** Gives one freed time to whom it helps most. One consult at most is locked in it. */
  boolean fillOne(Tx tx) {
    var claimed = freed.claim(tx);
    claimed.ifPresent(time -> {
      for (var entry : waiting.forTimeOf(tx, time.resource(), time.slot())) {
        var slot = fits(tx, entry, time.slot());
        if (slot.isPresent()) {
          offer(tx, entry, slot.get());
          rest(tx, time, slot.get());
          return;
        }
      }
    });
    return claimed.isPresent();
  }

  private Optional<TimeSlot> fits(Tx tx, Waiting entry, TimeSlot time) {
    var consult = consults.find(tx, entry.consult()).orElseThrow().consult();
    if (!consult.status().isCarried()) {
      return Optional.empty();
    }
    var length = Duration.ofMinutes(entry.minutes());
    var around = new TimeSlot(time.start().minus(length), time.end().plus(length));
    var soonest = tx.now().plus(Slots.NOTICE_MIN).plus(KEPT);
    var until = entry.wanted().end();
    if (!soonest.isBefore(until)) {
      return Optional.empty();
    }
    var window =
        entry
            .wanted()
            .within(around)
            .flatMap(wanted -> wanted.within(new TimeSlot(soonest, until)));
    var passed = waiting.passedOver(tx, entry.id());
    return window.flatMap(within -> {
      var people = assembly.withStandBy(tx, consult, entry.needs(), within);
      return Slots.free(people, within, length, SLOTS_MAX).stream()
          .filter(slot -> slot.overlaps(time) && !passed.contains(slot.start()))
          .findFirst();
    });
  }

  private void offer(Tx tx, Waiting entry, TimeSlot slot) {
    var consult = changes.lock(tx, entry.consult());
    var hold = AppointmentId.random();
    Optional<Instant> until = Optional.of(tx.now().plus(KEPT));
    appointments.insert(
        tx,
        hold,
        consult.organisation(),
        consult.id(),
        slot,
        zones.version(),
        until,
        Optional.empty(),
        entry.needs().withoutInterpreter());
    var people = assembly.withStandBy(tx, consult, entry.needs(), BookingService.roundAbout(slot));
    if (!bookings.take(tx, hold, consult.organisation(), people, slot, until)
        || !waiting.offer(tx, entry.id(), hold)) {
      throw new Refusal(409, "slot-taken", "Somebody was quicker.");
    }
    var held = appointments.find(tx, hold).orElseThrow();
    List<AccountId> clinic = List.of(consult.request().requester());
    aftermath.tell(tx, consult, held, NoticeKind.TIME_OFFERED, Optional.empty(), clinic);
    changes.remember(
        tx, consult, Line.by(tx, Kind.TIME_OFFERED).with(Map.of("start", slot.start().toString())));
  }

  /** What is left of the freed time may help another. */
  private void rest(Tx tx, FreedStore.Freed time, TimeSlot given) {
    TimeSlots.difference(List.of(time.slot()), List.of(given)).stream()
        .filter(left -> left.length().compareTo(SHORTEST) >= 0)
        .forEach(left -> freed.add(tx, time.resource(), left));
  }

  /** Removes one hold that has run out; who it was kept for waits on, the time goes on. */
  boolean sweepOne(Tx tx) {
    var claimed = appointments.claimRunOut(tx);
    claimed.ifPresent(id -> {
      var hold = appointments.find(tx, id).orElseThrow();
      waiting.offered(tx, id).ifPresent(entry -> waiting.pass(tx, entry.id(), hold.slot().start()));
      aftermath.freed(tx, hold);
      forget(tx, id);
    });
    return claimed.isPresent();
  }

  /** Whose window has passed waits for nothing. */
  int lapse(Tx tx) {
    return waiting.lapse(tx);
  }

  private void forget(Tx tx, AppointmentId hold) {
    bookings.forget(tx, hold);
    appointments.forget(tx, hold);
  }
}
