package org.consilium.records.note;

import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;

/** Who signed, as they were known on that day. */
public record NoteAuthor(
    AccountId id,
    String name,
    Optional<String> registration,
    Optional<String> country,
    Optional<Boolean> trainee) {

  /** The caller with the credentials of now. */
  public static NoteAuthor caller(Platform platform, Tx tx, boolean trainee) {
    var account = tx.caller().account();
    var credentials = platform.directory().credentials(tx, account);
    return new NoteAuthor(
        account,
        platform.directory().person(tx, account).name(),
        Optional.ofNullable(credentials.registration()),
        Optional.ofNullable(credentials.country()),
        trainee ? Optional.of(true) : Optional.empty());
  }
}
