package org.consilium.platform.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;

/**
 * The server's half of what a browser keeps sealed: a secret for each account in each browser,
 * which only a living session of that account is given. Table: {@code platform.device_vault}.
 */
final class DeviceVaults {
  /** Once a day the password is typed again, on each device. */
  static final Duration VOUCHED_MAX = Duration.ofHours(24);

  static final int WRONG_TRIES_MAX = 5;

  /** A password typed since clears the wrong PINs. */
  private static final String OPEN =
      """
      UPDATE platform.device_vault SET
             membership_id = $2, seen_at = $4,
             wrong_tries = CASE WHEN $3::timestamptz > coalesce(vouched_at, '-infinity') THEN 0
                                ELSE wrong_tries END,
             vouched_at = greatest(vouched_at, $3::timestamptz)
       WHERE id = $1
      RETURNING secret, proof_sha256 IS NOT NULL AS has_pin, wrong_tries, vouched_at
      """;

  private static final String MAKE =
      """
      INSERT INTO platform.device_vault (id, account_id, membership_id, secret, vouched_at, made_at,
                                         seen_at)
      VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (id) DO NOTHING
      """;

  private static final String SET_PIN =
      """
      UPDATE platform.device_vault SET proof_sha256 = $2, wrong_tries = 0, vouched_at = $3
       WHERE id = $1
      """;

  private static final String FORGET_PIN =
      """
      UPDATE platform.device_vault SET proof_sha256 = NULL
       WHERE id = $1 AND proof_sha256 IS NOT NULL
      """;

  private static final String FORGET_PINS =
      "UPDATE platform.device_vault SET proof_sha256 = NULL WHERE account_id = $1";

  private static final String FORGET = "DELETE FROM platform.device_vault WHERE id = $1";

  /** Whether a PIN lets its owner in. */
  enum PinState implements Wire {
    NONE,
    GOOD,
    /** Until the password is typed there again. */
    OVER
  }

  /**
   * @param secret base64url, 32 bytes
   */
  record Opened(String secret, PinState pin) {}

  /**
   * Gives the secret to the caller, and makes it when the browser is new.
   *
   * @param typed when the password was typed that opened the session; empty when a PIN did
   */
  Opened open(Tx tx, UUID vault, MembershipId membership, Optional<Instant> typed) {
    var known = tx.one(OPEN, vault, membership, typed, tx.now());
    if (known.isPresent()) {
      var row = known.get();
      return new Opened(
          Secrets.text(row.getBuffer("secret").getBytes()),
          row.getBoolean("has_pin")
              ? state(row.getInteger("wrong_tries"), Rows.instant(row, "vouched_at"), tx.now())
              : PinState.NONE);
    }
    var secret = Secrets.random();
    if (tx.run(MAKE, vault, tx.caller().account(), membership, secret, typed, tx.now()) == 0) {
      throw new Refusal(409, "id-taken", "Something else has this number. Send it anew.");
    }
    return new Opened(Secrets.text(secret), PinState.NONE);
  }

  /** Whether a PIN with so many wrong tries since the password was typed is still good. */
  static PinState state(int wrongTries, Instant vouchedAt, Instant now) {
    return wrongTries < WRONG_TRIES_MAX
            && vouchedAt != null
            && now.isBefore(vouchedAt.plus(VOUCHED_MAX))
        ? PinState.GOOD
        : PinState.OVER;
  }

  /**
   * From now on {@code proof} lets the caller in there; the password has just been typed.
   *
   * @param proof what the browser makes of the PIN and a key that never leaves it
   */
  void setPin(Tx tx, UUID vault, String proof) {
    if (tx.run(SET_PIN, vault, Secrets.sha256(proof), tx.now()) == 0) {
      throw Refusal.notFound("vault-not-found", "This device keeps nothing for you.");
    }
  }

  /** Answers whether there was one. */
  boolean forgetPin(Tx tx, UUID vault) {
    return tx.run(FORGET_PIN, vault) > 0;
  }

  void forgetPins(Tx tx, AccountId account) {
    tx.run(FORGET_PINS, account);
  }

  /** What that browser still keeps sealed can never be opened again. */
  boolean forget(Tx tx, UUID vault) {
    return tx.run(FORGET, vault) > 0;
  }
}
