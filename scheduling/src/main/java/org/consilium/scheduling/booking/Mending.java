package org.consilium.scheduling.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AppointmentId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.booking.BrokenStore.Broken;
import org.consilium.scheduling.booking.BrokenStore.Cause;
import org.consilium.scheduling.booking.BrokenStore.Decision;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;

/**
 * Finds appointments that leave, changed hours or somebody's going have broken, tells everybody,
 * and proposes the nearest time that is free for all; a coordinator approves it, chooses another,
 * or keeps it as it is.
 */
public final class Mending {
  private static final int DAYS_AHEAD = 28;
  private static final int SLOTS_MAX = 2_700;

  private final Platform platform;
  private final Database database;
  private final AppointmentStore appointments;
  private final ConsultChanges changes;
  private final BookingService booking;
  private final Assembly assembly;
  private final Aftermath aftermath;
  private final BrokenStore broken;
  private final FreedStore freed;

  Mending(
      Platform platform,
      AppointmentStore appointments,
      ConsultChanges changes,
      BookingService booking,
      Assembly assembly,
      Aftermath aftermath,
      BrokenStore broken,
      FreedStore freed) {
    this.platform = platform;
    this.database = platform.database();
    this.appointments = appointments;
    this.changes = changes;
    this.booking = booking;
    this.assembly = assembly;
    this.aftermath = aftermath;
    this.broken = broken;
    this.freed = freed;
  }

  /** Checks whose hours or standing changed; how many appointments were found broken. */
  int check() {
    var at = platform.clock().instant();
    List<UUID> changed = database.asWorker(broken::toCheck);
    int found = 0;
    for (UUID resource : changed) {
      List<AppointmentId> coming = database.asWorker(tx -> broken.comingOf(tx, resource));
      for (AppointmentId id : coming) {
        found += database.asWorker(tx -> checkOne(tx, id, resource)) ? 1 : 0;
      }
      database.asWorker(tx -> {
        broken.checked(tx, resource, at);
        freed.add(tx, resource, TimeSlot.of(tx.now(), Duration.ofDays(DAYS_AHEAD)));
        return resource;
      });
    }
    return found;
  }

  private boolean checkOne(Tx tx, AppointmentId id, UUID resource) {
    var consult = changes.lock(tx, appointments.find(tx, id).orElseThrow().consult());
    var appointment = appointments.lock(tx, id).orElseThrow();
    if (!appointment.status().isAhead()) {
      return false;
    }
    var around = BookingService.roundAbout(appointment.slot());
    var part =
        assembly.asBooked(tx, consult, appointment, around).stream()
            .filter(one -> one.id().equals(resource))
            .findFirst();
    if (part.filter(one -> Slots.canBeHad(List.of(one), appointment.slot())).isPresent()) {
      broken.mended(tx, id, resource);
      return false;
    }
    var left =
        assembly
            .volunteerOf(tx, resource)
            .filter(volunteer -> !Assembly.isActive(volunteer))
            .isPresent();
    return breaks(tx, consult, appointment, resource, left ? Cause.LEFT : Cause.HOURS);
  }

  /** Remembers it, proposes, and tells everybody; false when it was known. */
  boolean breaks(Tx tx, Consult consult, Appointment appointment, UUID resource, Cause cause) {
    if (!broken.insert(tx, appointment, resource, cause, propose(tx, consult, appointment))) {
      return false;
    }
    var all = Aftermath.people(consult, appointment);
    aftermath.tell(tx, consult, appointment, NoticeKind.BROKEN, Optional.empty(), all);
    changes.remember(tx, consult, Line.by(tx, Kind.APPOINTMENT_BROKEN));
    return true;
  }

  /** The free start that is nearest to the one that was promised. */
  private Optional<Instant> propose(Tx tx, Consult consult, Appointment appointment) {
    var window = BookingService.window(tx.now(), DAYS_AHEAD);
    var promised = appointment.slot().start();
    var people = assembly.asBooked(tx, consult, appointment, window);
    return Slots.free(people, window, appointment.slot().length(), SLOTS_MAX).stream()
        .map(TimeSlot::start)
        .min(Comparator.comparing(start -> Duration.between(promised, start).abs()));
  }

  List<Broken> open(Tx tx) {
    return broken.open(tx, tx.caller().organisation());
  }

  /** Moves it to {@code start}, or to what was proposed. */
  AppointmentId approve(Tx tx, UUID id, Optional<Instant> start) {
    var work = work(tx, id);
    var found = appointments.find(tx, work.appointment()).orElseThrow();
    var to =
        start
            .or(work::proposed)
            .orElseThrow(() ->
                Refusal.invalid("/start", "No time was found; choose one, or book somebody else."));
    var slot = TimeSlot.of(to, found.slot().length());
    return booking.reschedule(
        tx, found.id(), slot, Optional.empty(), Optional.of("It could not be kept."));
  }

  /** It takes place as booked, for a reason that a person gives. */
  void keep(Tx tx, UUID id, String reason) {
    var work = work(tx, id);
    tx.asServer(() -> {
      var found = appointments.find(tx, work.appointment()).orElseThrow();
      var consult = changes.lock(tx, found.consult());
      broken.decide(tx, found.id(), Decision.KEPT, Optional.of(reason));
      aftermath.audit(tx, "appointment.keep", consult, found);
      changes.tell(tx, consult);
    });
  }

  private Broken work(Tx tx, UUID id) {
    var work =
        broken
            .find(tx, id)
            .orElseThrow(
                () -> Refusal.notFound("work-not-found", "There is no such work for you."));
    var found = appointments.find(tx, work.appointment()).orElseThrow();
    platform.careTeam().standing(tx, found.consult()).require(Relation.COORDINATOR);
    if (work.decision() != Decision.OPEN) {
      throw new Refusal(409, "decided-already", "Somebody has decided this already.");
    }
    return work;
  }
}
