package org.consilium.scheduling.booking;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.booking.Appointment.Status;
import org.consilium.scheduling.catalogue.Urgency;

/** All SQL about appointments. Tables from V004__booking.sql and V008__booking.sql. */
final class AppointmentStore {
  private static final String COLUMNS =
      """
      SELECT a.id, a.organisation_id, a.consult_id, a.start_at, a.end_at, a.status, a.booked_at,
             a.held_until, a.replaces, a.absent, a.absence_told_at, a.without_interpreter,
             coalesce(a.cancelled_by, a.outcome_by, a.moved_by) AS ended_by,
             coalesce(a.cancel_reason, a.outcome_reason, a.moved_reason) AS reason,
             c.patient_id, c.question, coalesce(c.urgency_confirmed, c.urgency_computed) AS urgency,
             (SELECT jsonb_agg(jsonb_build_object(
                       'resource', b.resource_id, 'role', b.role, 'zone', b.zone,
                       'local', b.local_start, 'confirmed', b.confirmed_at, 'arrived', b.arrived_at)
                     ORDER BY b.role, b.resource_id)
                FROM scheduling.booking b WHERE b.appointment_id = a.id) AS parts
        FROM scheduling.appointment a JOIN scheduling.consult c ON c.id = a.consult_id
      """;
  private static final String FIND = COLUMNS + " WHERE a.id = $1";
  private static final String LOCK = COLUMNS + " WHERE a.id = $1 FOR UPDATE OF a";
  private static final String OF_CONSULT =
      COLUMNS + " WHERE a.consult_id = $1 AND a.status <> 'held' ORDER BY a.start_at, a.id";
  private static final String LOCK_COMING =
      COLUMNS
          + """
           WHERE a.consult_id = $1 AND a.is_coming AND a.end_at > $2 ORDER BY a.id FOR UPDATE OF a
          """;
  private static final String IS_COMING =
      """
      SELECT FROM scheduling.appointment
       WHERE consult_id = $1 AND is_coming AND end_at > $2 LIMIT 1
      """;
  private static final String LAST_COMING_END =
      """
      SELECT max(end_at) AS end_at FROM scheduling.appointment
       WHERE consult_id = $1 AND is_coming AND end_at > $2
      """;
  private static final String LOCK_MEANT =
      COLUMNS
          + """
           WHERE a.consult_id = $1 AND a.status IN ('booked', 'confirmed', 'arrived', 'in-call', 'done')
             AND a.start_at <= $2 AND a.end_at > $3
           ORDER BY a.start_at DESC FOR UPDATE OF a
          """;
  private static final String HELD_BY =
      COLUMNS
          + " WHERE a.consult_id = $1 AND a.status = 'held' AND a.booked_by = $2 FOR UPDATE OF a";
  // What is coming is not held either; said for all, it lets the index without holds serve.
  private static final String SHOWN =
      " AND a.status <> 'held' AND (a.is_coming AND a.end_at > $2"
          + " OR a.start_at > $2::timestamptz - interval '12 hours' AND a.start_at <= $2)";
  private static final String COMING_OF_ORGANISATION =
      COLUMNS + " WHERE a.organisation_id = $1" + SHOWN + " ORDER BY a.start_at, a.id LIMIT $3";
  private static final String COMING_OF_PERSON =
      COLUMNS
          + " WHERE a.id IN (SELECT b.appointment_id FROM scheduling.booking b"
          + " WHERE b.resource_id = $1 AND upper(b.during) > $2::timestamptz - interval '1 day')"
          + SHOWN
          + " ORDER BY a.start_at, a.id LIMIT $3";
  private static final String INSERT =
      """
      INSERT INTO scheduling.appointment (id, organisation_id, consult_id, start_at, end_at, status,
                                          booked_by, booked_at, zone_data, held_until, replaces,
                                          without_interpreter)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      """;
  private static final String BOOK_HELD =
      """
      UPDATE scheduling.appointment
         SET status = 'booked', held_until = NULL, booked_by = $2, booked_at = $3
       WHERE id = $1 AND status = 'held' AND held_until > $3
      """;
  private static final String EXTEND =
      "UPDATE scheduling.appointment SET held_until = $2 WHERE id = $1 AND status = 'held'";
  private static final String FORGET =
      "DELETE FROM scheduling.appointment WHERE id = $1 AND status = 'held'";
  private static final String CANCEL =
      """
      UPDATE scheduling.appointment
         SET status = 'cancelled', cancelled_at = $2, cancelled_by = $3, cancel_reason = $4
       WHERE id = $1
      """;
  private static final String MOVED =
      """
      UPDATE scheduling.appointment SET status = 'rescheduled', moved_by = $2, moved_reason = $3
       WHERE id = $1
      """;
  private static final String SHIFT =
      """
      UPDATE scheduling.appointment SET start_at = $2, end_at = $3, zone_data = $4 WHERE id = $1
      """;
  private static final String STATUS =
      "UPDATE scheduling.appointment SET status = $2 WHERE id = $1";
  private static final String END =
      """
      UPDATE scheduling.appointment
         SET status = $2, outcome_at = $3, outcome_by = $4, outcome_reason = $5, absent = $6
       WHERE id = $1
      """;
  private static final String CONFIRM =
      """
      UPDATE scheduling.booking SET confirmed_at = coalesce(confirmed_at, $3)
       WHERE appointment_id = $1 AND resource_id = ANY($2::uuid[]) AND NOT cancelled
      """;
  private static final String ARRIVE =
      """
      UPDATE scheduling.booking SET arrived_at = coalesce(arrived_at, $3)
       WHERE appointment_id = $1 AND resource_id = ANY($2::uuid[]) AND NOT cancelled
      """;
  private static final String ABSENCE_TOLD =
      "UPDATE scheduling.appointment SET absence_told_at = $2 WHERE id = $1";
  private static final String RUN_OUT =
      """
      SELECT a.id FROM scheduling.appointment a
       WHERE a.held_until <= $1 ORDER BY a.held_until LIMIT 1 FOR UPDATE SKIP LOCKED
      """;

