package org.consilium.scheduling.booking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;
import org.consilium.scheduling.duty.ServerDuty;
import org.consilium.scheduling.roster.DutyBoard;
import org.consilium.scheduling.roster.HoursStore;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStore;

/**
 * Books everybody's time at once, or nobody's. Whose time it is decides nothing: the exclusion
 * constraint of the booking table does, so a race has one winner.
 */
public final class BookingService {
  static final Duration LENGTH_USUAL = Duration.ofMinutes(30);
  static final int DAYS_USUAL = 14;

  private static final Duration AHEAD_MAX = Duration.ofDays(366);

  /** What a page can show; further ones appear when the time comes. */
  private static final int SLOTS_MAX = 400;

  /** How many other starts a conflict offers. */
  private static final int NEXT_MAX = 6;

  private final Platform platform;
  private final BookingStore bookings;
  private final ConsultStore consults;
  private final ConsultChanges changes;
  private final VolunteerStore volunteers;
  private final HoursStore hours;
  private final DutyBoard duties;

  public BookingService(
      Platform platform,
      BookingStore bookings,
      ConsultStore consults,
      ConsultChanges changes,
      VolunteerStore volunteers,
      HoursStore hours,
      DutyBoard duties) {
    this.platform = platform;
    this.bookings = bookings;
    this.consults = consults;
    this.changes = changes;
    this.volunteers = volunteers;
    this.hours = hours;
    this.duties = duties;
  }

  record Free(List<TimeSlot> slots, List<Resource> people) {}

  /** The starts that are free for everybody in the coming days. */
  Free slots(Tx tx, ConsultId id, Duration length, int days, Optional<AccountId> interpreter) {
    mayBook(platform.careTeam().standing(tx, id));
    var consult = consults.find(tx, id).orElseThrow().consult();
    return ServerDuty.in(
        tx,
        () -> {
          var window = window(tx.now(), days);
          var people = resources(tx, consult, interpreter, window);
          return new Free(Slots.free(people, window, length, SLOTS_MAX), people);
        });
  }

