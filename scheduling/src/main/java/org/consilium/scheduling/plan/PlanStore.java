package org.consilium.scheduling.plan;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.matching.Term;

/** All SQL about plans. Tables from V005__planning.sql; it reads appointments of V004. */
final class PlanStore {
  private static final String CLAIM =
      "INSERT INTO scheduling.plan_run (hour, started_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
  private static final String FORGET_RUNS = "DELETE FROM scheduling.plan_run WHERE hour < $1";

  private static final String COMING =
      """
      SELECT a.id, a.organisation_id, a.consult_id, a.start_at, a.end_at,
             (SELECT array_agg(b.resource_id ORDER BY b.role) FROM scheduling.booking b
               WHERE b.appointment_id = a.id AND NOT b.cancelled AND b.role = 'interpreter')
               AS interpreters,
             (SELECT count(*)::int FROM scheduling.booking b
               WHERE b.appointment_id = a.id AND NOT b.cancelled) AS parts,
             (SELECT b.resource_id FROM scheduling.booking b
               WHERE b.appointment_id = a.id AND b.role = 'specialist') AS specialist_id
        FROM scheduling.appointment a
       WHERE a.status = 'booked' AND a.start_at > $1
       ORDER BY a.organisation_id, a.id
      """;

  private static final String SUPERSEDE =
      """
      UPDATE scheduling.plan_proposal SET status = 'superseded', decided_at = $2
       WHERE organisation_id = $1 AND status = 'open'
      """;
  private static final String INSERT =
      """
      INSERT INTO scheduling.plan_proposal (id, organisation_id, cause, status, made_at,
                                            weights_version, value_before, value_after)
      VALUES ($1, $2, $3, 'open', $4, $5, $6, $7)
      """;
  private static final String INSERT_MOVE =
      """
      INSERT INTO scheduling.plan_move (organisation_id, plan_id, appointment_id, consult_id,
             specialist_id, interpreter_id, was_start, start_at, minutes, points_before,
             points_after, terms_before, terms_after)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """;
  private static final String COLUMNS =
      """
      SELECT p.id, p.organisation_id, p.cause, p.status, p.made_at, p.weights_version,
             p.value_before, p.value_after, p.decided_by, p.decided_at, p.reason
        FROM scheduling.plan_proposal p
      """;
  private static final String LATEST =
      COLUMNS
          + " WHERE p.organisation_id = $1 AND p.status = ANY($2) ORDER BY p.made_at DESC LIMIT $3";
  private static final String FIND = COLUMNS + " WHERE p.id = $1 AND p.organisation_id = $2";
  private static final String LOCK = FIND + " FOR UPDATE";
  private static final String MOVES =
      """
      SELECT appointment_id, consult_id, specialist_id, interpreter_id, was_start, start_at, minutes,
             points_before, points_after, terms_before, terms_after
        FROM scheduling.plan_move WHERE plan_id = $1 ORDER BY was_start, appointment_id
      """;
  private static final String DECIDE =
      """
      UPDATE scheduling.plan_proposal SET status = $2, decided_by = $3, decided_at = $4, reason = $5
       WHERE id = $1
      """;
  private static final String SETTING =
      """
      SELECT applies_by_itself, set_by FROM scheduling.plan_setting WHERE organisation_id = $1
      """;
  private static final String SET =
      """
      INSERT INTO scheduling.plan_setting (organisation_id, applies_by_itself, set_by, set_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (organisation_id) DO UPDATE
         SET applies_by_itself = excluded.applies_by_itself, set_by = excluded.set_by,
             set_at = excluded.set_at
      """;

  /** An appointment that may be planned anew. {@code parts} counts everybody and everything. */
  record Coming(
      AppointmentId id,
      OrganisationId organisation,
      ConsultId consult,
      TimeSlot slot,
      AccountId specialist,
      List<AccountId> interpreters,
      int parts) {}

  /** Whether plans are applied by themselves, and in whose name. */
  record Setting(boolean appliesByItself, Optional<AccountId> setBy) {}

  /** True for the one node that plans this hour. */
  boolean claimHour(Tx tx) {
    var hour = tx.now().truncatedTo(ChronoUnit.HOURS);
    tx.run(FORGET_RUNS, hour.minus(7, ChronoUnit.DAYS));
    return tx.run(CLAIM, hour, tx.now()) == 1;
  }

