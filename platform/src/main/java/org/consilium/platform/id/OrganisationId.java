package org.consilium.platform.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;

/** Names one organisation: the owner of sites, memberships and patients. */
public record OrganisationId(@JsonValue UUID value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrganisationId {
    Objects.requireNonNull(value, "value");
  }

  /** Reads the usual 36 characters; anything else is an {@link IllegalArgumentException}. */
  public static OrganisationId parse(String text) {
    return new OrganisationId(UUID.fromString(text));
  }

  /** A new one, ordered by time (RFC 9562, version 7). */
  public static OrganisationId random() {
    return new OrganisationId(Uuid7.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