  /** Books, or refuses with 409 {@code slot-taken} and the next free starts. */
  public AppointmentId book(
      Tx tx, ConsultId id, Instant start, Duration length, Optional<AccountId> interpreter) {
    mayBook(platform.careTeam().standing(tx, id));
    mustBeSoon(tx, start);
    var slot = TimeSlot.of(start, length);
    return ServerDuty.in(
        tx,
        () -> {
          var consult = changes.lock(tx, id);
          var booked = ConsultChanges.taken(consult.book());
          var people = resources(tx, consult, interpreter, roundAbout(slot));
          mustBePossible(slot, people);
          var appointment = AppointmentId.random();
          bookings.insert(tx, appointment, consult.organisation(), id, slot);
          takeAll(tx, appointment, consult, people, slot, interpreter);
          interpreter.ifPresent(who -> platform.careTeam().join(tx, id, who, Relation.INTERPRETER));
          platform
              .audit()
              .append(tx, "appointment.book", consult.subject().part("appointment", appointment));
          platform
              .outbox()
              .publish(tx, new AppointmentBooked(appointment, id, slot.start(), slot.end()));
          changes.save(tx, booked, Line.by(tx, Kind.BOOKED));
          return appointment;
        });
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

  /** In the order of their ids: two bookers of the same people never wait for each other. */
  private void takeAll(
      Tx tx,
      AppointmentId id,
      Consult consult,
      List<Resource> people,
      TimeSlot slot,
      Optional<AccountId> interpreter) {
    var sorted = people.stream().sorted(Comparator.comparing(Resource::id)).toList();
    for (Resource person : sorted) {
      if (!bookings.take(tx, id, consult.organisation(), person, slot)) {
        throw new Refusal(
                409, "slot-taken", "Somebody was quicker: that time is taken. Choose another.")
            .with("next", next(tx, consult, slot, interpreter));
      }
    }
  }

  private List<TimeSlot> next(
      Tx tx, Consult consult, TimeSlot slot, Optional<AccountId> interpreter) {
    var window = window(tx.now(), DAYS_USUAL);
    var people = resources(tx, consult, interpreter, window);
    return Slots.free(people, window, slot.length(), SLOTS_MAX).stream()
        .filter(free -> !free.overlaps(slot))
        .limit(NEXT_MAX)
        .toList();
  }

  /** Frees everybody's time. */
  public void cancel(Tx tx, AppointmentId id, String reason) {
    var found = bookings.find(tx, id).orElseThrow(BookingService::notFound);
    var standing = platform.careTeam().standing(tx, found.consult());
    mayBook(standing);
    ServerDuty.in(
        tx,
        () -> {
          var consult = changes.lock(tx, found.consult());
          var appointment = bookings.lock(tx, id).orElseThrow();
          if (appointment.status() == Appointment.Status.CANCELLED) {
            return id;
          }
          if (!appointment.slot().end().isAfter(tx.now())) {
            throw new Refusal(409, "appointment-over", "This appointment is over.");
          }
          cancel(tx, consult, appointment, reason);
          if (bookings.lockComing(tx, consult.id()).isEmpty()) {
            changes.save(tx, ConsultChanges.taken(consult.unbook()));
          }
          return id;
        });
  }

  /** What ends with its consult. */
  public void end(Tx tx, Consult consult, String reason) {
    for (var appointment : bookings.lockComing(tx, consult.id())) {
      cancel(tx, consult, appointment, reason);
    }
  }

  private void cancel(Tx tx, Consult consult, Appointment appointment, String reason) {
    bookings.cancel(tx, appointment.id(), reason);
    release(tx, consult, appointment);
    platform
        .audit()
        .append(tx, "appointment.cancel", consult.subject().part("appointment", appointment.id()));
    platform.outbox().publish(tx, new AppointmentCancelled(appointment.id(), consult.id()));
    changes.remember(
        tx, consult, Line.by(tx, Kind.APPOINTMENT_CANCELLED).because(Optional.of(reason)));
  }

  /** An interpreter is on the team for the sake of appointments, and leaves with the last one. */
  private void release(Tx tx, Consult consult, Appointment cancelled) {
    var stillBooked =
        bookings.ofConsult(tx, consult.id()).stream()
            .filter(other -> other.status() != Appointment.Status.CANCELLED)
            .flatMap(other -> other.interpreters().stream())
            .collect(Collectors.toSet());
    cancelled.interpreters().stream()
        .filter(who -> !stillBooked.contains(who))
        .forEach(who -> platform.careTeam().leave(tx, consult.id(), new AccountId(who)));
  }

  private static void mayBook(Standing standing) {
    standing.require(
        Relation.CLINIC, Relation.REQUESTER, Relation.COORDINATOR, Relation.SPECIALIST);
  }

  static Refusal notFound() {
    return Refusal.notFound("appointment-not-found", "There is no such appointment for you.");
  }

  private static TimeSlot window(Instant now, int days) {
    return TimeSlot.of(now.plus(Slots.NOTICE_MIN), Duration.ofDays(days));
  }

  private static TimeSlot roundAbout(TimeSlot slot) {
    return new TimeSlot(
        slot.start().minus(Duration.ofDays(1)), slot.end().plus(Duration.ofDays(1)));
  }

  /** The specialist, the clinic, and the interpreter if one is wanted. */
  private List<Resource> resources(
      Tx tx, Consult consult, Optional<AccountId> interpreter, TimeSlot window) {
    var specialist =
        consult
            .specialist()
            .orElseThrow(
                () -> new Refusal(409, "no-specialist", "Nobody has accepted this consult yet."));
    var people = new ArrayList<Resource>();
    people.add(person(tx, specialist, ResourceRole.SPECIALIST, window));
    people.add(clinic(tx, consult, window));
    interpreter.ifPresent(who -> {
      mustInterpret(tx, who, specialist);
      people.add(person(tx, who, ResourceRole.INTERPRETER, window));
    });
    return people;
  }

  private void mustInterpret(Tx tx, AccountId who, AccountId specialist) {
    boolean interprets =
        volunteers.find(tx, who).filter(v -> v.kind() == VolunteerKind.INTERPRETER).isPresent();
    if (!interprets || who.equals(specialist)) {
      throw Refusal.invalid("/interpreterId", "There is no such interpreter.");
    }
  }

  private Resource person(Tx tx, AccountId account, ResourceRole role, TimeSlot window) {
    var person = platform.directory().person(tx, account);
    var duty = duties.of(tx, List.of(account.value()), window).get(account.value());
    return new Resource(
        account.value(),
        role,
        person.name(),
        duty.zone(tx.now(), person.zone()),
        duty.available(),
        duty.booked());
  }

  /** A site that gave no opening hours is open round the clock. */
  private Resource clinic(Tx tx, Consult consult, TimeSlot window) {
    var site = platform.directory().site(tx, consult.request().site());
    var id = site.id().value();
    var duty = duties.of(tx, List.of(id), window).get(id);
    var open = hours.of(tx, List.of(id)).containsKey(id) ? duty.available() : List.of(window);
    return new Resource(id, ResourceRole.CLINIC, site.name(), site.zone(), open, duty.booked());
  }
}
