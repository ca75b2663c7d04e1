package org.consilium.scheduling.booking;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;

/**
 * All SQL about appointments that cannot be kept as booked. Table: {@code
 * scheduling.broken_appointment}.
 */
final class BrokenStore {
  enum Cause implements Wire {
    /** The hours of somebody, of the site or of a thing no longer hold it. */
    HOURS,
    /** Somebody is no longer active. */
    LEFT,
    /** A zone's rules changed and the promised wall-clock time is not free. */
    ZONE
  }

  enum Decision implements Wire {
    OPEN,
    MOVED,
    KEPT,
    GONE
  }

  record Broken(
      UUID id,
      AppointmentId appointment,
      UUID resource,
      Cause cause,
      Instant foundAt,
      Optional<Instant> proposed,
      Decision decision) {}

  private static final String COLUMNS =
      """
      SELECT w.id, w.appointment_id, w.resource_id, w.cause, w.found_at, w.proposed_at, w.status
        FROM scheduling.broken_appointment w
      """;
  private static final String OPEN_OF =
      COLUMNS
          + """
            JOIN scheduling.appointment a ON a.id = w.appointment_id
           WHERE w.organisation_id = $1 AND w.status = 'open' AND a.is_coming AND a.end_at > $2
           ORDER BY a.start_at, w.id
          """;
  private static final String FIND = COLUMNS + " WHERE w.id = $1";
  private static final String INSERT =
      """
      INSERT INTO scheduling.broken_appointment (id, organisation_id, appointment_id, resource_id,
                                                 cause, found_at, proposed_at, status)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 'open') ON CONFLICT DO NOTHING
      """;
  private static final String DECIDE =
      """
      UPDATE scheduling.broken_appointment
         SET status = $2, decided_by = $3, decided_at = $4, decision_reason = $5
       WHERE appointment_id = $1 AND status = 'open'
      """;
  private static final String MENDED =
      """
      UPDATE scheduling.broken_appointment SET status = 'gone', decided_at = $3
       WHERE appointment_id = $1 AND resource_id = $2 AND status = 'open' AND cause <> 'zone'
      """;
  // Hours saved since a coming appointment was checked against them, or a person who left since.
  private static final String TO_CHECK =
      """
      SELECT b.resource_id FROM scheduling.booking b
        JOIN scheduling.hours h ON h.owner_id = b.resource_id
       WHERE NOT b.cancelled AND b.held_until IS NULL AND lower(b.during) > $1
         AND h.saved_at > b.checked_at
      UNION
      SELECT b.resource_id FROM scheduling.booking b
        JOIN scheduling.volunteer v ON v.account_id = b.resource_id
       WHERE NOT b.cancelled AND b.held_until IS NULL AND lower(b.during) > $1
         AND v.status <> 'active'
         AND NOT EXISTS (SELECT FROM scheduling.broken_appointment w
                          WHERE w.appointment_id = b.appointment_id
                            AND w.resource_id = b.resource_id
                            AND (w.cause = 'left' OR w.status = 'open'))
      LIMIT 100
      """;
  private static final String COMING_OF =
      """
      SELECT a.id, a.consult_id FROM scheduling.booking b
        JOIN scheduling.appointment a ON a.id = b.appointment_id
       WHERE b.resource_id = $1 AND NOT b.cancelled AND a.is_coming AND a.start_at > $2
       ORDER BY a.start_at
      """;
  private static final String CHECKED =
      """
      UPDATE scheduling.booking SET checked_at = $3
       WHERE resource_id = $1 AND NOT cancelled AND upper(during) > $2 AND held_until IS NULL
      """;

  List<Broken> open(Tx tx, OrganisationId organisation) {
    return tx.list(OPEN_OF, BrokenStore::broken, organisation, tx.now());
  }

  Optional<Broken> find(Tx tx, UUID id) {
    return tx.one(FIND, id).map(BrokenStore::broken);
  }

  /** False when it is known already. */
  boolean insert(
      Tx tx, Appointment appointment, UUID resource, Cause cause, Optional<Instant> proposed) {
    return tx.run(
            INSERT,
            Uuid7.next(),
            appointment.organisation(),
            appointment.id(),
            resource,
            cause,
            tx.now(),
            proposed)
        == 1;
  }

  /** Whatever broke this appointment is settled with it. */
  void decide(Tx tx, AppointmentId appointment, Decision how, Optional<String> reason) {
    var by = Optional.of(tx.caller()).filter(c -> c.isPerson()).map(c -> c.account());
    tx.run(DECIDE, appointment, how, by, tx.now(), reason);
  }

  void mended(Tx tx, AppointmentId appointment, UUID resource) {
    tx.run(MENDED, appointment, resource, tx.now());
  }

  List<UUID> toCheck(Tx tx) {
    return tx.list(TO_CHECK, row -> row.getUUID("resource_id"), tx.now());
  }

  List<AppointmentId> comingOf(Tx tx, UUID resource) {
    return tx.list(COMING_OF, row -> new AppointmentId(row.getUUID("id")), resource, tx.now());
  }

  void checked(Tx tx, UUID resource, Instant at) {
    tx.run(CHECKED, resource, tx.now(), at);
  }

  private static Broken broken(Row row) {
    return new Broken(
        row.getUUID("id"),
        new AppointmentId(row.getUUID("appointment_id")),
        row.getUUID("resource_id"),
        Wire.parse(Cause.class, row.getString("cause")),
        Rows.instant(row, "found_at"),
        Rows.optionalInstant(row, "proposed_at"),
        Wire.parse(Decision.class, row.getString("status")));
  }
}
