package org.consilium.platform.text;

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
 * On which telephone people get short messages: one that they have shown to be theirs. Tables from
 * V008__text.sql.
 */
public final class PhoneNumbers {
  private static final String OF =
      """
      SELECT p.number FROM platform.phone_number p JOIN platform.account a ON a.id = p.account_id
       WHERE p.account_id = $1 AND a.active
      """;

  private static final CodeClaims.Kind KIND =
      new CodeClaims.Kind("platform.phone_claim", "platform.phone_number", "number", 6);

  private static final String CODE = "phone-code";

  private final CodeClaims claims;
  private final TextQueue texts;
  private final Audit audit;

  public PhoneNumbers(Database database, TextQueue texts, Audit audit) {
    this.claims = new CodeClaims(database, KIND);
    this.texts = texts;
    this.audit = audit;
  }

  /**
   * @param sends whether this server sends short messages at all
   * @param claimed waits for its code
   */
  public record View(boolean sends, Optional<String> number, Optional<String> claimed) {}

  /**
   * A number as it is kept: a plus sign, the country, then digits (ITU-T E.164). Empty when it
   * cannot be one.
   */
  public static Optional<String> plain(String typed) {
    var digits = typed.strip().replaceAll("[\\s().-]", "").replaceFirst("^00", "+");
    return digits.matches("\\+[1-9][0-9]{6,14}") ? Optional.of(digits) : Optional.empty();
  }

  View of(Tx tx) {
    var account = tx.caller().account();
    return tx.asServer(
        () -> new View(texts.sends(), number(tx, account), claims.claimed(tx, account)));
  }

  /** On which telephone this person is reached; empty for nobody that a short message reaches. */
  public Optional<String> number(Tx tx, AccountId account) {
    return tx.asServer(() -> tx.one(OF, account).map(row -> row.getString("number")));
  }

  /** Enters a number that is known to be the account's; only the server's own role may. */
  public void enter(Tx tx, AccountId account, String number) {
    claims.enter(tx, account, number);
  }

  /** Sends a code there. */
  void claim(Tx tx, String typed) {
    var number =
        plain(typed)
            .orElseThrow(() ->
                Refusal.invalid(
                    "/number", "Give the number with its country, such as +254 712 345 678."));
    if (!texts.sends()) {
      throw new Refusal(
          409, "no-text-messages", "This server sends no short messages; ask who runs it.");
    }
    var account = tx.caller().account();
    var issued = claims.issue(tx, number, since -> texts.countSince(tx, account, CODE, since));
    var text = "Your code for Consilium: %s. Not you? Do nothing.".formatted(issued.code());
    var key = CODE + ":" + Uuid7.next();
    texts.sendTo(tx, new TextMessage(key, account, CODE, text, tx.now(), issued.until()), number);
    audit.append(tx, "phone.claim", Subject.of("account", account));
  }

  /** Messages go there from now on. 409 {@code code-over} after too long or too many tries. */
  void confirm(Tx tx, String code) {
    claims.confirm(tx, code);
    audit.append(tx, "phone.confirm", Subject.of("account", tx.caller().account()));
  }

  /** No messages to this person any more. */
  void forget(Tx tx) {
    claims.forget(tx);
    audit.append(tx, "phone.forget", Subject.of("account", tx.caller().account()));
  }
}
