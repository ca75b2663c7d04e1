package org.consilium.records.recommendation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.Wire;

/**
 * One thing that a specialist advises.
 *
 * @param dose in words; what is checked is {@code amount}
 * @param amount one dose
 * @param perKg where one dose comes from, in the unit of the amount
 * @param maxPerDay what must not be passed in a day
 * @param test which test, for what the site has
 * @param alternative what to do when this is not available here
 * @param overrides why this is advised against a warning
 */
public record RecommendationContent(
    Kind kind,
    String text,
    HowSoon urgency,
    Optional<String> drug,
    Optional<String> dose,
    Optional<Quantity> amount,
    Optional<PerKg> perKg,
    Optional<String> route,
    Optional<String> frequency,
    Optional<Integer> timesPerDay,
    Optional<Integer> durationDays,
    Optional<Quantity> maxPerDay,
    Optional<String> test,
    Optional<String> alternative,
    List<WarningOverride> overrides) {
  /** What kind of advice. */
  public enum Kind implements Wire {
    DIAGNOSIS,
    TEST,
    TREATMENT,
    PROCEDURE,
    TRANSFER,
    WATCH_FOR,
    TEACHING,
    /** Go on as before. */
    NO_CHANGE
  }

  /** By when. */
  public enum HowSoon implements Wire {
    NOW,
    TODAY,
    THIS_WEEK,
    ROUTINE
  }

  /** So much for each kilogram, and the weight that was reckoned with. */
  public record PerKg(BigDecimal value, BigDecimal weightKg) {
    public PerKg {
      value = Quantity.plain(value);
      weightKg = Quantity.plain(weightKg);
    }
  }

  /** Why a warning of this code does not hold here. */
  public record WarningOverride(String code, String reason) {
    public WarningOverride {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }
  }

  public RecommendationContent {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(urgency, "urgency");
    overrides = overrides == null ? List.of() : List.copyOf(overrides);
  }

  /** The reason given against a warning. */
  public Optional<String> overriding(String code) {
    return overrides.stream()
        .filter(override -> override.code().equals(code) && !override.reason().isBlank())
        .map(WarningOverride::reason)
        .findFirst();
  }
}
