package org.consilium.scheduling.booking;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.scheduling.booking.Appointment.Status;
import org.consilium.scheduling.catalogue.Urgency;

/** Appointments as the contract shows them. */
public final class BookingViews {
  record View(
      AppointmentId id,
      ConsultId consultId,
      Instant start,
      Instant end,
      Status status,
      List<Participant> participants,
      String question,
      Urgency urgency,
      Instant bookedAt,
      Optional<Instant> heldUntil,
      Optional<AppointmentId> replaces,
      Optional<String> cancelReason,
      Optional<String> reason,
      Optional<PersonRef> endedBy,
      List<ResourceRole> absent,
      List<ResourceRole> missed,
      List<String> nextSteps) {}

  record Participant(
      UUID id,
      String name,
      ResourceRole role,
      ZoneId zone,
      Optional<Instant> confirmedAt,
      Optional<Instant> arrivedAt) {
    static Participant of(Resource resource) {
      return new Participant(
          resource.id(),
          resource.name(),
          resource.role(),
          resource.zone(),
          Optional.empty(),
          Optional.empty());
    }
  }

  private final Platform platform;
  private final AppointmentStore appointments;
  private final SiteResourceStore things;

  BookingViews(Platform platform, AppointmentStore appointments, SiteResourceStore things) {
    this.platform = platform;
    this.appointments = appointments;
    this.things = things;
  }

  /** Every appointment of this consult, cancelled ones too. */
  public List<?> ofConsult(Tx tx, ConsultId consult) {
    return views(tx, appointments.ofConsult(tx, consult));
  }

  View of(Tx tx, AppointmentId id) {
    var found = appointments.find(tx, id).orElseThrow(BookingService::notFound);
    return views(tx, List.of(found)).getFirst();
  }

  List<View> views(Tx tx, List<Appointment> appointments) {
    if (appointments.isEmpty()) {
      return List.of();
    }
    var names = names(tx, appointments);
    return appointments.stream().map(a -> view(a, names, tx.now())).toList();
  }

  private Map<UUID, String> names(Tx tx, List<Appointment> appointments) {
    var people = new HashSet<AccountId>();
    var sites = new HashSet<SiteId>();
    var rooms = new HashSet<UUID>();
    for (Appointment appointment : appointments) {
      appointment.endedBy().filter(BookingViews::isPerson).ifPresent(people::add);
      for (Appointment.Part part : appointment.parts()) {
        switch (part.role()) {
          case CLINIC -> sites.add(new SiteId(part.resource()));
          case SPECIALIST, INTERPRETER, NAVIGATOR -> people.add(new AccountId(part.resource()));
          case DEVICE -> rooms.add(part.resource());
        }
      }
    }
    var names = new HashMap<UUID, String>();
    platform.directory().people(tx, people).forEach((id, p) -> names.put(id.value(), p.name()));
    platform.directory().sites(tx, sites).forEach((id, s) -> names.put(id.value(), s.name()));
    things.named(tx, rooms).forEach(thing -> names.put(thing.id(), thing.name()));
    return names;
  }

  private static boolean isPerson(AccountId who) {
    return !who.value().equals(new UUID(0, 0));
  }

  private static View view(Appointment a, Map<UUID, String> names, Instant now) {
    boolean missed = a.isMissed(now);
    return new View(
        a.id(),
        a.consult(),
        a.slot().start(),
        a.slot().end(),
        a.status(),
        a.parts().stream()
            .map(p ->
                new Participant(
                    p.resource(),
                    names.get(p.resource()),
                    p.role(),
                    p.zone(),
                    p.confirmedAt(),
                    p.arrivedAt()))
            .toList(),
        a.question(),
        a.urgency(),
        a.bookedAt(),
        a.heldUntil(),
        a.replaces(),
        a.status() == Status.CANCELLED ? a.reason() : Optional.empty(),
        a.reason(),
        a.endedBy()
            .filter(BookingViews::isPerson)
            .map(who -> new PersonRef(who, names.get(who.value()))),
        a.absent(),
        missed ? a.missing() : List.of(),
        nextSteps(a, missed));
  }

  /** What the clinic does now when somebody did not come. */
  static List<String> nextSteps(Appointment a, boolean missed) {
    var who =
        a.status() == Status.NO_SHOW ? a.absent() : missed ? a.missing() : List.<ResourceRole>of();
    var steps = new ArrayList<String>();
    for (var role : who) {
      switch (role) {
        case SPECIALIST ->
            steps.add(
                "The specialist is not there. Write what changed in the thread; they read it when they"
                    + " are back. If the patient cannot wait, ask your coordinator for somebody on call.");
        case CLINIC ->
            steps.add(
                "The clinic is not there. Telephone it, and say in the thread whether the patient came.");
        case INTERPRETER ->
            steps.add(
                "The interpreter is not there. Choose another time, or go on with somebody who speaks"
                    + " both languages if the patient agrees.");
        case NAVIGATOR -> steps.add("Ask somebody else at the clinic to be with the patient.");
        case DEVICE -> {}
      }
    }
    if (!who.isEmpty()) {
      steps.add(
          a.status() == Status.NO_SHOW
              ? "Book a new time while the patient is still there."
              : "Book a new time, or note who did not come.");
    }
    return steps;
  }
}
