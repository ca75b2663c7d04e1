package org.consilium.platform.http;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;

/** One request that the contract has checked, inside its own open transaction. */
public interface Call {
  Tx tx();

  default Caller caller() {
    return tx().caller();
  }

  /** The body bound to a record; the contract has checked its shape already. */
  <T> T body(Class<T> type);

  UUID pathId(String name);

  /** A part of the path; the contract has checked its shape already. */
  String path(String name);

  Optional<String> query(String name);

  /** A whole number that the contract bounds; it may be written {@code 20.0} too. */
  default Optional<Integer> queryNumber(String name) {
    return query(name).map(text -> new BigDecimal(text).intValueExact());
  }

  Optional<String> header(String name);

  Optional<String> cookie(String name);

  /** Where the caller's connection comes from. */
  String remoteAddress();

  /** The version that the caller edited. 428 when the header is missing, 400 when not a number. */
  default int ifMatch() {
    var value =
        header("If-Match")
            .orElseThrow(() ->
                new Refusal(
                    428, "if-match-missing", "Send If-Match with the version that was edited."));
    try {
      return Integer.parseInt(value.replace("\"", "").trim());
    } catch (NumberFormatException e) {
      throw new Refusal(400, "if-match-malformed", "If-Match carries a version number.");
    }
  }
}
