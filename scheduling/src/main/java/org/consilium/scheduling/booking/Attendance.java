package org.consilium.scheduling.booking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.booking.Appointment.Part;
import org.consilium.scheduling.booking.Appointment.Status;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;

/** Who says they come, who came, who did not, and how it ended. */
public final class Attendance {
  private final Platform platform;
  private final AppointmentStore appointments;
  private final BookingStore bookings;
  private final ConsultStore consults;
  private final ConsultChanges changes;
  private final BookingService booking;
  private final Aftermath aftermath;
  private final WhoCame whoCame;

  Attendance(
      Platform platform,
      AppointmentStore appointments,
      BookingStore bookings,
      ConsultStore consults,
      ConsultChanges changes,
      BookingService booking,
      Aftermath aftermath,
      WhoCame whoCame) {
    this.platform = platform;
    this.appointments = appointments;
    this.bookings = bookings;
    this.consults = consults;
    this.changes = changes;
    this.booking = booking;
    this.aftermath = aftermath;
    this.whoCame = whoCame;
  }

  @FunctionalInterface
  private interface Step {
    void take(Consult consult, Appointment appointment, Standing standing);
  }

  /** The caller's side says that it will come; when all sides have, it is confirmed. */
  void confirm(Tx tx, AppointmentId id) {
    ahead(
        tx,
        id,
        (consult, appointment, standing) -> {
          appointments.confirm(tx, id, own(tx, appointment, standing));
          boolean all = appointments.find(tx, id).orElseThrow().isConfirmed();
          if (all && appointment.status() == Status.BOOKED) {
            appointments.status(tx, id, Status.CONFIRMED);
          }
          aftermath.audit(tx, "appointment.confirm", consult, appointment);
          changes.tell(tx, consult);
        });
  }

  /** The caller's side is there, whether or not a call has begun. */
  void arrive(Tx tx, AppointmentId id) {
    ahead(
        tx,
        id,
        (consult, appointment, standing) -> {
          if (!appointment.isMeantBy(tx.now())) {
            throw new Refusal(
                409, "too-early", "You can say so from half an hour before the start.");
          }
          arrived(tx, appointment, own(tx, appointment, standing));
          aftermath.audit(tx, "appointment.arrive", consult, appointment);
          changes.tell(tx, consult);
        });
  }

  /** Somebody did not come: their time is free, and it counts in the history. */
  void noShow(Tx tx, AppointmentId id, Collection<ResourceRole> absent, Optional<String> reason) {
    ahead(
        tx,
        id,
        (consult, appointment, standing) -> {
          BookingService.mayBook(standing);
          if (tx.now().isBefore(appointment.slot().start().plus(Appointment.ABSENT_AFTER))) {
            throw new Refusal(
                409, "too-early", "Wait until ten minutes after the start before you say so.");
          }
          var roles =
              absent.isEmpty() ? EnumSet.noneOf(ResourceRole.class) : EnumSet.copyOf(absent);
          if (roles.stream().anyMatch(role -> appointment.part(role).isEmpty())) {
            throw Refusal.invalid("/absent", "Nobody was booked in that role.");
          }
          end(tx, consult, appointment, Status.NO_SHOW, reason, roles);
          platform
              .outbox()
              .publish(tx, new AppointmentMissed(id, consult.id(), List.copyOf(roles)));
          aftermath.audit(tx, "appointment.no-show", consult, appointment);
          aftermath.tellOthers(tx, consult, appointment, NoticeKind.NO_SHOW, Optional.empty());
          var who = roles.stream().map(Wire::of).collect(Collectors.joining(","));
          changes.remember(
              tx, consult, Line.by(tx, Kind.NO_SHOW).because(reason).with(Map.of("absent", who)));
          booking.unbook(tx, consult);
        });
  }

  /** It took place, wholly or in part; for those whose call the program did not see. */
  void outcome(Tx tx, AppointmentId id, boolean wholly, Optional<String> reason) {
    with(
        tx,
        id,
        (consult, appointment, standing) -> {
          BookingService.mayBook(standing);
          boolean open = appointment.status().isComing() || appointment.status() == Status.DONE;
          if (!open || tx.now().isBefore(appointment.slot().start())) {
            throw new Refusal(409, "wrong-status", "An outcome is told once it has begun.")
                .with("appointmentStatus", appointment.status().wire());
          }
          end(tx, consult, appointment, wholly ? Status.DONE : Status.PARTLY, reason, List.of());
          aftermath.audit(tx, "appointment.outcome", consult, appointment);
          changes.tell(tx, consult);
        });
  }

  /** A call began: the appointment that it belongs to goes on. Twice is once. */
  public void callStarted(Tx tx, ConsultId id, Instant at) {
    meant(tx, id, at)
        .ifPresent(appointment -> {
          arrived(tx, appointment, came(tx, appointment));
          appointments.status(tx, appointment.id(), Status.IN_CALL);
        });
  }

