package org.consilium.records.note.signing;

import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.identity.Passwords;

/**
 * Asks again who is there before a grave act, because a signed-in page may have been left open.
 * Today that is the password; a passkey or a one-time code is another implementation.
 */
public interface SecondFactor {
  /** Refused with 403 unless {@code proof} is the caller's. */
  void require(Tx tx, String proof);

  /** The caller's password again. */
  static SecondFactor password(Passwords passwords) {
    return (tx, proof) -> {
      if (!passwords.confirm(tx, tx.caller().account(), proof)) {
        throw new Refusal(
            403,
            "wrong-password",
            "That is not your password; nothing was signed, and what you typed is kept.",
            List.of(new FieldError("/password", "That is not your password.")));
      }
    };
  }
}
