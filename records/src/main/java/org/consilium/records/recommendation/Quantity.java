package org.consilium.records.recommendation;

import java.math.BigDecimal;
import java.util.Objects;
import org.consilium.platform.http.Wire;

/** A number with its unit; the same number written differently is equal. */
public record Quantity(BigDecimal value, Unit unit) {
  /** What drugs are measured in. */
  public enum Unit implements Wire {
    MICROGRAM("microgram"),
    MG("mg"),
    G("g"),
    IU("IU"),
    MMOL("mmol"),
    ML("mL"),
    DROP("drop"),
    PUFF("puff"),
    TABLET("tablet");

    private final String written;

    Unit(String written) {
      this.written = written;
    }

    /** As UCUM or a prescription writes it. */
    @Override
    @com.fasterxml.jackson.annotation.JsonValue
    public String wire() {
      return written;
    }

    /** Reads what {@link #wire} wrote. */
    public static Unit of(String written) {
      for (var unit : values()) {
        if (unit.written.equals(written)) {
          return unit;
        }
      }
      throw new IllegalArgumentException("no unit " + written);
    }
  }

  public Quantity {
    value = plain(value);
    Objects.requireNonNull(unit, "unit");
  }

  /** The number without trailing zeros and without an exponent. */
  public static BigDecimal plain(BigDecimal value) {
    var stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** For a sentence, for example {@code 500 mg}. */
  @Override
  public String toString() {
    return value.toPlainString() + " " + unit.wire();
  }
}
