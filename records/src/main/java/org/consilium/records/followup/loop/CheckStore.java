package org.consilium.records.followup.loop;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;
import org.consilium.records.followup.loop.FollowUpRules.Kind;
import org.consilium.records.followup.loop.FollowUpRules.Planned;
import org.consilium.records.triage.Urgency;

/**
 * All SQL about checks, their timers and reminders. Tables: {@code records.follow_up_check}, {@code
 * follow_up_timer}, {@code follow_up_reminder}, from V013__follow_up_loop.sql. Who serves requests
 * may read checks and reminders; all else is the server's own.
 */
public final class CheckStore {
  private static final String COLUMNS =
      """
      SELECT organisation_id, id, consult_id, kind, due_on, due_at, rules_version, urgency, state,
             ended_at
        FROM records.follow_up_check
      """;
  private static final String OF =
      COLUMNS + " WHERE organisation_id = $1 AND consult_id = $2 ORDER BY set_at, due_at, id";
  private static final String FIND = COLUMNS + " WHERE id = $1";
  private static final String INSERT =
      """
      INSERT INTO records.follow_up_check (organisation_id, id, consult_id, kind, due_on, due_at,
                                           rules_version, urgency, set_at, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting')
      """;
  private static final String END =
      """
      UPDATE records.follow_up_check SET state = $3, ended_at = $4
       WHERE organisation_id = $1 AND id = $2 AND state = 'waiting'
      """;
  private static final String STOP =
      "DELETE FROM records.follow_up_timer WHERE organisation_id = $1 AND check_id = $2";
  private static final String LAY =
      """
      INSERT INTO records.follow_up_timer (organisation_id, check_id, step, due_at)
      VALUES ($1, $2, $3, $4)
      """;
  private static final String CLAIM =
      """
      DELETE FROM records.follow_up_timer
       WHERE (organisation_id, check_id) IN (
         SELECT organisation_id, check_id FROM records.follow_up_timer
          WHERE due_at <= $1 ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING check_id, step
      """;
  private static final String POSTPONE =
      "UPDATE records.follow_up_timer SET due_at = $2 WHERE check_id = $1";
  private static final String REMIND =
      """
      INSERT INTO records.follow_up_reminder (organisation_id, check_id, number, consult_id, sent_at)
      VALUES ($1, $2, $3, $4, $5)
      """;
  private static final String REMINDERS =
      """
      SELECT check_id, number, sent_at FROM records.follow_up_reminder
       WHERE organisation_id = $1 AND check_id = $2 ORDER BY number
      """;

  /** A step that is due: a reminder by its number, or one more for giving up. */
  record Timer(UUID check, int step) {}

  /** A reminder that went out. */
  record Reminder(int number, Instant sentAt) {}

  /** Every check of a consult, in the order in which they were set. */
  List<Check> of(Tx tx, Standing standing) {
    return tx.list(OF, CheckStore::check, standing.owner(), standing.consult());
  }

  Optional<Check> find(Tx tx, UUID check) {
    return tx.one(FIND, check).map(CheckStore::check);
  }

  /** A check that waits, with the timer of its first reminder. */
  void add(Tx tx, Standing standing, Planned planned, String rulesVersion, Urgency urgency) {
    var id = Uuid7.next();
    tx.run(
        INSERT,
        standing.owner(),
        id,
        standing.consult(),
        planned.kind(),
        planned.dueOn(),
        planned.dueAt(),
        rulesVersion,
        urgency,
        tx.now());
    tx.run(LAY, standing.owner(), id, 1, planned.dueAt());
  }

  /** Ends one that waits, with its timer. */
  void end(Tx tx, Check check, Check.State how) {
    tx.run(END, check.owner(), check.id(), how, tx.now());
    tx.run(STOP, check.owner(), check.id());
  }

  /** Takes a step that is due; nobody else has it then. */
  Optional<Timer> claim(Tx tx) {
    return tx.one(CLAIM, tx.now())
        .map(row -> new Timer(row.getUUID("check_id"), row.getInteger("step")));
  }

  void lay(Tx tx, Check check, int step, Instant due) {
    tx.run(LAY, check.owner(), check.id(), step, due);
  }

  void postpone(Tx tx, UUID check, Instant due) {
    tx.run(POSTPONE, check, due);
  }

  /** Keeps that a reminder went out; a second one of the same number is refused by its key. */
  void remind(Tx tx, Check check, int number) {
    tx.run(REMIND, check.owner(), check.id(), number, check.consult(), tx.now());
  }

  List<Reminder> reminders(Tx tx, Check check) {
    return tx.list(
        REMINDERS,
        row -> new Reminder(row.getInteger("number"), Rows.instant(row, "sent_at")),
        check.owner(),
        check.id());
  }

  private static Check check(Row row) {
    return new Check(
        new OrganisationId(row.getUUID("organisation_id")),
        row.getUUID("id"),
        new ConsultId(row.getUUID("consult_id")),
        Wire.parse(Kind.class, row.getString("kind")),
        row.getLocalDate("due_on"),
        Rows.instant(row, "due_at"),
        row.getString("rules_version"),
        Wire.parse(Urgency.class, row.getString("urgency")),
        Wire.parse(Check.State.class, row.getString("state")),
        Rows.optionalInstant(row, "ended_at"));
  }
}
