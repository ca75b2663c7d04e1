package org.consilium.platform.identity;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.ClientAddresses;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.WrongTries.Counter;

/**
 * Checks passwords, and slows down who guesses them. Strangers are counted by the account they try,
 * by where they come from, and by both; a browser in which the account has signed in before is
 * counted by itself alone, so that no stranger's guesses lock anybody out of their own device.
 */
public final class Passwords {
  private static final String BY_EMAIL =
      "SELECT id, password_hash FROM platform.account WHERE lower(email) = lower($1) AND active";
  private static final String BY_ID =
      "SELECT id, password_hash FROM platform.account WHERE id = $1 AND active";

  /** Verified against for unknown names, so that they take as long as known ones. */
  private static final String NOBODYS =
      "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private static final String TOO_MANY = "Too many wrong passwords";
  private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** From many addresses at once an account is guessed at no faster than this. */
  private static final int FREE_OF_ACCOUNT = 20;

  private static final Duration LONGEST_OF_ACCOUNT = Duration.ofSeconds(30);

  /** A whole clinic may come from one address. */
  private static final int FREE_OF_ADDRESS = 30;

  private static final Duration LONGEST_OF_ADDRESS = Duration.ofMinutes(5);

  private final WrongTries tries;
  private final KnownDevices devices;

  Passwords(WrongTries tries, KnownDevices devices) {
    this.tries = tries;
    this.devices = devices;
  }

  /**
   * The account that signs in with this name and password, or a refusal.
   *
   * @param address where the caller comes from; empty when that is not known
   * @param device what the browser says that it is known by
   */
  AccountId check(Tx tx, String email, String password, String address, Optional<String> device) {
    var found = tx.one(BY_EMAIL, email.strip());
    var known =
        device.filter(
            token -> found.filter(row -> devices.isKnown(tx, accountOf(row), token)).isPresent());
    var name = email.strip().toLowerCase(Locale.ROOT);
    var counters =
        known
            .map(token -> new Counter[] {ofOne("device|" + token + "|" + name)})
            .orElseGet(() -> ofStranger(name, ClientAddresses.network(address)));
    return verified(tx, found, password, known.isPresent(), counters)
        .orElseThrow(
            () -> new Refusal(401, "sign-in-refused", "The e-mail or the password is wrong."));
  }

  /** Whether this is the account's password: asked again before a grave act such as signing. */
  public boolean confirm(Tx tx, AccountId account, String password) {
    return verified(tx, tx.one(BY_ID, account), password, true, ofOne("step-up|" + account))
        .isPresent();
  }

  private static Counter ofOne(String who) {
    return new Counter(who, 5, QUARTER_HOUR, QUARTER_HOUR, false);
  }

  private static Counter[] ofStranger(String name, String network) {
    var ofAccount =
        new Counter("account|" + name, FREE_OF_ACCOUNT, MINUTE, LONGEST_OF_ACCOUNT, false);
    if (network.isEmpty()) {
      return new Counter[] {ofAccount};
    }
    return new Counter[] {
      ofOne("pair|" + network + "|" + name),
      ofAccount,
      new Counter("address|" + network, FREE_OF_ADDRESS, MINUTE, LONGEST_OF_ADDRESS, true)
    };
  }

  private Optional<AccountId> verified(
      Tx tx, Optional<Row> found, String password, boolean known, Counter... counters) {
    var tried = tries.take(tx.now(), TOO_MANY, counters);
    var hash = found.map(row -> row.getString("password_hash")).orElse(NOBODYS);
    try {
      boolean matches =
          known
              ? PasswordHash.matches(password, hash)
              : PasswordHash.matchesForStranger(password, hash);
      if (!matches || found.isEmpty()) {
        return Optional.empty();
      }
    } catch (Refusal busy) {
      tried.unjudged();
      throw busy;
    }
    tried.right();
    return found.map(Passwords::accountOf);
  }

  private static AccountId accountOf(Row row) {
    return new AccountId(row.getUUID("id"));
  }
}
