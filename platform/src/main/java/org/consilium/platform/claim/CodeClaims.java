package org.consilium.platform.claim;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;

/**
 * Where somebody is reached, kept once they have told the code that was sent there. Two tables of
 * one shape: what is claimed ({@code account_id}, the value, {@code code_sha256}, {@code
 * expires_at}, {@code tries}) and what was shown ({@code account_id}, the value, {@code
 * confirmed_at}). Only the server's own role may see them.
 */
public final class CodeClaims {
  public static final Duration CODE_LIFE = Duration.ofMinutes(30);

  private static final int TRIES_MAX = 5;

  /** So that nobody floods a stranger from here. */
  private static final int CODES_A_DAY = 5;

  private static final String CLAIM =
      """
      INSERT INTO :claims (account_id, :value, code_sha256, expires_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (account_id) DO UPDATE
         SET :value = excluded.:value, code_sha256 = excluded.code_sha256,
             expires_at = excluded.expires_at, tries = 0
      """;
  private static final String CLAIMED =
      "SELECT :value AS value FROM :claims WHERE account_id = $1 AND expires_at > $2";
  private static final String TRY =
      """
      UPDATE :claims SET tries = tries + 1
       WHERE account_id = $1 AND expires_at > $2 AND tries < $3
      RETURNING :value AS value, code_sha256
      """;
  private static final String END_CLAIM = "DELETE FROM :claims WHERE account_id = $1";
  private static final String CONFIRMED =
      """
      INSERT INTO :shown (account_id, :value, confirmed_at) VALUES ($1, $2, $3)
      ON CONFLICT (account_id) DO UPDATE
         SET :value = excluded.:value, confirmed_at = excluded.confirmed_at
      """;
  private static final String FORGET = "DELETE FROM :shown WHERE account_id = $1";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final Kind kind;

  /**
   * One kind of what is claimed; names of the program's own, never of a request.
   *
   * @param claims the table of claims
   * @param shown the table of what was shown
   * @param value the column of both
   * @param digits how long a code is, at most 9
   */
  public record Kind(String claims, String shown, String value, int digits) {
    private String sql(String text) {
      return text.replace(":claims", claims).replace(":shown", shown).replace(":value", value);
    }
  }

  /** A code to send, and until when it is good. */
  public record Issued(String code, Instant until) {}

  public CodeClaims(Database database, Kind kind) {
    this.database = database;
    this.kind = kind;
  }

  /** What waits for its code. */
  public Optional<String> claimed(Tx tx, AccountId account) {
    return tx.one(kind.sql(CLAIMED), account, tx.now()).map(row -> row.getString("value"));
  }

  /**
   * Makes a code for the caller; the one before is good no more. 429 {@code too-many-codes}.
   *
   * @param sentSince how many codes were sent to the caller since a moment
   */
  public Issued issue(Tx tx, String value, ToIntFunction<Instant> sentSince) {
    var account = tx.caller().account();
    var bound = (int) Math.pow(10, kind.digits());
    var code = ("%0" + kind.digits() + "d").formatted(RANDOM.nextInt(bound));
    var until = tx.now().plus(CODE_LIFE);
    tx.asServer(() -> {
      if (sentSince.applyAsInt(tx.now().minus(Duration.ofDays(1))) >= CODES_A_DAY) {
        throw new Refusal(
            429, "too-many-codes", "Several codes were sent today; try again tomorrow.");
      }
      return tx.run(kind.sql(CLAIM), account, value, hash(account, code), until);
    });
    return new Issued(code, until);
  }

  /**
   * Keeps what the caller's code shows to be theirs. 409 {@code code-over} after too long or too
   * many tries.
   */
  public void confirm(Tx tx, String code) {
    var account = tx.caller().account();
    // In a transaction of its own: the refusal of a wrong code must not undo that it was tried.
    var tried =
        database
            .asWorker(own -> own.one(kind.sql(TRY), account, own.now(), TRIES_MAX))
            .orElseThrow(
                () -> new Refusal(409, "code-over", "This code is over. Have a new one sent."));
    if (!MessageDigest.isEqual(
        tried.getBuffer("code_sha256").getBytes(), hash(account, code.strip()))) {
      throw Refusal.invalid("/code", "That is not the code that was sent.");
    }
    tx.asServer(() -> {
      enter(tx, account, tried.getString("value"));
      return tx.run(kind.sql(END_CLAIM), account);
    });
  }

  /** Keeps what is known to be the account's; only the server's own role may. */
  public void enter(Tx tx, AccountId account, String value) {
    tx.run(kind.sql(CONFIRMED), account, value, tx.now());
  }

  /** Forgets what the caller has shown, and what they claim. */
  public void forget(Tx tx) {
    var account = tx.caller().account();
    tx.asServer(() -> tx.run(kind.sql(END_CLAIM), account) + tx.run(kind.sql(FORGET), account));
  }

  private static byte[] hash(AccountId account, String code) {
    return Secrets.sha256(account + "|" + code);
  }
}
