package org.consilium.scheduling.booking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.booking.BrokenStore.Decision;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;

/**
 * What follows when an appointment changes, in the same transaction: it is remembered, audited and
 * published; people are told; timers are laid; freed time is offered to who waits; what was broken
 * about it is settled; interpreters join the team and leave it.
 */
final class Aftermath {
  private final Platform platform;
  private final AppointmentStore appointments;
  private final ConsultChanges changes;
  private final TimerStore timers;
  private final FreedStore freed;
  private final WaitingStore waiting;
  private final BrokenStore broken;
  private final List<NoticeChannel> channels;

  Aftermath(
      Platform platform,
      AppointmentStore appointments,
      ConsultChanges changes,
      TimerStore timers,
      FreedStore freed,
      WaitingStore waiting,
      BrokenStore broken,
      List<NoticeChannel> channels) {
    this.platform = platform;
    this.appointments = appointments;
    this.changes = changes;
    this.timers = timers;
    this.freed = freed;
    this.waiting = waiting;
    this.broken = broken;
    this.channels = List.copyOf(channels);
  }

  void booked(Tx tx, Consult booked, Appointment appointment) {
    join(tx, appointment);
    timers.lay(tx, appointment.id(), appointment.slot());
    waiting.served(tx, booked.id());
    audit(tx, "appointment.book", booked, appointment);
    platform
        .outbox()
        .publish(
            tx,
            new AppointmentBooked(
                appointment.id(),
                booked.id(),
                appointment.slot().start(),
                appointment.slot().end()));
    tellOthers(tx, booked, appointment, NoticeKind.BOOKED, Optional.empty());
    changes.save(tx, booked, Line.by(tx, Kind.BOOKED));
  }

  void moved(Tx tx, Consult consult, Appointment old, Appointment next, Optional<String> reason) {
    timers.drop(tx, old.id());
    broken.decide(tx, old.id(), Decision.MOVED, Optional.empty());
    timers.lay(tx, next.id(), next.slot());
    join(tx, next);
    release(tx, consult, old);
    freed(tx, old);
    audit(tx, "appointment.reschedule", consult, next);
    platform
        .outbox()
        .publish(
            tx,
            new AppointmentRescheduled(
                next.id(), old.id(), consult.id(), next.slot().start(), next.slot().end()));
    tellOthers(tx, consult, next, NoticeKind.MOVED, Optional.of(old.slot().start()));
    changes.remember(tx, consult, Line.by(tx, Kind.APPOINTMENT_MOVED).because(reason));
  }

  void cancelled(Tx tx, Consult consult, Appointment appointment, String reason) {
    over(tx, consult, appointment);
    freed(tx, appointment);
    audit(tx, "appointment.cancel", consult, appointment);
    platform.outbox().publish(tx, new AppointmentCancelled(appointment.id(), consult.id()));
    tellOthers(tx, consult, appointment, NoticeKind.CANCELLED, Optional.empty());
    changes.remember(
        tx, consult, Line.by(tx, Kind.APPOINTMENT_CANCELLED).because(Optional.of(reason)));
  }

  /** Nothing is due of it any more, nothing of it is to be mended, and its interpreter goes. */
  void over(Tx tx, Consult consult, Appointment appointment) {
    timers.drop(tx, appointment.id());
    broken.decide(tx, appointment.id(), Decision.GONE, Optional.empty());
    release(tx, consult, appointment);
  }

  /** Somebody may wait for this time. */
  void freed(Tx tx, Appointment appointment) {
    appointment.parts().forEach(part -> freed.add(tx, part.resource(), appointment.slot()));
  }

  void audit(Tx tx, String action, Consult consult, Appointment appointment) {
    platform.audit().append(tx, action, consult.subject().part("appointment", appointment.id()));
  }

  /** Everybody whose time it is; for the clinic, who asked. */
  static List<AccountId> people(Consult consult, Appointment appointment) {
    var people = new ArrayList<AccountId>();
    for (var part : appointment.parts()) {
      switch (part.role()) {
        case SPECIALIST, INTERPRETER, NAVIGATOR -> people.add(new AccountId(part.resource()));
        case CLINIC -> people.add(consult.request().requester());
        case DEVICE -> {}
      }
    }
    return people.stream().distinct().toList();
  }

  /** Tells everybody of it but who did it. */
  void tellOthers(
      Tx tx, Consult consult, Appointment appointment, NoticeKind kind, Optional<Instant> was) {
    var others =
        people(consult, appointment).stream()
            .filter(who -> !who.equals(tx.caller().account()))
            .toList();
    tell(tx, consult, appointment, kind, was, others);
  }

  void tell(
      Tx tx,
      Consult consult,
      Appointment appointment,
      NoticeKind kind,
      Optional<Instant> was,
      List<AccountId> to) {
    for (var who : to) {
      var notice =
          new NoticeChannel.Notice(
              who, kind, appointment.id(), consult.id(), appointment.slot().start(), was);
      channels.forEach(channel -> channel.send(tx, notice));
    }
  }

  private void join(Tx tx, Appointment appointment) {
    appointment
        .interpreters()
        .forEach(who ->
            platform
                .careTeam()
                .join(tx, appointment.consult(), new AccountId(who), Relation.INTERPRETER));
  }

  /** An interpreter is on the team for the sake of appointments, and leaves with the last one. */
  private void release(Tx tx, Consult consult, Appointment over) {
    var stillBooked =
        appointments.ofConsult(tx, consult.id()).stream()
            .filter(other -> !other.id().equals(over.id()) && other.status().isComing())
            .filter(other -> other.slot().end().isAfter(tx.now()))
            .flatMap(other -> other.interpreters().stream())
            .collect(Collectors.toSet());
    over.interpreters().stream()
        .filter(who -> !stillBooked.contains(who))
        .forEach(who -> platform.careTeam().leave(tx, consult.id(), new AccountId(who)));
  }
}
