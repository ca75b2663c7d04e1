package org.consilium.platform.identity;

import java.util.Locale;
import java.util.Optional;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;

/**
 * Checks passwords. Wrong ones slow down the next try of the same account from the same address, so
 * guessing gets nowhere and a stranger elsewhere cannot lock anybody out.
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

  private final WrongTries tries;

  Passwords(WrongTries tries) {
    this.tries = tries;
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
    tries.refuseIfTooSoon(tx.now(), who, "Too many wrong passwords");
    var hash = row.map(r -> r.getString("password_hash")).orElse(NOBODYS);
    if (PasswordHash.matches(password, hash) && row.isPresent()) {
      tries.forget(who);
      return row.map(r -> new AccountId(r.getUUID("id")));
    }
    tries.failed(who);
    return Optional.empty();
  }
}
