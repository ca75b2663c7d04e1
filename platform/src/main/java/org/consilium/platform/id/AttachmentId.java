package org.consilium.platform.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one file of a consult. Made by the client. */
public record AttachmentId(@JsonValue UUID value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AttachmentId {
    Objects.requireNonNull(value, "value");
  }

  /** Reads the usual 36 characters; anything else is an {@link IllegalArgumentException}. */
  public static AttachmentId parse(String text) {
    return new AttachmentId(UUID.fromString(text));
  }

  /** A new one, ordered by time (RFC 9562, version 7). */
  public static AttachmentId random() {
    return new AttachmentId(Uuid7.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
