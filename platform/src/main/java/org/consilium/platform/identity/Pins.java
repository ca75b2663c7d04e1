package org.consilium.platform.identity;

import io.vertx.sqlclient.Row;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.consilium.platform.audit.Audit;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.ClientAddresses;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.identity.DeviceVaults.PinState;
import org.consilium.platform.identity.WrongTries.Counter;

/**
 * Lets people take turns on a shared device by PIN. Six digits are soon guessed, so each try is
 * counted here, in a transaction of its own, before anybody hears how it ended.
 */
final class Pins {
  private static final String LOCK =
      """
      SELECT account_id, membership_id, secret, vouched_at, proof_sha256, wrong_tries
        FROM platform.device_vault WHERE id = $1 AND proof_sha256 IS NOT NULL FOR UPDATE
      """;

  private static final String WRONG =
      "UPDATE platform.device_vault SET wrong_tries = wrong_tries + 1 WHERE id = $1";

  private static final String RIGHT =
      "UPDATE platform.device_vault SET wrong_tries = 0, seen_at = $2 WHERE id = $1";

  /** How a try can end. */
  sealed interface Outcome {
    /**
     * @param secret base64url: opens what the browser keeps
     * @param until when the password has to be typed again
     */
    record Right(AccountId account, MembershipId membership, String secret, Instant until)
        implements Outcome {}

    record Wrong(int triesLeft) implements Outcome {}

    /** Used up, too old, taken away, or never there: all read the same from outside. */
    record Over() implements Outcome {}
  }

  private final Database database;
  private final WrongTries tries;
  private final Memberships memberships;
  private final Audit audit = new Audit();

  Pins(Database database, WrongTries tries, Memberships memberships) {
    this.database = database;
    this.tries = tries;
    this.memberships = memberships;
  }

  /**
   * Counts and judges one try; 429 for an address that asks for too many PINs that are not there.
   *
   * @param proof what the browser makes of the PIN and a key that never leaves it
   */
  Outcome check(Tx tx, UUID vault, String proof, String address) {
    var requestId = tx.caller().requestId();
    var outcome = database.asWorker(own -> judge(own, vault, proof, requestId));
    if (outcome instanceof Outcome.Over) {
      // Only these are slowed down: a stranger at the same address locks nobody's good PIN out.
      tries.take(tx.now(), "Too many tries", guesses(address));
    }
    return outcome;
  }

  private static Counter guesses(String address) {
    var quarter = Duration.ofMinutes(15);
    return new Counter("pin|" + ClientAddresses.network(address), 5, quarter, quarter, false);
  }

  private Outcome judge(Tx own, UUID vault, String proof, String requestId) {
    var found = own.one(LOCK, vault).filter(row -> isGood(row, own.now()));
    // Suspended, or no longer in that role: as if there were no PIN.
    var caller = found.flatMap(row -> memberships.caller(own, membership(row), requestId));
    if (caller.isEmpty()) {
      return new Outcome.Over();
    }
    var row = found.orElseThrow();
    if (isProof(row, proof)) {
      own.run(RIGHT, vault, own.now());
      return new Outcome.Right(
          caller.get().account(),
          membership(row),
          Secrets.text(row.getBuffer("secret").getBytes()),
          Rows.instant(row, "vouched_at").plus(DeviceVaults.VOUCHED_MAX));
    }
    own.run(WRONG, vault);
    own.actAs(caller.get());
    audit.append(own, "pin.wrong", Subject.of("account", caller.get().account()));
    int left = DeviceVaults.WRONG_TRIES_MAX - row.getInteger("wrong_tries") - 1;
    return left > 0 ? new Outcome.Wrong(left) : new Outcome.Over();
  }

  private static boolean isGood(Row row, Instant now) {
    return DeviceVaults.state(row.getInteger("wrong_tries"), Rows.instant(row, "vouched_at"), now)
        == PinState.GOOD;
  }

  private static boolean isProof(Row row, String proof) {
    return MessageDigest.isEqual(row.getBuffer("proof_sha256").getBytes(), Secrets.sha256(proof));
  }

  private static MembershipId membership(Row row) {
    return new MembershipId(row.getUUID("membership_id"));
  }
}
