package org.consilium.scheduling.ladder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.UUID;
import org.consilium.platform.id.Id;
import org.consilium.platform.id.Uuid7;

/** Names one telephone call to a supervisor. */
public record SupervisorCallId(@JsonValue UUID value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SupervisorCallId {
    Objects.requireNonNull(value, "value");
  }

  static SupervisorCallId random() {
    return new SupervisorCallId(Uuid7.next());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
