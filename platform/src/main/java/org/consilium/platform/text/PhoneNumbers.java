package org.consilium.platform.text;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
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
 * On which telephone people get short messages: one that they have shown to be theirs. Tables from
 * V008__text.sql.
 */
public final class PhoneNumbers {
  private static final String OF =
      """
      SELECT p.number FROM platform.phone_number p JOIN platform.account a ON a.id = p.account_id
       WHERE p.account_id = $1 AND a.active
      """;
  private static final String CLAIM =
      """
      INSERT INTO platform.phone_claim (account_id, number, code_sha256, expires_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (account_id) DO UPDATE
         SET number = excluded.number, code_sha256 = excluded.code_sha256,
             expires_at = excluded.expires_at, tries = 0
      """;
  private static final String CLAIMED =
      "SELECT number FROM platform.phone_claim WHERE account_id = $1 AND expires_at > $2";
  private static final String TRY =
      """
      UPDATE platform.phone_claim SET tries = tries + 1
       WHERE account_id = $1 AND expires_at > $2 AND tries < $3
      RETURNING number, code_sha256
      """;
  private static final String END_CLAIM = "DELETE FROM platform.phone_claim WHERE account_id = $1";
  private static final String CONFIRMED =
      """
      INSERT INTO platform.phone_number (account_id, number, confirmed_at) VALUES ($1, $2, $3)
      ON CONFLICT (account_id) DO UPDATE
         SET number = excluded.number, confirmed_at = excluded.confirmed_at
      """;
  private static final String FORGET = "DELETE FROM platform.phone_number WHERE account_id = $1";

  private static final String CODE = "phone-code";
  private static final Duration CODE_LIFE = Duration.ofMinutes(30);
  private static final int TRIES_MAX = 5;

  /** So that nobody floods a stranger's telephone from here. */
  private static final int CODES_A_DAY = 5;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final TextQueue texts;
  private final Audit audit;

  public PhoneNumbers(Database database, TextQueue texts, Audit audit) {
    this.database = database;
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
    return tx.asServer(() ->
        new View(
            texts.sends(),
            number(tx, account),
            tx.one(CLAIMED, account, tx.now()).map(row -> row.getString("number"))));
  }

  /** On which telephone this person is reached; empty for nobody that a short message reaches. */
  public Optional<String> number(Tx tx, AccountId account) {
    return tx.asServer(() -> tx.one(OF, account).map(row -> row.getString("number")));
  }

  /** Enters a number that is known to be the account's; only the server's own role may. */
  public void enter(Tx tx, AccountId account, String number) {
    tx.run(CONFIRMED, account, number, tx.now());
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
    var code = "%06d".formatted(RANDOM.nextInt(1_000_000));
    var until = tx.now().plus(CODE_LIFE);
    tx.asServer(() -> {
      var dayAgo = tx.now().minus(Duration.ofDays(1));
      if (texts.countSince(tx, account, CODE, dayAgo) >= CODES_A_DAY) {
        throw new Refusal(
            429, "too-many-codes", "Several codes were sent today; try again tomorrow.");
      }
      return tx.run(CLAIM, account, number, hash(account, code), until);
    });
    var text = "Your code for Consilium: %s. Not you? Do nothing.".formatted(code);
    var key = CODE + ":" + Uuid7.next();
    texts.sendTo(tx, new TextMessage(key, account, CODE, text, tx.now(), until), number);
    audit.append(tx, "phone.claim", Subject.of("account", account));
  }

  /** Messages go there from now on. 409 {@code code-over} after too long or too many tries. */
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
      enter(tx, account, tried.getString("number"));
      return tx.run(END_CLAIM, account);
    });
    audit.append(tx, "phone.confirm", Subject.of("account", account));
  }

  /** No messages to this person any more. */
  void forget(Tx tx) {
    var account = tx.caller().account();
    tx.asServer(() -> tx.run(END_CLAIM, account) + tx.run(FORGET, account));
    audit.append(tx, "phone.forget", Subject.of("account", account));
  }

  private static byte[] hash(AccountId account, String code) {
    return Secrets.sha256(account + "|" + code);
  }
}
