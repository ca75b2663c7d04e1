package org.consilium.records.followup.loop;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;

/**
 * All SQL about who is asked and what short messages have come. Tables: {@code
 * records.follow_up_ask}, {@code follow_up_text}, {@code follow_up_text_failure}, from
 * V013__follow_up_loop.sql; the server's own.
 */
public final class AskStore {
  private static final String COLUMNS =
      """
      SELECT organisation_id, id, check_id, consult_id, account_id, expires_at, phone, code, ended_at,
             sending, answer_sha256
        FROM records.follow_up_ask
      """;
  private static final String BY_TOKEN = COLUMNS + " WHERE token_sha256 = $1";
  private static final String BY_CODE =
      COLUMNS + " WHERE phone = $1 AND code = $2 AND ended_at IS NULL";
  private static final String OF_PHONE =
      "SELECT code FROM records.follow_up_ask WHERE phone = $1 AND ended_at IS NULL AND code = $2";
  private static final String CODE_BEFORE =
      """
      SELECT code FROM records.follow_up_ask
       WHERE organisation_id = $1 AND consult_id = $2 AND account_id = $3 AND phone = $4
         AND ended_at IS NULL AND code IS NOT NULL
      """;
  private static final String REPLACE =
      """
      UPDATE records.follow_up_ask SET ended_at = $4
       WHERE organisation_id = $1 AND consult_id = $2 AND account_id = $3 AND ended_at IS NULL
         AND check_id <> $5
      """;
  private static final String ISSUE =
      """
      INSERT INTO records.follow_up_ask (organisation_id, id, check_id, consult_id, account_id,
                                         token_sha256, expires_at, phone, code)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      ON CONFLICT (organisation_id, check_id, account_id) DO UPDATE
         SET token_sha256 = excluded.token_sha256, expires_at = excluded.expires_at,
             phone = excluded.phone, code = excluded.code, ended_at = NULL
      """;
  private static final String END_OF_CHECK =
      """
      UPDATE records.follow_up_ask SET ended_at = $3
       WHERE organisation_id = $1 AND check_id = $2 AND ended_at IS NULL
      """;
  private static final String END_OF_CONSULT =
      """
      UPDATE records.follow_up_ask SET ended_at = $3
       WHERE organisation_id = $1 AND consult_id = $2 AND ended_at IS NULL
      """;
  private static final String ANSWERED =
      """
      UPDATE records.follow_up_ask SET sending = $3, answer_sha256 = $4
       WHERE organisation_id = $1 AND id = $2
      """;
  private static final String TEXT =
      "SELECT message_sha256, reply FROM records.follow_up_text WHERE gateway_id = $1";
  private static final String KEEP_TEXT =
      """
      INSERT INTO records.follow_up_text (gateway_id, message_sha256, reply, taken_at)
      VALUES ($1, $2, $3, $4)
      """;
  private static final String ONE_TEXT_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtextextended('follow-up-text|' || $1, 0))";
  private static final String FAILED =
      """
      INSERT INTO records.follow_up_text_failure AS f (phone_sha256, failures, since)
      VALUES ($1, 1, $2)
      ON CONFLICT (phone_sha256) DO UPDATE
         SET failures = CASE WHEN f.since <= $3 THEN 1 ELSE f.failures + 1 END,
             since = CASE WHEN f.since <= $3 THEN excluded.since ELSE f.since END
      """;
  private static final String FAILURES =
      """
      SELECT failures FROM records.follow_up_text_failure WHERE phone_sha256 = $1 AND since > $2
      """;
  private static final List<String> SWEEP =
      List.of(
          "DELETE FROM records.follow_up_text WHERE taken_at < $1",
          "DELETE FROM records.follow_up_text_failure WHERE since < $1");

  /** A short message that was taken before, and what was said to it. */
  record Taken(byte[] sha256, String reply) {}

  Optional<Ask> byToken(Tx tx, byte[] sha256) {
    return tx.one(BY_TOKEN, sha256).map(AskStore::ask);
  }

  Optional<Ask> byCode(Tx tx, String phone, String code) {
    return tx.one(BY_CODE, phone, code).map(AskStore::ask);
  }

  boolean isCodeInUse(Tx tx, String phone, String code) {
    return tx.one(OF_PHONE, phone, code).isPresent();
  }

  /** The digits that stand for this consult on this telephone already. */
  Optional<String> codeBefore(Tx tx, Check check, AccountId account, String phone) {
    return tx.one(CODE_BEFORE, check.owner(), check.consult(), account, phone)
        .map(row -> row.getString("code"));
  }

  /** Asks, with a new link: every one before it is good no more. */
  void issue(
      Tx tx,
      Check check,
      AccountId account,
      byte[] token,
      Instant expiresAt,
      Optional<String> phone,
      Optional<String> code) {
    tx.run(REPLACE, check.owner(), check.consult(), account, tx.now(), check.id());
    tx.run(
        ISSUE,
        check.owner(),
        Uuid7.next(),
        check.id(),
        check.consult(),
        account,
        token,
        expiresAt,
        phone,
        code);
  }

  void endOf(Tx tx, Check check) {
    tx.run(END_OF_CHECK, check.owner(), check.id(), tx.now());
  }

  void endOf(Tx tx, OrganisationId owner, ConsultId consult) {
    tx.run(END_OF_CONSULT, owner, consult, tx.now());
  }

  void answered(Tx tx, Ask ask, UUID sending, byte[] sha256) {
    tx.run(ANSWERED, ask.owner(), ask.id(), sending, sha256);
  }

  /** What was said to a message of the gateway, when it was taken before. Others wait. */
  Optional<Taken> taken(Tx tx, String gatewayId) {
    tx.rows(ONE_TEXT_AT_A_TIME, gatewayId);
    return tx.one(TEXT, gatewayId)
        .map(row -> new Taken(row.getBuffer("message_sha256").getBytes(), row.getString("reply")));
  }

  void take(Tx tx, String gatewayId, byte[] sha256, String reply) {
    tx.run(KEEP_TEXT, gatewayId, sha256, reply, tx.now());
  }

  void failed(Tx tx, byte[] phone, Duration within) {
    tx.run(FAILED, phone, tx.now(), tx.now().minus(within));
  }

  int failures(Tx tx, byte[] phone, Duration within) {
    return tx.one(FAILURES, phone, tx.now().minus(within))
        .map(row -> row.getInteger("failures"))
        .orElse(0);
  }

  int sweep(Tx tx, Duration kept) {
    return SWEEP.stream().mapToInt(sql -> tx.run(sql, tx.now().minus(kept))).sum();
  }

  private static Ask ask(Row row) {
    return new Ask(
        new OrganisationId(row.getUUID("organisation_id")),
        row.getUUID("id"),
        row.getUUID("check_id"),
        new ConsultId(row.getUUID("consult_id")),
        new AccountId(row.getUUID("account_id")),
        Rows.instant(row, "expires_at"),
        Optional.ofNullable(row.getString("phone")),
        Optional.ofNullable(row.getString("code")),
        Rows.optionalInstant(row, "ended_at"),
        Optional.ofNullable(row.getUUID("sending")),
        Optional.ofNullable(row.getBuffer("answer_sha256")).map(Buffer::getBytes));
  }
}
