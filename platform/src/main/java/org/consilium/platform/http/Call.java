package org.consilium.platform.http;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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
    return query(
        name, text -> new BigDecimal(text).intValueExact(), "Write a whole number, for example 7.");
  }

  default Optional<Instant> queryInstant(String name) {
    return query(name, Instant::parse, "Write a moment, for example 2026-03-31T12:00:00Z.");
  }

  default Optional<LocalDate> queryDate(String name) {
    return query(name, LocalDate::parse, "Write a day, for example 2026-03-31.");
  }

  default Optional<UUID> queryId(String name) {
    return query(name, UUID::fromString, "Write an id, which is a UUID.");
  }

  /** A parameter as {@code reader} makes it; 400 that names it when the reader cannot. */
  default <T> Optional<T> query(String name, Function<String, T> reader, String how) {
    try {
      return query(name).map(reader);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException unreadable) {
      throw Refusal.malformed(name, how);
    }
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
