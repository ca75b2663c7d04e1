package org.consilium.platform.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.audit.Audit;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Database;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.Uuid7;

/**
 * Where people get their mail: at an address that they have shown to be theirs, else at the one
 * they sign in with when that is an address on the internet. Tables from V005__mail.sql.
 */
public final class MailAddresses {
  private static final String IN_USE =
      """
      SELECT a.email, m.address FROM platform.account a
        LEFT JOIN platform.mail_address m ON m.account_id = a.id
       WHERE a.id = $1 AND a.active
      """;
  private static final String CLAIM =
      """
      INSERT INTO platform.mail_address_claim (account_id, address, code_sha256, expires_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (account_id) DO UPDATE
         SET address = excluded.address, code_sha256 = excluded.code_sha256,
             expires_at = excluded.expires_at, tries = 0
      """;
  private static final String CLAIMED =
      """
      SELECT address FROM platform.mail_address_claim WHERE account_id = $1 AND expires_at > $2
      """;
  private static final String TRY =
      """
      UPDATE platform.mail_address_claim SET tries = tries + 1
       WHERE account_id = $1 AND expires_at > $2 AND tries < $3
      RETURNING address, code_sha256
      """;
  private static final String END_CLAIM =
      "DELETE FROM platform.mail_address_claim WHERE account_id = $1";
  private static final String CONFIRMED =
      """
      INSERT INTO platform.mail_address (account_id, address, confirmed_at) VALUES ($1, $2, $3)
      ON CONFLICT (account_id) DO UPDATE
         SET address = excluded.address, confirmed_at = excluded.confirmed_at
      """;
  private static final String FORGET = "DELETE FROM platform.mail_address WHERE account_id = $1";

  private static final String CODE = "address-code";
  private static final Duration CODE_LIFE = Duration.ofMinutes(30);
  private static final int TRIES_MAX = 5;

  /** So that nobody floods a stranger's letter-box from here. */
  private static final int CODES_A_DAY = 5;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final MailQueue mail;
  private final Audit audit;

  public MailAddresses(Database database, MailQueue mail, Audit audit) {
    this.database = database;
    this.mail = mail;
    this.audit = audit;
  }

  /**
   * Where a person's mail goes.
   *
   * @param sends whether this server sends mail at all
   * @param confirmed whether the address was shown to be theirs; else it is their sign-in's
   * @param claimed waits for its code
   */
  public record View(
      boolean sends, Optional<String> address, boolean confirmed, Optional<String> claimed) {}

  View of(Tx tx) {
    var account = tx.caller().account();
    return tx.asServer(() -> {
      var row = tx.one(IN_USE, account);
      var own = row.map(found -> found.getString("address"));
      var claimed = tx.one(CLAIMED, account, tx.now()).map(found -> found.getString("address"));
      var address = row.flatMap(found -> inUse(own, found.getString("email")));
      return new View(mail.sender().isPresent(), address, own.isPresent(), claimed);
    });
  }

  /** Where letters to this person go; empty for nobody that mail can reach. */
  public Optional<String> address(Tx tx, AccountId account) {
    return tx.asServer(() ->
        tx.one(IN_USE, account)
            .flatMap(row ->
                inUse(Optional.ofNullable(row.getString("address")), row.getString("email"))));
  }

  static Optional<String> inUse(Optional<String> own, String signIn) {
    return own.or(() -> Optional.of(signIn).filter(MailAddresses::isRoutable));
  }

  /** One plain address with a domain of the internet; {@code clinician@demo} is none. */
  static boolean isRoutable(String address) {
    try {
      new InternetAddress(address, true);
      return address.matches("[^\\s<>,;:\"]+@[^\\s@.]+(\\.[^\\s@.]+)+");
    } catch (AddressException e) {
      return false;
    }
  }

  /** Enters an address that is known to be the account's; only the server's own role may. */
  public void enter(Tx tx, AccountId account, String address) {
    tx.run(CONFIRMED, account, address, tx.now());
  }

  /** Sends a code there; until it is told, mail goes where it went. */
  void claim(Tx tx, String address) {
    var wanted = address.strip();
    if (!isRoutable(wanted)) {
      throw Refusal.invalid("/address", "Give one e-mail address, such as name@example.org.");
    }
    if (mail.sender().isEmpty()) {
      throw new Refusal(409, "no-mail", "This server sends no mail; ask who runs it.");
    }
    var account = tx.caller().account();
    var code = "%08d".formatted(RANDOM.nextInt(100_000_000));
    var until = tx.now().plus(CODE_LIFE);
    tx.asServer(() -> {
      var dayAgo = tx.now().minus(Duration.ofDays(1));
      if (mail.letters().countSince(tx, account, CODE, dayAgo) >= CODES_A_DAY) {
        throw new Refusal(
            429, "too-many-codes", "Several codes were sent today; try again tomorrow.");
      }
      return tx.run(CLAIM, account, wanted, hash(account, code), until);
    });
    mail.sendTo(tx, letter(account, code, tx.now(), until), wanted);
    audit.append(tx, "mail-address.claim", Subject.of("account", account));
  }

  private static Letter letter(AccountId account, String code, Instant now, Instant until) {
    var text =
        """
        Somebody, we hope you, wants Consilium's mail to go to this address. Enter this code in
        Consilium, under your name, within %d minutes:

            %s

        If it was not you, do nothing: without the code no mail will come here.
        """
            .formatted(CODE_LIFE.toMinutes(), code);
    return new Letter(
        CODE + ":" + Uuid7.next(),
        account,
        CODE,
        "Your code for Consilium",
        text,
        Optional.empty(),
        now,
        until);
  }

  /** Mail goes there from now on. 409 {@code code-over} after too long or too many tries. */
  void confirm(Tx tx, String code) {
    var account = tx.caller().account();
    // In a transaction of its own: the refusal of a wrong code must not undo that it was tried.
    var tried =
        database
            .asWorker(own -> own.one(TRY, account, own.now(), TRIES_MAX))
            .orElseThrow(
                () -> new Refusal(409, "code-over", "This code is over. Have a new one sent."));
    if (!MessageDigest.isEqual(
        tried.getBuffer("code_sha256").getBytes(), hash(account, code.strip()))) {
      throw Refusal.invalid("/code", "That is not the code that was sent.");
    }
    tx.asServer(() -> {
      enter(tx, account, tried.getString("address"));
      return tx.run(END_CLAIM, account);
    });
    audit.append(tx, "mail-address.confirm", Subject.of("account", account));
  }

  /** Mail goes to the sign-in's address again, when that is one. */
  void forget(Tx tx) {
    var account = tx.caller().account();
    tx.asServer(() -> tx.run(END_CLAIM, account) + tx.run(FORGET, account));
    audit.append(tx, "mail-address.forget", Subject.of("account", account));
  }

  private static byte[] hash(AccountId account, String code) {
    return Secrets.sha256(account + "|" + code);
  }
}
