package org.consilium.scheduling.booking;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.availability.Expansion;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.Urgency;

/** All SQL about appointments and bookings. Tables from V004__booking.sql. */
public final class BookingStore {
  private static final String COLUMNS =
      """
      SELECT a.id, a.organisation_id, a.consult_id, a.start_at, a.end_at, a.status, a.booked_at,
             a.cancel_reason, c.patient_id, c.question,
             coalesce(c.urgency_confirmed, c.urgency_computed) AS urgency,
             (SELECT jsonb_agg(jsonb_build_object('resource', b.resource_id, 'role', b.role,
                                                  'zone', b.zone) ORDER BY b.role, b.resource_id)
                FROM scheduling.booking b WHERE b.appointment_id = a.id) AS parts
        FROM scheduling.appointment a JOIN scheduling.consult c ON c.id = a.consult_id
      """;
  private static final String FIND = COLUMNS + " WHERE a.id = $1";
  private static final String LOCK = COLUMNS + " WHERE a.id = $1 FOR UPDATE OF a";
  private static final String OF_CONSULT =
      COLUMNS + " WHERE a.consult_id = $1 ORDER BY a.start_at, a.id";
  private static final String COMING_OF_CONSULT =
      COLUMNS
          + """
           WHERE a.consult_id = $1 AND a.status = 'booked' AND a.end_at > $2
           ORDER BY a.id FOR UPDATE OF a
          """;
  private static final String COMING_OF_ORGANISATION =
      COLUMNS
          + """
           WHERE a.organisation_id = $1 AND a.status = 'booked' AND a.end_at > $2
           ORDER BY a.start_at, a.id LIMIT $3
          """;
  private static final String COMING_OF_PERSON =
      COLUMNS
          + """
           WHERE a.id IN (SELECT b.appointment_id FROM scheduling.booking b
                           WHERE b.resource_id = $1 AND NOT b.cancelled AND upper(b.during) > $2)
             AND a.status = 'booked'
           ORDER BY a.start_at, a.id LIMIT $3
          """;
  private static final String BOOKED =
      """
      SELECT resource_id, lower(during) AS start_at, upper(during) AS end_at
        FROM scheduling.booking
       WHERE resource_id = ANY($1::uuid[]) AND during && tstzrange($2, $3) AND NOT cancelled
       ORDER BY lower(during)
      """;
  private static final String INSERT =
      """
      INSERT INTO scheduling.appointment (id, organisation_id, consult_id, start_at, end_at, status,
                                          booked_by, booked_at, zone_data)
      VALUES ($1, $2, $3, $4, $5, 'booked', $6, $7, $8)
      """;
  // A plain INSERT would be as right, but many writers after one slot would wait each other to
  // death.
  private static final String TAKE =
      """
      INSERT INTO scheduling.booking (id, organisation_id, appointment_id, resource_id, role, zone,
                                      during)
      VALUES ($1, $2, $3, $4, $5, $6, tstzrange($7, $8)) ON CONFLICT DO NOTHING
      """;
  private static final String CANCEL =
      """
      UPDATE scheduling.appointment
         SET status = 'cancelled', cancelled_at = $2, cancelled_by = $3, cancel_reason = $4
       WHERE id = $1
      """;
  private static final String FREE =
      "UPDATE scheduling.booking SET cancelled = true WHERE appointment_id = $1";

  Optional<Appointment> find(Tx tx, AppointmentId id) {
    return tx.one(FIND, id).map(BookingStore::appointment);
  }

  Optional<Appointment> lock(Tx tx, AppointmentId id) {
    return tx.one(LOCK, id).map(BookingStore::appointment);
  }

  List<Appointment> ofConsult(Tx tx, ConsultId consult) {
    return tx.list(OF_CONSULT, BookingStore::appointment, consult);
  }

  List<Appointment> lockComing(Tx tx, ConsultId consult) {
    return tx.list(COMING_OF_CONSULT, BookingStore::appointment, consult, tx.now());
  }

  List<Appointment> coming(Tx tx, OrganisationId organisation, int limit) {
    return tx.list(
        COMING_OF_ORGANISATION, BookingStore::appointment, organisation, tx.now(), limit);
  }

  List<Appointment> coming(Tx tx, AccountId person, int limit) {
    return tx.list(COMING_OF_PERSON, BookingStore::appointment, person, tx.now(), limit);
  }

  /** What is taken of everybody's time in a window, whoever took it. */
  public Map<UUID, List<TimeSlot>> booked(Tx tx, Collection<UUID> resources, TimeSlot window) {
    return tx.rows(BOOKED, resources.toArray(UUID[]::new), window.start(), window.end()).stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getUUID("resource_id"),
                Collectors.mapping(BookingStore::slot, Collectors.toList())));
  }

  void insert(
      Tx tx, AppointmentId id, OrganisationId organisation, ConsultId consult, TimeSlot slot) {
    tx.run(
        INSERT,
        id,
        organisation,
        consult,
        slot.start(),
        slot.end(),
        tx.caller().account(),
        tx.now(),
        Expansion.zoneDataVersion());
  }

  /** False when that time of the resource is taken already. */
  boolean take(
      Tx tx, AppointmentId id, OrganisationId organisation, Resource resource, TimeSlot slot) {
    return tx.run(
            TAKE,
            Uuid7.next(),
            organisation,
            id,
            resource.id(),
            resource.role(),
            resource.zone().getId(),
            slot.start(),
            slot.end())
        == 1;
  }

  void cancel(Tx tx, AppointmentId id, String reason) {
    tx.run(CANCEL, id, tx.now(), tx.caller().account(), reason);
    tx.run(FREE, id);
  }

  private static TimeSlot slot(Row row) {
    return new TimeSlot(Rows.instant(row, "start_at"), Rows.instant(row, "end_at"));
  }

  private static Appointment appointment(Row row) {
    return new Appointment(
        new AppointmentId(row.getUUID("id")),
        new OrganisationId(row.getUUID("organisation_id")),
        new ConsultId(row.getUUID("consult_id")),
        new PatientId(row.getUUID("patient_id")),
        row.getString("question"),
        Wire.parse(Urgency.class, row.getString("urgency")),
        slot(row),
        Wire.parse(Appointment.Status.class, row.getString("status")),
        Rows.instant(row, "booked_at"),
        Optional.ofNullable(row.getString("cancel_reason")),
        row.getJsonArray("parts").stream().map(part -> part((JsonObject) part)).toList());
  }

  private static Appointment.Part part(JsonObject json) {
    return new Appointment.Part(
        UUID.fromString(json.getString("resource")),
        Wire.parse(ResourceRole.class, json.getString("role")),
        ZoneId.of(json.getString("zone")));
  }
}
