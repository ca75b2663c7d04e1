package org.consilium.platform.identity;

import java.time.Duration;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;

/**
 * Browsers in which an account has signed in before. One cookie serves all who share a device;
 * which of them it is known for, the server alone knows.
 */
final class KnownDevices {
  static final String COOKIE = "__Host-device";

  private static final Duration KEPT = Duration.ofDays(400);

  private static final String IS_KNOWN =
      "SELECT FROM platform.known_device WHERE account_id = $1 AND token_sha256 = $2";

  private static final String ANY =
      "SELECT FROM platform.known_device WHERE account_id = $1 LIMIT 1";

  private static final String REMEMBER =
      """
      INSERT INTO platform.known_device (account_id, token_sha256, first_at, last_at)
      VALUES ($1, $2, $3, $3)
      ON CONFLICT (account_id, token_sha256) DO UPDATE SET last_at = $3
      """;

  private static final String FORGET_ALL =
      "DELETE FROM platform.known_device WHERE account_id = $1";

  boolean isKnown(Tx tx, AccountId account, String token) {
    return tx.asServer(() -> tx.one(IS_KNOWN, account, Secrets.sha256(token)).isPresent());
  }

  /** Whether this is not the first, so that another one is news to the account's owner. */
  boolean hasAny(Tx tx, AccountId account) {
    return tx.asServer(() -> tx.one(ANY, account).isPresent());
  }

  void remember(Tx tx, AccountId account, String token) {
    tx.asServer(() -> tx.run(REMEMBER, account, Secrets.sha256(token), tx.now()));
  }

  /** From now on each is a stranger's again. */
  void forgetAll(Tx tx, AccountId account) {
    tx.asServer(() -> tx.run(FORGET_ALL, account));
  }

  /** The header that gives the cookie to the browser. */
  static String cookie(String token) {
    return COOKIE
        + "="
        + token
        + "; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age="
        + KEPT.toSeconds();
  }
}
