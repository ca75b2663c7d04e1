package org.consilium.records.followup;

import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.Optional;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.Uuid7;

/**
 * All SQL about follow-up. Tables: {@code records.follow_up}, {@code records.outcome} (insert only;
 * the newest row holds), from V001__records.sql and V013__follow_up_loop.sql.
 */
public final class FollowUpStore {
  private static final String DUE =
      """
      SELECT due_on, note, set_by, origin FROM records.follow_up
       WHERE organisation_id = $1 AND consult_id = $2 ORDER BY seq DESC LIMIT 1
      """;

  private static final String OUTCOME =
      """
      SELECT result, advice_followed, why, diagnosis, final_diagnosis, usefulness, text,
             next_question, channel, recorded_by, recorded_at
        FROM records.outcome
       WHERE organisation_id = $1 AND consult_id = $2 ORDER BY seq DESC LIMIT 1
      """;

  private static final String SET =
      """
      INSERT INTO records.follow_up (organisation_id, id, consult_id, due_on, note, set_by, set_at,
                                     origin)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      """;

  private static final String RECORD =
      """
      INSERT INTO records.outcome (organisation_id, id, consult_id, result, advice_followed, why,
          diagnosis, final_diagnosis, usefulness, text, recorded_by, recorded_at, next_question,
          channel)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  /** Until somebody writes, or the clinic finds something new. */
  private static final String IS_LAST_WORD =
      """
      SELECT FROM records.outcome o
       WHERE o.organisation_id = $1 AND o.consult_id = $2
         AND NOT EXISTS (SELECT FROM records.outcome later
                          WHERE later.organisation_id = $1 AND later.consult_id = $2
                            AND later.seq > o.seq)
         AND NOT EXISTS (SELECT FROM records.message m
                          WHERE m.organisation_id = $1 AND m.consult_id = $2 AND m.seq > o.seq)
         AND NOT EXISTS (SELECT FROM records.supplement s
                          WHERE s.organisation_id = $1 AND s.consult_id = $2 AND s.seq > o.seq)
      """;

  /** Never by "worse", nor by what came with a question. */
  private static final String IS_CLOSED =
      IS_LAST_WORD + " AND o.result <> 'worse' AND o.next_question IS NULL";

  /** Two who close at once must not both. Held until the transaction ends. */
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtextextended('outcome|' || $1, 0))";

  private static final String ONE_IF_FREE =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('outcome|' || $1, 0)) AS free";

  FollowUp find(Tx tx, Standing standing) {
    return new FollowUp(
        tx.one(DUE, standing.owner(), standing.consult()).map(FollowUpStore::due),
        tx.one(OUTCOME, standing.owner(), standing.consult()).map(FollowUpStore::outcome));
  }

  /** Whether nothing was written or found since the newest outcome. */
  boolean isLastWord(Tx tx, Standing standing) {
    return tx.one(IS_LAST_WORD, standing.owner(), standing.consult()).isPresent();
  }

  /**
   * Whether the outcome is known, leaves nothing to answer, and nothing was written or found since.
   */
  public boolean isClosed(Tx tx, Standing standing) {
    return tx.one(IS_CLOSED, standing.owner(), standing.consult()).isPresent();
  }

  /** Held until the transaction ends. */
  public void lock(Tx tx, ConsultId consult) {
    tx.rows(ONE_AT_A_TIME, consult.toString());
  }

  /** The same lock for who would rather come back later than wait; false when it is held. */
  public boolean isFree(Tx tx, ConsultId consult) {
    return tx.one(ONE_IF_FREE, consult.toString()).orElseThrow().getBoolean("free");
  }

  /** Sets the date on which news is due. */
  public void set(
      Tx tx, Standing standing, LocalDate dueOn, Optional<String> note, FollowUp.Origin origin) {
    tx.run(
        SET,
        standing.owner(),
        Uuid7.next(),
        standing.consult(),
        dueOn,
        note,
        tx.caller().account(),
        tx.now(),
        origin);
  }

  void record(
      Tx tx,
      Standing standing,
      FollowUp.NewOutcome outcome,
      AccountId by,
      FollowUp.Channel channel) {
    tx.run(
        RECORD,
        standing.owner(),
        Uuid7.next(),
        standing.consult(),
        outcome.result(),
        outcome.adviceFollowed(),
        outcome.why(),
        outcome.diagnosis(),
        outcome.finalDiagnosis(),
        outcome.usefulness(),
        outcome.text(),
        by,
        tx.now(),
        outcome.question(),
        channel);
  }

  private static FollowUp.Due due(Row row) {
    return new FollowUp.Due(
        row.getLocalDate("due_on"),
        Optional.ofNullable(row.getString("note")),
        new AccountId(row.getUUID("set_by")),
        Wire.parse(FollowUp.Origin.class, row.getString("origin")));
  }

  private static FollowUp.Outcome outcome(Row row) {
    return new FollowUp.Outcome(
        new FollowUp.NewOutcome(
            Wire.parse(Result.class, row.getString("result")),
            Wire.parse(FollowUp.AdviceFollowed.class, row.getString("advice_followed")),
            Optional.ofNullable(row.getString("why")),
            Optional.ofNullable(row.getString("diagnosis"))
                .map(name -> Wire.parse(FollowUp.Diagnosis.class, name)),
            Optional.ofNullable(row.getString("final_diagnosis")),
            Optional.ofNullable(row.getInteger("usefulness")),
            Optional.ofNullable(row.getString("text")),
            Optional.ofNullable(row.getString("next_question"))),
        Wire.parse(FollowUp.Channel.class, row.getString("channel")),
        new AccountId(row.getUUID("recorded_by")),
        Rows.instant(row, "recorded_at"));
  }
}