  /** A call ended: with every side seen it is done; who was missed can still be named. */
  public void callEnded(Tx tx, ConsultId id, Instant at) {
    meant(tx, id, at)
        .filter(appointment -> appointment.status() == Status.IN_CALL)
        .ifPresent(appointment -> {
          arrived(tx, appointment, came(tx, appointment));
          var now = appointments.find(tx, appointment.id()).orElseThrow();
          boolean met =
              now.part(ResourceRole.SPECIALIST).filter(p -> p.arrivedAt().isEmpty()).isEmpty();
          if (met) {
            var consult = consults.lock(tx, id).orElseThrow();
            end(tx, consult, now, Status.DONE, Optional.empty(), List.of());
          } else {
            appointments.status(tx, now.id(), Status.ARRIVED);
          }
        });
  }

  /** Ten minutes in: who is there is told who is not, once. */
  void absence(Tx tx, AppointmentId id) {
    var consult = lockOf(tx, id);
    var seen = appointments.lock(tx, id).orElseThrow();
    if (!seen.status().isAhead()) {
      return;
    }
    arrived(tx, seen, came(tx, seen));
    var appointment = appointments.find(tx, id).orElseThrow();
    if (appointment.isMissed(tx.now()) && !appointment.absenceTold()) {
      appointments.absenceTold(tx, id);
      var all = Aftermath.people(consult, appointment);
      aftermath.tell(tx, consult, appointment, NoticeKind.ABSENT, Optional.empty(), all);
      changes.tell(tx, consult);
    }
  }

  /** A while after the end: its interpreter has nothing to do there any more. */
  void ended(Tx tx, AppointmentId id) {
    var consult = lockOf(tx, id);
    appointments
        .lock(tx, id)
        .filter(appointment -> appointment.status() != Status.IN_CALL)
        .ifPresent(appointment -> {
          aftermath.over(tx, consult, appointment);
          changes.tell(tx, consult);
        });
  }

  Consult lockOf(Tx tx, AppointmentId id) {
    return changes.lock(tx, appointments.find(tx, id).orElseThrow().consult());
  }

  private void end(
      Tx tx,
      Consult consult,
      Appointment appointment,
      Status how,
      Optional<String> reason,
      Collection<ResourceRole> absent) {
    appointments.end(tx, appointment.id(), how, reason, absent);
    aftermath.over(tx, consult, appointment);
    if (appointment.slot().end().isAfter(tx.now())) {
      bookings.free(tx, appointment.id());
      aftermath.freed(tx, appointment);
    }
  }

  private void arrived(Tx tx, Appointment appointment, Collection<UUID> parts) {
    if (!parts.isEmpty()) {
      appointments.arrive(tx, appointment.id(), parts);
      if (appointment.status() == Status.BOOKED || appointment.status() == Status.CONFIRMED) {
        appointments.status(tx, appointment.id(), Status.ARRIVED);
      }
    }
  }

  /** Whose parts have been seen in a call; the clinic's when anybody else of theirs was. */
  private Set<UUID> came(Tx tx, Appointment appointment) {
    var from = appointment.slot().start().minus(Appointment.EARLY_MAX);
    var there = whoCame.since(tx, appointment.consult(), from);
    var named =
        appointment.parts().stream()
            .filter(part -> part.role().isPerson())
            .map(Part::resource)
            .collect(Collectors.toSet());
    boolean clinic =
        there.stream().anyMatch(who -> !named.contains(who.value()))
            || appointment
                .part(ResourceRole.NAVIGATOR)
                .filter(p -> there.stream().anyMatch(who -> who.value().equals(p.resource())))
                .isPresent();
    return appointment.parts().stream()
        .filter(part ->
            part.role() == ResourceRole.CLINIC
                ? clinic
                : there.stream().anyMatch(who -> who.value().equals(part.resource())))
        .map(Part::resource)
        .collect(Collectors.toSet());
  }

  private Optional<Appointment> meant(Tx tx, ConsultId id, Instant at) {
    if (consults.lock(tx, id).isEmpty()) {
      return Optional.empty();
    }
    return appointments.lockMeantBy(tx, id, at).stream().findFirst();
  }

  private void ahead(Tx tx, AppointmentId id, Step step) {
    with(
        tx,
        id,
        (consult, appointment, standing) -> {
          booking.lockAhead(tx, id);
          step.take(consult, appointment, standing);
        });
  }

  private void with(Tx tx, AppointmentId id, Step step) {
    var found = appointments.find(tx, id).orElseThrow(BookingService::notFound);
    var standing = platform.careTeam().standing(tx, found.consult());
    tx.asServer(() -> {
      var consult = changes.lock(tx, found.consult());
      step.take(consult, appointments.lock(tx, id).orElseThrow(), standing);
    });
  }

  /** The parts for which the caller can speak. */
  private static List<UUID> own(Tx tx, Appointment appointment, Standing standing) {
    var own = new ArrayList<UUID>();
    boolean clinic =
        standing.is(Relation.CLINIC)
            || standing.is(Relation.REQUESTER)
            || standing.is(Relation.COORDINATOR);
    for (Part part : appointment.parts()) {
      boolean mine = part.resource().equals(tx.caller().account().value());
      if (mine || (clinic && part.role() == ResourceRole.CLINIC)) {
        own.add(part.resource());
      }
    }
    if (own.isEmpty()) {
      throw new Refusal(403, "not-your-part", "Only those whose time it is can say so.");
    }
    return own;
  }
}
