package org.consilium.scheduling.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;
import org.consilium.platform.id.Id;
import org.consilium.platform.id.Uuid7;

/** Names one proposal of the planner. */
public record PlanId(@JsonValue UUID value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PlanId {
    Objects.requireNonNull(value, "value");
  }

  static PlanId random() {
    return new PlanId(Uuid7.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
