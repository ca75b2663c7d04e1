package org.consilium.platform.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.audit.Audit;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.claim.CodeClaims;
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

  private static final CodeClaims.Kind KIND =
      new CodeClaims.Kind("platform.mail_address_claim", "platform.mail_address", "address", 8);

  private static final String CODE = "address-code";

  private final CodeClaims claims;
  private final MailQueue mail;
  private final Audit audit;

  public MailAddresses(Database database, MailQueue mail, Audit audit) {
    this.claims = new CodeClaims(database, KIND);
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
      var address = row.flatMap(found -> inUse(own, found.getString("email")));
      return new View(
          mail.sender().isPresent(), address, own.isPresent(), claims.claimed(tx, account));
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
    claims.enter(tx, account, address);
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
    var issued =
        claims.issue(tx, wanted, since -> mail.letters().countSince(tx, account, CODE, since));
    mail.sendTo(tx, letter(account, issued, tx.now()), wanted);
    audit.append(tx, "mail-address.claim", Subject.of("account", account));
  }

  private static Letter letter(AccountId account, CodeClaims.Issued issued, Instant now) {
    var text =
        """
        Somebody, we hope you, wants Consilium's mail to go to this address. Enter this code in
        Consilium, under your name, within %d minutes:

            %s

        If it was not you, do nothing: without the code no mail will come here.
        """
            .formatted(CodeClaims.CODE_LIFE.toMinutes(), issued.code());
    return new Letter(
        CODE + ":" + Uuid7.next(),
        account,
        CODE,
        "Your code for Consilium",
        text,
        Optional.empty(),
        now,
        issued.until());
  }

  /** Mail goes there from now on. 409 {@code code-over} after too long or too many tries. */
  void confirm(Tx tx, String code) {
    claims.confirm(tx, code);
    audit.append(tx, "mail-address.confirm", Subject.of("account", tx.caller().account()));
  }

  /** Mail goes to the sign-in's address again, when that is one. */
  void forget(Tx tx) {
    claims.forget(tx);
    audit.append(tx, "mail-address.forget", Subject.of("account", tx.caller().account()));
  }
}
