package org.consilium.platform.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one attempt to make a person come: to a call, or to an offer. */
public record RingId(@JsonValue UUID value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RingId {
    Objects.requireNonNull(value, "value");
  }

  /** Reads the usual 36 characters; anything else is an {@link IllegalArgumentException}. */
  public static RingId parse(String text) {
    return new RingId(UUID.fromString(text));
  }

  /** A new one, ordered by time (RFC 9562, version 7). */
  public static RingId random() {
    return new RingId(Uuid7.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
