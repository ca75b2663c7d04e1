package org.consilium.scheduling.booking;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.Urgency;

/** All SQL about consults that wait for a time. Table: {@code scheduling.waiting_consult}. */
final class WaitingStore {
  enum Status implements Wire {
    WAITING,
    OFFERED,
    SERVED,
    WITHDRAWN,
    LAPSED
  }

  record Waiting(
      UUID id,
      OrganisationId organisation,
      ConsultId consult,
      String question,
      Urgency urgency,
      TimeSlot wanted,
      int minutes,
      Needs needs,
      Status status,
      Instant since,
      Optional<AppointmentId> offered) {}

  private static final String COLUMNS =
      """
      SELECT w.id, w.organisation_id, w.consult_id, w.minutes, w.parts, w.status, w.since,
             w.offered, lower(w.wanted) AS start_at, upper(w.wanted) AS end_at, c.question,
             coalesce(c.urgency_confirmed, c.urgency_computed) AS urgency
        FROM scheduling.waiting_consult w JOIN scheduling.consult c ON c.id = w.consult_id
      """;
  // One ranking, on the page and when time is given away: the more urgent, then who waits longer.
  private static final String IN_ORDER =
      """
       ORDER BY array_position(ARRAY['red', 'orange', 'yellow', 'green', 'blue'],
                               coalesce(c.urgency_confirmed, c.urgency_computed)), w.since, w.id
      """;
  private static final String OPEN_OF =
      COLUMNS + " WHERE w.organisation_id = $1 AND w.status IN ('waiting', 'offered')" + IN_ORDER;
  private static final String FIND = COLUMNS + " WHERE w.id = $1";
  private static final String OF_CONSULT =
      COLUMNS + " WHERE w.consult_id = $1 AND w.status IN ('waiting', 'offered')";
  private static final String FOR_TIME_OF =
      COLUMNS
          + """
           WHERE w.status = 'waiting' AND w.wanted && tstzrange($2, $3) AND upper(w.wanted) > $4
             AND (c.specialist_id = $1 OR c.site_id = $1 OR w.parts::text LIKE '%' || $1::text || '%')
          """
          + IN_ORDER;
  private static final String OFFERED =
      COLUMNS + " WHERE w.offered = $1 AND w.status = 'offered' FOR UPDATE OF w";
  private static final String INSERT =
      """
      INSERT INTO scheduling.waiting_consult (id, organisation_id, consult_id, wanted, minutes, parts,
                                              status, since, asked_by)
      VALUES ($1, $2, $3, tstzrange($4, $5), $6, $7, 'waiting', $8, $9) ON CONFLICT DO NOTHING
      """;
  private static final String OFFER =
      """
      UPDATE scheduling.waiting_consult SET status = 'offered', offered = $2
       WHERE id = $1 AND status = 'waiting'
      """;
  private static final String PASS =
      """
      UPDATE scheduling.waiting_consult
         SET status = 'waiting', offered = NULL, passed_over = passed_over || $2::timestamptz
       WHERE id = $1
      """;
  private static final String PASSED_OVER =
      "SELECT unnest(passed_over) AS start_at FROM scheduling.waiting_consult WHERE id = $1";
  private static final String END =
      "UPDATE scheduling.waiting_consult SET status = $2 WHERE id = $1";
  private static final String SERVED =
      """
      UPDATE scheduling.waiting_consult SET status = 'served'
       WHERE consult_id = $1 AND status IN ('waiting', 'offered')
      """;
  private static final String LAPSE =
      """
      UPDATE scheduling.waiting_consult SET status = 'lapsed'
       WHERE status = 'waiting' AND upper(wanted) <= $1
      """;

  /** The most urgent first, then who waits longer. */
  List<Waiting> open(Tx tx, OrganisationId organisation) {
    return tx.list(OPEN_OF, WaitingStore::waiting, organisation);
  }

  Optional<Waiting> find(Tx tx, UUID id) {
    return tx.one(FIND, id).map(WaitingStore::waiting);
  }

  Optional<Waiting> ofConsult(Tx tx, ConsultId consult) {
    return tx.one(OF_CONSULT, consult).map(WaitingStore::waiting);
  }

  /** Who could use that time of a person, site or thing, the first first. */
  List<Waiting> forTimeOf(Tx tx, UUID resource, TimeSlot slot) {
    return tx.list(
        FOR_TIME_OF, WaitingStore::waiting, resource, slot.start(), slot.end(), tx.now());
  }

  Optional<Waiting> offered(Tx tx, AppointmentId hold) {
    return tx.one(OFFERED, hold).map(WaitingStore::waiting);
  }

  /** False when the consult waits already. */
  boolean insert(
      Tx tx,
      UUID id,
      OrganisationId organisation,
      ConsultId consult,
      TimeSlot wanted,
      int minutes,
      Needs needs) {
    return tx.run(
            INSERT,
            id,
            organisation,
            consult,
            wanted.start(),
            wanted.end(),
            minutes,
            new JsonObject(Json.text(needs)),
            tx.now(),
            tx.caller().account())
        == 1;
  }

  boolean offer(Tx tx, UUID id, AppointmentId hold) {
    return tx.run(OFFER, id, hold) == 1;
  }

  /** What was offered was not taken: it waits on, and that start is not offered again. */
  void pass(Tx tx, UUID id, Instant start) {
    tx.run(PASS, id, start);
  }

  List<Instant> passedOver(Tx tx, UUID id) {
    return tx.list(PASSED_OVER, row -> Rows.instant(row, "start_at"), id);
  }

  void end(Tx tx, UUID id, Status how) {
    tx.run(END, id, how);
  }

  void served(Tx tx, ConsultId consult) {
    tx.run(SERVED, consult);
  }

  int lapse(Tx tx) {
    return tx.run(LAPSE, tx.now());
  }

  private static Waiting waiting(Row row) {
    return new Waiting(
        row.getUUID("id"),
        new OrganisationId(row.getUUID("organisation_id")),
        new ConsultId(row.getUUID("consult_id")),
        row.getString("question"),
        Wire.parse(Urgency.class, row.getString("urgency")),
        BookingStore.slot(row),
        row.getInteger("minutes"),
        Rows.json(row, "parts", Needs.class),
        Wire.parse(Status.class, row.getString("status")),
        Rows.instant(row, "since"),
        Optional.ofNullable(row.getUUID("offered")).map(AppointmentId::new));
  }
}
