package org.consilium.records.triage;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Sentence;
import org.consilium.records.patient.Age;
import org.consilium.records.triage.TriageRules.Vital;

/** What cannot be true of anybody and is refused even in a draft: most often a wrong unit. */
public final class Impossible {
  /** Devices' clocks go wrong by minutes; beyond this the date was mistyped. */
  private static final Duration CLOCK_AHEAD_MAX = Duration.ofHours(1);

  private final TriageRules rules;
  private final Age age;
  private final Instant now;
  private final String base;
  private final List<FieldError> errors = new ArrayList<>();

  private Impossible(TriageRules rules, Age age, Instant now, String base) {
    this.rules = rules;
    this.age = age;
    this.now = now;
    this.base = base;
  }

  /**
   * Every impossible thing among the measurements and answers.
   *
   * @param base pointer to what holds {@code vitals} and {@code dangerSigns}
   */
  public static List<FieldError> in(
      TriageRules rules,
      Age age,
      List<VitalSign> vitals,
      List<DangerSignAnswer> dangerSigns,
      Instant now,
      String base) {
    var check = new Impossible(rules, age, now, base);
    for (int i = 0; i < vitals.size(); i++) {
      check.checkVital(vitals.get(i), base + "/vitals/" + i);
    }
    check.checkBloodPressure(vitals);
    check.checkAnswers(dangerSigns);
    return check.errors;
  }

  private void checkVital(VitalSign sign, String pointer) {
    var vital = rules.vitalsByCode().get(sign.code());
    if (vital == null) {
      refuse(pointer + "/code", "This measurement is not known to the rules here.");
      return;
    }
    if (!vital.unit().equals(sign.unit())) {
      errors.add(
          new FieldError(
              pointer + "/unit", of(vital, "field.vital-unit", "{vital} is measured in {unit}.")));
      return;
    }
    var range = vital.rangeAt(age);
    // Written this way round so that NaN and infinities are refused too.
    if (!(sign.value() >= range.minimum() && sign.value() <= range.maximum())) {
      errors.add(
          new FieldError(
              pointer + "/value",
              of(
                      vital,
                      "field.vital-impossible",
                      "{vital} of {value} {unit} is not possible at {age}; it lies between {low} and"
                          + " {high}. Check the number and the unit.")
                  .with("value", plain(sign.value()))
                  .with("age", age)
                  .with("low", plain(range.minimum()))
                  .with("high", plain(range.maximum()))));
    } else if (decimals(sign.value()) > vital.decimals()) {
      errors.add(
          new FieldError(
              pointer + "/value",
              of(
                      vital,
                      "field.vital-decimals",
                      "{vital} is written with {digits} digits after the point at most.")
                  .with("digits", vital.decimals())));
    }
    sign.takenAt()
        .filter(at -> at.isAfter(now.plus(CLOCK_AHEAD_MAX)))
        .ifPresent(_ -> refuse(pointer + "/takenAt", "This time has not come yet."));
  }

  /** The lower pressure cannot reach the upper one of the same moment. */
  private void checkBloodPressure(List<VitalSign> vitals) {
    for (int i = 0; i < vitals.size(); i++) {
      var lower = vitals.get(i);
      if (lower.code() == VitalCode.DIASTOLIC
          && systolicWith(lower, vitals)
              .filter(upper -> upper.value() <= lower.value())
              .isPresent()) {
        refuse(
            base + "/vitals/" + i + "/value",
            "The lower blood pressure cannot be as high as the upper one.");
      }
    }
  }

  private static Optional<VitalSign> systolicWith(VitalSign lower, List<VitalSign> vitals) {
    return vitals.stream()
        .filter(sign -> sign.code() == VitalCode.SYSTOLIC)
        .filter(sign -> sign.takenAt().equals(lower.takenAt()))
        .reduce((_, last) -> last);
  }

  private void checkAnswers(List<DangerSignAnswer> answers) {
    var known = rules.signsByCode();
    var seen = new HashSet<String>();
    for (int i = 0; i < answers.size(); i++) {
      var code = answers.get(i).code();
      if (!known.containsKey(code)) {
        refuse(base + "/dangerSigns/" + i + "/code", "This danger sign is not known here.");
      } else if (!seen.add(code)) {
        refuse(base + "/dangerSigns/" + i + "/code", "This danger sign is answered twice.");
      }
    }
  }

  private void refuse(String pointer, String sentence) {
    errors.add(new FieldError(pointer, sentence));
  }

  private static Sentence of(Vital vital, String code, String english) {
    return Sentence.of(code, english)
        .with("vital", vital.code().wire(), vital.label())
        .with("unit", vital.unit(), unit(vital));
  }

  private static String unit(Vital vital) {
    return switch (vital.unit()) {
      case "Cel" -> "°C";
      case "/min" -> "a minute";
      case "mm[Hg]" -> "mmHg";
      case "{score}" -> "of 10";
      default -> vital.unit();
    };
  }

  private static int decimals(double value) {
    return Math.max(0, BigDecimal.valueOf(value).stripTrailingZeros().scale());
  }

  private static String plain(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
