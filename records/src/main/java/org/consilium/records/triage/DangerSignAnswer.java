package org.consilium.records.triage;

import java.util.Objects;

/** A danger sign that was looked for: there, or not there. */
public record DangerSignAnswer(String code, boolean present) {
  public DangerSignAnswer {
    Objects.requireNonNull(code, "code");
  }
}
