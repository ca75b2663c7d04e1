package org.consilium.platform.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;

/**
 * The same key again gets the same answer and changes nothing. The answer is kept in the
 * transaction of the act, under the account, so no answer crosses to another person. Table: {@code
 * platform.idempotent_answer}.
 */
final class Idempotency {
  static final String HEADER = "Idempotency-Key";
  private static final int KEY_CHARS_MIN = 8;
  private static final int KEY_CHARS_MAX = 100;

  /** Two of the same at once: the second waits for the first's answer. */
  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

  private static final String FIND =
      """
      SELECT request_sha256, status, body FROM platform.idempotent_answer
       WHERE account_id = $1 AND key = $2
      """;

  private static final String KEEP =
      """
      INSERT INTO platform.idempotent_answer (account_id, key, request_sha256, status, body,
                                              answered_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  /** An answer as bytes. */
  record Kept(int status, byte[] body) {}

  private Idempotency() {}

  static String key(Optional<String> header) {
    return header
        .filter(key -> key.length() >= KEY_CHARS_MIN && key.length() <= KEY_CHARS_MAX)
        .orElseThrow(() ->
            new Refusal(
                400,
                "idempotency-key-missing",
                "Send an Idempotency-Key of %d to %d characters, made when the person acted."
                    .formatted(KEY_CHARS_MIN, KEY_CHARS_MAX)));
  }

  static byte[] fingerprint(String method, String path, Buffer body) {
    var head = (method + " " + path + "\n").getBytes(StandardCharsets.UTF_8);
    return Secrets.sha256(
        Buffer.buffer(head).appendBuffer(body == null ? Buffer.buffer() : body).getBytes());
  }

  static Optional<Kept> find(Tx tx, String key, byte[] fingerprint) {
    tx.rows(ONE_AT_A_TIME, tx.caller().account() + "|" + key);
    return tx.one(FIND, tx.caller().account(), key)
        .map(row -> {
          if (!MessageDigest.isEqual(row.getBuffer("request_sha256").getBytes(), fingerprint)) {
            throw new Refusal(
                422, "key-reused", "This Idempotency-Key was used for something else.");
          }
          var body = row.getBuffer("body");
          return new Kept(row.getInteger("status"), body == null ? null : body.getBytes());
        });
  }

  static void keep(Tx tx, String key, byte[] fingerprint, int status, byte[] body) {
    tx.run(KEEP, tx.caller().account(), key, fingerprint, status, body, tx.now());
  }
}
