package org.consilium.records.triage;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One measurement.
 *
 * @param unit UCUM, for example {@code mm[Hg]}
 * @param method for example axillary, or oxygen 2 L/min
 */
public record VitalSign(
    VitalCode code, double value, String unit, Optional<Instant> takenAt, Optional<String> method) {
  public VitalSign {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(unit, "unit");
  }
}
