package org.consilium.platform.mail;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.mail.Letter.CalendarPart;
import org.consilium.platform.mail.Letter.Method;

/** All SQL about letters. Table: {@code platform.letter}, from V005__mail.sql. */
final class LetterStore {
  private static final String INSERT =
      """
      INSERT INTO platform.letter (id, key, account_id, purpose, address, subject, body,
                                   calendar_method, calendar, created_at, due_at, until_at, state)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting')
      ON CONFLICT (key, account_id) DO NOTHING
      """;
  private static final String LAPSE =
      """
      UPDATE platform.letter
         SET state = 'lapsed', ended_at = $1, subject = '', body = '', calendar = NULL
       WHERE state = 'waiting' AND until_at <= $1
      """;
  // Counted as tried before it is: a server killed in between tries again after the pause.
  private static final String CLAIM =
      """
      WITH taken AS (
        UPDATE platform.letter SET due_at = $2, attempts = attempts + 1
         WHERE id = (SELECT id FROM platform.letter WHERE state = 'waiting' AND due_at <= $1
                      ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING *)
      SELECT t.id, t.purpose, t.subject, t.body, t.calendar_method, t.calendar, t.attempts,
             t.created_at, a.name, a.active, a.email, t.address AS given, m.address AS own
        FROM taken t JOIN platform.account a ON a.id = t.account_id
        LEFT JOIN platform.mail_address m ON m.account_id = t.account_id
      """;
  private static final String END =
      """
      UPDATE platform.letter
         SET state = $2, ended_at = $3, error = $4, subject = '', body = '', calendar = NULL
       WHERE id = $1 AND state = 'waiting'
      """;
  private static final String AGAIN =
      "UPDATE platform.letter SET due_at = $2, error = $3 WHERE id = $1 AND state = 'waiting'";
  private static final String COUNT =
      """
      SELECT count(*) FROM platform.letter
       WHERE account_id = $1 AND purpose = $2 AND created_at > $3
      """;
  private static final String WAITING =
      "SELECT count(*) FROM platform.letter WHERE state = 'waiting'";

  enum State implements Wire {
    WAITING,
    SENT,
    REFUSED,
    LAPSED,
    UNADDRESSED
  }

  /**
   * A letter that this node sends now.
   *
   * @param address where to; empty when the person has none
   * @param attempts with this one
   */
  record Claimed(
      UUID id,
      String purpose,
      String subject,
      String text,
      Optional<CalendarPart> calendar,
      int attempts,
      Instant createdAt,
      String name,
      Optional<String> address) {}

  void insert(Tx tx, Letter letter, Optional<String> address, Instant until) {
    tx.run(
        INSERT,
        Uuid7.next(),
        letter.key(),
        letter.to(),
        letter.purpose(),
        address,
        letter.subject(),
        letter.text(),
        letter.calendar().map(part -> part.method().name()),
        letter.calendar().map(CalendarPart::ics),
        tx.now(),
        letter.due(),
        until);
  }

  /** Ends what would tell nothing any more; how many they were. */
  int lapse(Tx tx) {
    return tx.run(LAPSE, tx.now());
  }

  /** Takes one that is due; another takes it only when this one has not answered for so long. */
  Optional<Claimed> claim(Tx tx, Duration pause) {
    return tx.one(CLAIM, tx.now(), tx.now().plus(pause)).map(LetterStore::claimed);
  }

  void end(Tx tx, UUID id, State state, Optional<String> error) {
    tx.run(END, id, state, tx.now(), error);
  }

  void again(Tx tx, UUID id, Instant due, String error) {
    tx.run(AGAIN, id, due, error);
  }

  /** How many of this purpose a person was sent since. */
  int countSince(Tx tx, AccountId account, String purpose, Instant since) {
    return tx.one(COUNT, account, purpose, since).orElseThrow().getInteger(0);
  }

  int waiting(Tx tx) {
    return tx.one(WAITING).orElseThrow().getInteger(0);
  }

  private static Claimed claimed(Row row) {
    var address =
        Optional.ofNullable(row.getString("given"))
            .or(() ->
                MailAddresses.inUse(
                    Optional.ofNullable(row.getString("own")), row.getString("email")));
    return new Claimed(
        row.getUUID("id"),
        row.getString("purpose"),
        row.getString("subject"),
        row.getString("body"),
        Optional.ofNullable(row.getString("calendar"))
            .map(ics -> new CalendarPart(Method.valueOf(row.getString("calendar_method")), ics)),
        row.getInteger("attempts"),
        Rows.instant(row, "created_at"),
        row.getString("name"),
        address.filter(_ -> row.getBoolean("active")));
  }
}
