package org.consilium.records.health;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;
import org.consilium.platform.id.Id;

/** Names one item of a health summary: all its versions together. */
public record HealthItemId(@JsonValue UUID value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public HealthItemId {
    Objects.requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
