package org.consilium.records.patient;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.consilium.records.text.SearchText;

/**
 * A number that somebody else gave: an insurance, a ministry, another hospital.
 *
 * @param system who gave it, in words or as a URI
 * @param from the first day on which it holds
 * @param until the last one
 */
public record Identifier(
    String system, String value, Optional<LocalDate> from, Optional<LocalDate> until) {
  public Identifier {
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(value, "value");
  }

  /** What two ways of writing the system have in common. */
  String systemKey() {
    return SearchText.of(system);
  }

  /** What two ways of writing the number have in common: letters and digits. */
  String valueKey() {
    return SearchText.of(value).replaceAll("[^\\p{L}\\p{M}\\p{N}]", "");
  }

  boolean isSameAs(Identifier other) {
    return systemKey().equals(other.systemKey()) && valueKey().equals(other.valueKey());
  }
}
