package org.consilium.platform.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.id.Uuid7;

/** A browser's session: a random cookie that the database knows by its hash, ended at once. */
public final class Sessions {
  public static final String COOKIE = "__Host-session";

  /** A clinic's shift; a shared device left alone for so long asks again. */
  static final Duration IDLE_MAX = Duration.ofHours(8);

  private static final Duration LIFE_MAX = Duration.ofHours(24);

  /** A PIN is weak: who has put the device away for so long types it again. */
  private static final Duration PIN_IDLE_MAX = Duration.ofHours(1);

  private static final Duration PIN_LIFE_MAX = Duration.ofHours(8);

  private static final String OPEN =
      """
      INSERT INTO platform.session (token_sha256, id, account_id, membership_id, created_at,
                                    seen_at, expires_at, by_pin, idle_seconds_max)
      VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)
      """;

  private static final String FIND =
      """
      SELECT membership_id, seen_at < $2::timestamptz - interval '1 minute' AS stale
        FROM platform.session
       WHERE token_sha256 = $1 AND ended_at IS NULL AND expires_at > $2
         AND seen_at > $2::timestamptz - idle_seconds_max * interval '1 second'
      """;

  private static final String SIGN_IN =
      "SELECT id, membership_id FROM platform.session WHERE token_sha256 = $1 AND ended_at IS NULL";

  /** Passes by when another request of the session is just saying the same. */
  private static final String SEEN =
      """
      UPDATE platform.session SET seen_at = $2
       WHERE token_sha256 = (SELECT token_sha256 FROM platform.session WHERE token_sha256 = $1
                                FOR UPDATE SKIP LOCKED)
      """;

  private static final String SWITCH =
      "UPDATE platform.session SET membership_id = $2 WHERE token_sha256 = $1 AND account_id = $3";
  private static final String END =
      """
      UPDATE platform.session SET ended_at = $2
       WHERE token_sha256 = $1 AND account_id = $3 AND ended_at IS NULL
      """;

  /** Whoever's it is: another person has just come to this browser. */
  private static final String GIVE_WAY =
      """
      UPDATE platform.session SET ended_at = $2 WHERE token_sha256 = $1 AND ended_at IS NULL
      """;

  private static final String END_ALL =
      "UPDATE platform.session SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL";

  private static final String PASSWORD_TYPED =
      """
      SELECT created_at FROM platform.session
       WHERE token_sha256 = $1 AND account_id = $2 AND NOT by_pin
      """;

  Sessions() {}

  /** Opens a session that a password has earned, and answers the cookie's value. */
  String open(Tx tx, AccountId account, MembershipId membership) {
    return open(tx, account, membership, tx.now().plus(LIFE_MAX), false, IDLE_MAX);
  }

  /**
   * Opens a session that a PIN has earned, and answers the cookie's value.
   *
   * @param until when the password has to be typed again
   */
  String openByPin(Tx tx, AccountId account, MembershipId membership, Instant until) {
    var longest = tx.now().plus(PIN_LIFE_MAX);
    var end = until.isBefore(longest) ? until : longest;
    return open(tx, account, membership, end, true, PIN_IDLE_MAX);
  }

  private static String open(
      Tx tx,
      AccountId account,
      MembershipId membership,
      Instant end,
      boolean byPin,
      Duration idleMax) {
    var token = Secrets.token();
    tx.run(
        OPEN,
        Secrets.sha256(token),
        Uuid7.next(),
        account,
        membership,
        tx.now(),
        end,
        byPin,
        (int) idleMax.toSeconds());
    return token;
  }

  /** When the caller's password was typed that opened this session; empty when it did not. */
  Optional<Instant> passwordTyped(Tx tx, String token) {
    return tx.one(PASSWORD_TYPED, Secrets.sha256(token), tx.caller().account())
        .map(row -> Rows.instant(row, "created_at"));
  }

  Optional<MembershipId> membership(Tx tx, String token) {
    var hash = Secrets.sha256(token);
    return tx.one(FIND, hash, tx.now())
        .map(row -> {
          if (row.getBoolean("stale")) {
            tx.run(SEEN, hash, tx.now());
          }
          return new MembershipId(row.getUUID("membership_id"));
        });
  }

  Optional<SignIn> signIn(Tx tx, String token) {
    return tx.one(SIGN_IN, Secrets.sha256(token))
        .map(row -> new SignIn(row.getUUID("id"), new MembershipId(row.getUUID("membership_id"))));
  }

  void switchTo(Tx tx, String token, MembershipId membership) {
    tx.run(SWITCH, Secrets.sha256(token), membership, tx.caller().account());
  }

  void end(Tx tx, String token) {
    tx.run(END, Secrets.sha256(token), tx.now(), tx.caller().account());
  }

  /** Ends the session that the browser had before somebody else signed in there. */
  void giveWay(Tx tx, String token) {
    tx.run(GIVE_WAY, Secrets.sha256(token), tx.now());
  }

  /** Ends every session of an account, in whatever browser. */
  void endAll(Tx tx, AccountId account) {
    tx.run(END_ALL, account, tx.now());
  }

  /** The header that gives the cookie to the browser. */
  static String cookie(String token) {
    return COOKIE
        + "="
        + token
        + "; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age="
        + LIFE_MAX.toSeconds();
  }

  /** The header that takes the cookie away. */
  static String noCookie() {
    return COOKIE + "=; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=0";
  }
}