  Optional<Appointment> find(Tx tx, AppointmentId id) {
    return tx.one(FIND, id).map(AppointmentStore::appointment);
  }

  Optional<Appointment> lock(Tx tx, AppointmentId id) {
    return tx.one(LOCK, id).map(AppointmentStore::appointment);
  }

  /** What became of every appointment of it; holds are none yet. */
  List<Appointment> ofConsult(Tx tx, ConsultId consult) {
    return tx.list(OF_CONSULT, AppointmentStore::appointment, consult);
  }

  boolean isComing(Tx tx, ConsultId consult) {
    return tx.one(IS_COMING, consult, tx.now()).isPresent();
  }

  /** When the last one that is coming ends. */
  Optional<Instant> lastComingEnd(Tx tx, ConsultId consult) {
    return tx.one(LAST_COMING_END, consult, tx.now())
        .flatMap(row -> Rows.optionalInstant(row, "end_at"));
  }

  List<Appointment> lockComing(Tx tx, ConsultId consult) {
    return tx.list(LOCK_COMING, AppointmentStore::appointment, consult, tx.now());
  }

  /** Which appointment a call at {@code at} could be, the latest first. */
  List<Appointment> lockMeantBy(Tx tx, ConsultId consult, Instant at) {
    return tx.list(
        LOCK_MEANT,
        AppointmentStore::appointment,
        consult,
        at.plus(Appointment.EARLY_MAX),
        at.minus(Appointment.LATE_MAX));
  }

  List<Appointment> heldBy(Tx tx, ConsultId consult, AccountId by) {
    return tx.list(HELD_BY, AppointmentStore::appointment, consult, by);
  }

  /** What lies ahead, and what of the last hours still wants somebody's word. */
  List<Appointment> shown(Tx tx, OrganisationId organisation, int limit) {
    return tx.list(
        COMING_OF_ORGANISATION, AppointmentStore::appointment, organisation, tx.now(), limit);
  }

  List<Appointment> shown(Tx tx, AccountId person, int limit) {
    return tx.list(COMING_OF_PERSON, AppointmentStore::appointment, person, tx.now(), limit);
  }

