package org.consilium.records.patient;

import java.util.List;
import java.util.Objects;
import org.consilium.platform.http.Wire;

/** What a patient must not be given. "None" was asked and denied; "unknown" could not be asked. */
public record Allergies(State state, List<String> list) {
  /** Whether allergies are known. */
  public enum State implements Wire {
    NONE,
    UNKNOWN,
    LISTED
  }

  public Allergies {
    Objects.requireNonNull(state, "state");
    list = list == null ? List.of() : List.copyOf(list);
  }
}