  List<Coming> coming(Tx tx, Instant after) {
    return tx.list(COMING, PlanStore::coming, after);
  }

  /** Keeps a proposal; an older one that is open yet gives way. */
  void propose(Tx tx, Plan plan) {
    tx.run(SUPERSEDE, plan.organisation(), tx.now());
    tx.run(
        INSERT,
        plan.id(),
        plan.organisation(),
        plan.cause(),
        plan.madeAt(),
        plan.weightsVersion(),
        plan.before(),
        plan.after());
    plan.moves()
        .forEach(move ->
            tx.run(
                INSERT_MOVE,
                plan.organisation(),
                plan.id(),
                move.appointment(),
                move.consult(),
                move.specialist(),
                move.interpreter(),
                move.was(),
                move.start(),
                move.minutes(),
                move.pointsBefore(),
                move.pointsAfter(),
                new JsonArray(Json.text(move.before())),
                new JsonArray(Json.text(move.after()))));
  }

  void supersede(Tx tx, OrganisationId organisation) {
    tx.run(SUPERSEDE, organisation, tx.now());
  }

  List<Plan> latest(Tx tx, OrganisationId organisation, Plan.Status[] statuses, int limit) {
    var codes = Arrays.stream(statuses).map(Wire::of).toArray(String[]::new);
    return tx.list(LATEST, row -> plan(tx, row), organisation, codes, limit);
  }

  Optional<Plan> find(Tx tx, PlanId id) {
    return tx.one(FIND, id, tx.caller().organisation()).map(row -> plan(tx, row));
  }

  Optional<Plan> lock(Tx tx, PlanId id) {
    return tx.one(LOCK, id, tx.caller().organisation()).map(row -> plan(tx, row));
  }

  void decide(Tx tx, PlanId id, Plan.Status status, Optional<String> reason) {
    tx.run(DECIDE, id, status, tx.caller().account(), tx.now(), reason);
  }

  Setting setting(Tx tx, OrganisationId organisation) {
    return tx.one(SETTING, organisation)
        .map(row ->
            new Setting(
                row.getBoolean("applies_by_itself"),
                Optional.of(new AccountId(row.getUUID("set_by")))))
        .orElse(new Setting(false, Optional.empty()));
  }

  void set(Tx tx, boolean appliesByItself) {
    tx.run(SET, tx.caller().organisation(), appliesByItself, tx.caller().account(), tx.now());
  }

  private Plan plan(Tx tx, Row row) {
    var id = new PlanId(row.getUUID("id"));
    return new Plan(
        id,
        new OrganisationId(row.getUUID("organisation_id")),
        Wire.parse(Plan.Cause.class, row.getString("cause")),
        Wire.parse(Plan.Status.class, row.getString("status")),
        Rows.instant(row, "made_at"),
        row.getString("weights_version"),
        row.getLong("value_before"),
        row.getLong("value_after"),
        Optional.ofNullable(row.getUUID("decided_by")).map(AccountId::new),
        Rows.optionalInstant(row, "decided_at"),
        Optional.ofNullable(row.getString("reason")),
        tx.list(MOVES, PlanStore::move, id));
  }

  private static Plan.Move move(Row row) {
    return new Plan.Move(
        new AppointmentId(row.getUUID("appointment_id")),
        new ConsultId(row.getUUID("consult_id")),
        new AccountId(row.getUUID("specialist_id")),
        Optional.ofNullable(row.getUUID("interpreter_id")).map(AccountId::new),
        Rows.instant(row, "was_start"),
        Rows.optionalInstant(row, "start_at"),
        row.getInteger("minutes"),
        row.getInteger("points_before"),
        row.getInteger("points_after"),
        List.of(Rows.json(row, "terms_before", Term[].class)),
        List.of(Rows.json(row, "terms_after", Term[].class)));
  }

  private static Coming coming(Row row) {
    UUID[] interpreters = row.getArrayOfUUIDs("interpreters");
    return new Coming(
        new AppointmentId(row.getUUID("id")),
        new OrganisationId(row.getUUID("organisation_id")),
        new ConsultId(row.getUUID("consult_id")),
        new TimeSlot(Rows.instant(row, "start_at"), Rows.instant(row, "end_at")),
        new AccountId(row.getUUID("specialist_id")),
        interpreters == null ? List.of() : Arrays.stream(interpreters).map(AccountId::new).toList(),
        row.getInteger("parts"));
  }
}
