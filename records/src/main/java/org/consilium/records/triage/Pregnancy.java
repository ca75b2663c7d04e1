package org.consilium.records.triage;

import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.Wire;

/** Whether the patient is pregnant, and for how many weeks. */
public record Pregnancy(State state, Optional<Integer> weeks) {
  /** What is known of it. */
  public enum State implements Wire {
    NO,
    YES,
    UNKNOWN,
    NOT_APPLICABLE
  }

  public Pregnancy {
    Objects.requireNonNull(state, "state");
  }

  public boolean isPregnant() {
    return state == State.YES;
  }
}
