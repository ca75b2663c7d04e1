package org.consilium.records.form;

import java.util.Objects;
import java.util.Optional;

/**
 * A number with its unit (FHIR Quantity).
 *
 * @param unit as shown
 * @param code the unit in UCUM; this is what counts
 */
public record Quantity(double value, Optional<String> unit, Optional<String> system, String code) {
  public Quantity {
    Objects.requireNonNull(code, "code");
  }
}
