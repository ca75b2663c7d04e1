package org.consilium.scheduling.booking;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.Urgency;

/**
 * Time of everybody a consult needs, and what becomes of it. Pure.
 *
 * @param heldUntil while it is only held
 * @param replaces the appointment that was moved here
 * @param reason why it was cancelled, moved, missed or only partly done
 * @param absent who was missing, when it is a no-show
 */
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
    Optional<Instant> heldUntil,
    Optional<AppointmentId> replaces,
    Optional<AccountId> endedBy,
    Optional<String> reason,
    List<ResourceRole> absent,
    boolean absenceTold,
    boolean withoutInterpreter,
    List<Part> parts) {

  /** After this long somebody who is not there is missed. */
  static final Duration ABSENT_AFTER = Duration.ofMinutes(10);

  /** A call this long before the start belongs to the appointment. */
  static final Duration EARLY_MAX = Duration.ofMinutes(30);

  /** A call that begins this long after the end does not belong to it any more. */
  static final Duration LATE_MAX = Duration.ofHours(2);

  enum Status implements Wire {
    HELD,
    BOOKED,
    CONFIRMED,
    ARRIVED,
    IN_CALL,
    DONE,
    PARTLY,
    CANCELLED,
    NO_SHOW,
    RESCHEDULED;

    /** It is to take place, or takes place now. */
    boolean isComing() {
      return this == BOOKED || this == CONFIRMED || this == ARRIVED || this == IN_CALL;
    }

    /** Nobody has begun yet, so that it can still be moved or cancelled. */
    boolean isAhead() {
      return this == BOOKED || this == CONFIRMED || this == ARRIVED;
    }
  }

  /**
   * One whose time is booked.
   *
   * @param zone in which they were promised it
   * @param localStart what their wall clock was to show; empty for those booked by an older release
   */
  record Part(
      UUID resource,
      ResourceRole role,
      ZoneId zone,
      Optional<LocalDateTime> localStart,
      Optional<Instant> confirmedAt,
      Optional<Instant> arrivedAt) {}

  List<UUID> interpreters() {
    return parts.stream()
        .filter(part -> part.role() == ResourceRole.INTERPRETER)
        .map(Part::resource)
        .toList();
  }

  Optional<Part> part(ResourceRole role) {
    return parts.stream().filter(part -> part.role() == role).findFirst();
  }

  boolean isConfirmed() {
    return parts.stream()
        .filter(part -> part.role().isSide())
        .allMatch(part -> part.confirmedAt().isPresent());
  }

  /** The sides of which nobody has been seen. */
  List<ResourceRole> missing() {
    return parts.stream()
        .filter(part -> part.role().isSide() && part.arrivedAt().isEmpty())
        .map(Part::role)
        .distinct()
        .toList();
  }

  /** Whether somebody is missed at {@code now} who should have been there a while ago. */
  boolean isMissed(Instant now) {
    return status.isAhead()
        && !now.isBefore(slot.start().plus(ABSENT_AFTER))
        && !missing().isEmpty();
  }

  /** Whether a call at {@code at} is this appointment's. */
  boolean isMeantBy(Instant at) {
    return !at.isBefore(slot.start().minus(EARLY_MAX)) && at.isBefore(slot.end().plus(LATE_MAX));
  }

  /** A hold that has run out is none, whoever looks. */
  boolean isHeldAt(Instant now) {
    return status == Status.HELD && heldUntil.filter(now::isBefore).isPresent();
  }
}
