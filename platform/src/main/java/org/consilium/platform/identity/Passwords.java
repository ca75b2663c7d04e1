package org.consilium.platform.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;

/**
 * Checks passwords. Wrong ones slow down the next try of the same account from the same address, so
 * guessing gets nowhere and a stranger elsewhere cannot lock anybody out.
 */
public final class Passwords {
  /** So many wrong tries are free; people mistype. */
  private static final int FREE_TRIES = 5;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

  private static final String BY_EMAIL =
      "SELECT id, password_hash FROM platform.account WHERE lower(email) = lower($1) AND active";
  private static final String BY_ID =
      "SELECT id, password_hash FROM platform.account WHERE id = $1 AND active";
  private static final String FAILURES =
      "SELECT failures, last_at FROM platform.sign_in_failure WHERE who_sha256 = $1";
  private static final String FAILED =
      """
      INSERT INTO platform.sign_in_failure AS f (who_sha256, failures, last_at) VALUES ($1, 1, $2)
      ON CONFLICT (who_sha256) DO UPDATE SET failures = f.failures + 1, last_at = $2
      """;
  private static final String FORGET = "DELETE FROM platform.sign_in_failure WHERE who_sha256 = $1";

  /** Verified against for unknown names, so that they take as long as known ones. */
  private static final String NOBODYS =
      "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final Database database;

  public Passwords(Database database) {
    this.database = database;
  }

  /** The account that signs in with this name and password from this address, or a refusal. */
  AccountId check(Tx tx, String email, String password, String address) {
    var who = Secrets.sha256(email.strip().toLowerCase(Locale.ROOT) + "|" + address);
    return verified(tx, tx.one(BY_EMAIL, email.strip()), password, who)
        .orElseThrow(
            () -> new Refusal(401, "sign-in-refused", "The e-mail or the password is wrong."));
  }

  /** Whether this is the account's password: asked again before a grave act such as signing. */
  public boolean confirm(Tx tx, AccountId account, String password) {
    return verified(tx, tx.one(BY_ID, account), password, Secrets.sha256("step-up|" + account))
        .isPresent();
  }

  private Optional<AccountId> verified(
      Tx tx, Optional<io.vertx.sqlclient.Row> row, String password, byte[] who) {
    refuseIfTooSoon(tx.now(), who);
    var hash = row.map(r -> r.getString("password_hash")).orElse(NOBODYS);
    if (PasswordHash.matches(password, hash) && row.isPresent()) {
      database.asWorker(own -> own.run(FORGET, who));
      return row.map(r -> new AccountId(r.getUUID("id")));
    }
    // In a transaction of its own: the refusal that follows rolls the caller's back.
    database.asWorker(own -> own.run(FAILED, who, own.now()));
    return Optional.empty();
  }

  private void refuseIfTooSoon(Instant now, byte[] who) {
    var failures = database.asWorker(own -> own.one(FAILURES, who));
    if (failures.isEmpty() || failures.get().getInteger("failures") < FREE_TRIES) {
      return;
    }
    int beyond = failures.get().getInteger("failures") - FREE_TRIES;
    var wait = Duration.ofSeconds(1L << Math.min(beyond, 20));
    var until =
        Rows.instant(failures.get(), "last_at")
            .plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    if (now.isBefore(until)) {
      long seconds = Math.max(1, Duration.between(now, until).toSeconds());
      throw new Refusal(
              429,
              "too-many-tries",
              "Too many wrong passwords; try again in %d seconds.".formatted(seconds))
          .withHeader("Retry-After", Long.toString(seconds));
    }
  }
}
