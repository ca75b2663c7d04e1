package org.consilium.platform.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one person who was admitted by a link and has no account. */
public record GuestId(@JsonValue UUID value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GuestId {
    Objects.requireNonNull(value, "value");
  }

  /** Reads the usual 36 characters; anything else is an {@link IllegalArgumentException}. */
  public static GuestId parse(String text) {
    return new GuestId(UUID.fromString(text));
  }

  /** A new one, ordered by time (RFC 9562, version 7). */
  public static GuestId random() {
    return new GuestId(Uuid7.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
