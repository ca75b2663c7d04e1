package org.consilium.records.form;

import java.util.Objects;
import java.util.Optional;

/** A code with the words that were shown for it (FHIR Coding). */
public record Coding(Optional<String> system, String code, Optional<String> display) {
  public Coding {
    Objects.requireNonNull(code, "code");
  }
}