  /** Sent without waiting: taking everybody's time comes next. */
  void insert(
      Tx tx,
      AppointmentId id,
      OrganisationId organisation,
      ConsultId consult,
      TimeSlot slot,
      String zoneData,
      Optional<Instant> heldUntil,
      Optional<AppointmentId> replaces,
      boolean withoutInterpreter) {
    tx.send(
        INSERT,
        id,
        organisation,
        consult,
        slot.start(),
        slot.end(),
        heldUntil.isPresent() ? Status.HELD : Status.BOOKED,
        tx.caller().account(),
        tx.now(),
        zoneData,
        heldUntil,
        replaces,
        withoutInterpreter);
  }

  /** False when it had run out. */
  boolean bookHeld(Tx tx, AppointmentId id) {
    return tx.run(BOOK_HELD, id, tx.caller().account(), tx.now()) == 1;
  }

  void extend(Tx tx, AppointmentId id, Instant until) {
    tx.run(EXTEND, id, until);
  }

  void forget(Tx tx, AppointmentId id) {
    tx.run(FORGET, id);
  }

  void cancel(Tx tx, AppointmentId id, String reason) {
    tx.run(CANCEL, id, tx.now(), tx.caller().account(), reason);
  }

  void moved(Tx tx, AppointmentId id, Optional<String> reason) {
    tx.run(MOVED, id, tx.caller().account(), reason);
  }

  /** The same appointment at another instant: its wall clock stays. */
  void shift(Tx tx, AppointmentId id, TimeSlot to, String zoneData) {
    tx.run(SHIFT, id, to.start(), to.end(), zoneData);
  }

  void status(Tx tx, AppointmentId id, Status status) {
    tx.run(STATUS, id, status);
  }

  void end(
      Tx tx,
      AppointmentId id,
      Status how,
      Optional<String> reason,
      Collection<ResourceRole> absent) {
    var roles = absent.stream().map(Wire::of).toArray(String[]::new);
    tx.run(END, id, how, tx.now(), tx.caller().account(), reason, roles);
  }

  int confirm(Tx tx, AppointmentId id, Collection<UUID> parts) {
    return tx.run(CONFIRM, id, parts.toArray(UUID[]::new), tx.now());
  }

  int arrive(Tx tx, AppointmentId id, Collection<UUID> parts) {
    return tx.run(ARRIVE, id, parts.toArray(UUID[]::new), tx.now());
  }

  void absenceTold(Tx tx, AppointmentId id) {
    tx.run(ABSENCE_TOLD, id, tx.now());
  }

  /** Locks one hold that has run out, which no other node has. */
  Optional<AppointmentId> claimRunOut(Tx tx) {
    return tx.one(RUN_OUT, tx.now()).map(row -> new AppointmentId(row.getUUID("id")));
  }

  static Appointment appointment(Row row) {
    return new Appointment(
        new AppointmentId(row.getUUID("id")),
        new OrganisationId(row.getUUID("organisation_id")),
        new ConsultId(row.getUUID("consult_id")),
        new PatientId(row.getUUID("patient_id")),
        row.getString("question"),
        Wire.parse(Urgency.class, row.getString("urgency")),
        BookingStore.slot(row),
        Wire.parse(Status.class, row.getString("status")),
        Rows.instant(row, "booked_at"),
        Rows.optionalInstant(row, "held_until"),
        Optional.ofNullable(row.getUUID("replaces")).map(AppointmentId::new),
        Optional.ofNullable(row.getUUID("ended_by")).map(AccountId::new),
        Optional.ofNullable(row.getString("reason")),
        Arrays.stream(row.getArrayOfStrings("absent"))
            .map(role -> Wire.parse(ResourceRole.class, role))
            .toList(),
        row.getOffsetDateTime("absence_told_at") != null,
        row.getBoolean("without_interpreter"),
        row.getJsonArray("parts") == null
            ? List.of()
            : row.getJsonArray("parts").stream().map(part -> part((JsonObject) part)).toList());
  }

  private static Appointment.Part part(JsonObject json) {
    return new Appointment.Part(
        UUID.fromString(json.getString("resource")),
        Wire.parse(ResourceRole.class, json.getString("role")),
        ZoneId.of(json.getString("zone")),
        Optional.ofNullable(json.getString("local")).map(LocalDateTime::parse),
        moment(json, "confirmed"),
        moment(json, "arrived"));
  }

  private static Optional<Instant> moment(JsonObject json, String name) {
    return Optional.ofNullable(json.getString(name))
        .map(text -> OffsetDateTime.parse(text).toInstant());
  }
}
