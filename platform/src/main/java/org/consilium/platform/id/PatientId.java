package org.consilium.platform.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one patient of one organisation. */
public record PatientId(@JsonValue UUID value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PatientId {
    Objects.requireNonNull(value, "value");
  }

  /** Reads the usual 36 characters; anything else is an {@link IllegalArgumentException}. */
  public static PatientId parse(String text) {
    return new PatientId(UUID.fromString(text));
  }

  /** A new one, ordered by time (RFC 9562, version 7). */
  public static PatientId random() {
    return new PatientId(Uuid7.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
