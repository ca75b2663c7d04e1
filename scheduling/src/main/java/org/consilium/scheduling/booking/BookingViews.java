package org.consilium.scheduling.booking;

import java.time.Instant;
import java.time.ZoneId;
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
import org.consilium.scheduling.catalogue.Urgency;

/** Appointments as the contract shows them. */
public final class BookingViews {
  record View(
      AppointmentId id,
      ConsultId consultId,
      Instant start,
      Instant end,
      Appointment.Status status,
      List<Participant> participants,
      String question,
      Urgency urgency,
      Instant bookedAt,
      Optional<String> cancelReason) {}

  record Participant(UUID id, String name, ResourceRole role, ZoneId zone) {
    static Participant of(Resource resource) {
      return new Participant(resource.id(), resource.name(), resource.role(), resource.zone());
    }
  }

  private final Platform platform;
  private final BookingStore bookings;

  public BookingViews(Platform platform, BookingStore bookings) {
    this.platform = platform;
    this.bookings = bookings;
  }

  /** Every appointment of this consult, cancelled ones too. */
  public List<?> ofConsult(Tx tx, ConsultId consult) {
    return views(tx, bookings.ofConsult(tx, consult));
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
    for (Appointment appointment : appointments) {
      for (Appointment.Part part : appointment.parts()) {
        switch (part.role()) {
          case CLINIC -> sites.add(new SiteId(part.resource()));
          case SPECIALIST, INTERPRETER -> people.add(new AccountId(part.resource()));
        }
      }
    }
    var names = new HashMap<UUID, String>();
    platform.directory().people(tx, people).forEach((id, p) -> names.put(id.value(), p.name()));
    platform.directory().sites(tx, sites).forEach((id, s) -> names.put(id.value(), s.name()));
    return names;
  }

  /** What was booked and has passed is done. */
  private static View view(Appointment a, Map<UUID, String> names, Instant now) {
    boolean passed = a.status() == Appointment.Status.BOOKED && !a.slot().end().isAfter(now);
    return new View(
        a.id(),
        a.consult(),
        a.slot().start(),
        a.slot().end(),
        passed ? Appointment.Status.DONE : a.status(),
        a.parts().stream()
            .map(p -> new Participant(p.resource(), names.get(p.resource()), p.role(), p.zone()))
            .toList(),
        a.question(),
        a.urgency(),
        a.bookedAt(),
        a.cancelReason());
  }
}
