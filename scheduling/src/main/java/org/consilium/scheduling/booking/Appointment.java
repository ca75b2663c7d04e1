package org.consilium.scheduling.booking;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.Urgency;

/** Booked time of everybody a consult needs. */
record Appointment(
    AppointmentId id,
    OrganisationId organisation,
    ConsultId consult,
    PatientId patient,
    String question,
    Urgency urgency,
    TimeSlot slot,
    Status status,
    Instant bookedAt,
    Optional<String> cancelReason,
    List<Part> parts) {

  List<UUID> interpreters() {
    return parts.stream()
        .filter(part -> part.role() == ResourceRole.INTERPRETER)
        .map(Part::resource)
        .toList();
  }

  enum Status implements Wire {
    BOOKED,
    CANCELLED,
    DONE
  }

  /** One whose time is booked, and in which zone they were promised it. */
  record Part(UUID resource, ResourceRole role, ZoneId zone) {}
}
