package org.consilium.scheduling.booking;

import java.time.LocalDateTime;
import java.util.Optional;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AppointmentId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.booking.BrokenStore.Cause;
import org.consilium.scheduling.consult.ConsultChanges;

/**
 * When the zone data is newer than that an appointment was booked with, the clinic's wall clock
 * keeps the promise: its instant is laid out again, and everybody moves with it. What cannot move
 * is put to a coordinator.
 */
final class ZoneRelay {
  private static final String REASON = "The clinic's clock rules changed; its local time stays.";

  private static final String OUTDATED =
      """
      SELECT id FROM scheduling.appointment
       WHERE is_coming AND zone_data <> $1 AND start_at > $2 ORDER BY start_at, id LIMIT 1
      """;
  private static final String RECKONED =
      "UPDATE scheduling.appointment SET zone_data = $2 WHERE id = $1";
  private static final String LOCAL =
      """
      UPDATE scheduling.booking SET local_start = $3::text::timestamp
       WHERE appointment_id = $1 AND resource_id = $2
      """;

  private final Database database;
  private final AppointmentStore appointments;
  private final ConsultChanges changes;
  private final BookingService booking;
  private final Mending mending;
  private final ZoneReckoning zones;

  ZoneRelay(
      Database database,
      AppointmentStore appointments,
      ConsultChanges changes,
      BookingService booking,
      Mending mending,
      ZoneReckoning zones) {
    this.database = database;
    this.appointments = appointments;
    this.changes = changes;
    this.booking = booking;
    this.mending = mending;
    this.zones = zones;
  }

  /** Lays one appointment out again; false when all rest on the edition in use. */
  boolean runOne() {
    Optional<AppointmentId> found =
        database.asWorker(tx ->
            tx.one(OUTDATED, zones.version(), tx.now())
                .map(row -> new AppointmentId(row.getUUID("id"))));
    found.ifPresent(id -> {
      try {
        database.asWorker(tx -> again(tx, id));
      } catch (Refusal notPossible) {
        database.asWorker(tx -> putToSomebody(tx, id));
      }
    });
    return found.isPresent();
  }

  private AppointmentId again(Tx tx, AppointmentId id) {
    var consult = changes.lock(tx, appointments.find(tx, id).orElseThrow().consult());
    var old = appointments.lock(tx, id).orElseThrow();
    var clinic = old.part(ResourceRole.CLINIC).orElseThrow();
    var start =
        clinic.localStart().map(local -> zones.at(local, clinic.zone())).orElse(old.slot().start());
    if (!old.status().isAhead() || start.equals(old.slot().start())) {
      reckoned(tx, old);
      return id;
    }
    var slot = TimeSlot.of(start, old.slot().length());
    return booking.move(tx, consult, old, slot, Optional.empty(), Optional.of(REASON), true);
  }

  /** The instant stays; what every part's clock shows then is what is promised from now on. */
  private void reckoned(Tx tx, Appointment appointment) {
    tx.run(RECKONED, appointment.id(), zones.version());
    appointment
        .parts()
        .forEach(part ->
            tx.run(
                LOCAL,
                appointment.id(),
                part.resource(),
                LocalDateTime.ofInstant(appointment.slot().start(), part.zone()).toString()));
  }

  private AppointmentId putToSomebody(Tx tx, AppointmentId id) {
    var consult = changes.lock(tx, appointments.find(tx, id).orElseThrow().consult());
    var appointment = appointments.lock(tx, id).orElseThrow();
    if (appointment.status().isAhead()) {
      var site = appointment.part(ResourceRole.CLINIC).orElseThrow().resource();
      mending.breaks(tx, consult, appointment, site, Cause.ZONE);
    }
    tx.run(RECKONED, id, zones.version());
    return id;
  }
}
