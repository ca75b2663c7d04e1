package org.consilium.records.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.FieldError;
import org.consilium.records.patient.Age;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpossibleTest {
  private static final TriageRules RULES = TriageCatalogue.shipped();
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

  @Test
  void every_vital_sign_may_be_at_its_limits_and_not_beyond() {
    for (var vital : RULES.vitals()) {
      var range = vital.rangeAt(Age.years(30));
      assertThat(refused(vital.code(), range.minimum(), vital.unit())).isEmpty();
      assertThat(refused(vital.code(), range.maximum(), vital.unit())).isEmpty();
      assertThat(refused(vital.code(), range.minimum() - 1, vital.unit()))
          .containsExactly("/assessment/vitals/0/value");
      assertThat(refused(vital.code(), range.maximum() + 1, vital.unit()))
          .containsExactly("/assessment/vitals/0/value");
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void what_is_no_number_is_refused(double value) {
    assertThat(refused(VitalCode.TEMPERATURE, value, "Cel")).hasSize(1);
  }

  @Test
  void fahrenheit_is_refused_by_unit_and_by_number() {
    assertThat(refused(VitalCode.TEMPERATURE, 38, "[degF]"))
        .containsExactly("/assessment/vitals/0/unit");
    assertThat(refused(VitalCode.TEMPERATURE, 101, "Cel"))
        .containsExactly("/assessment/vitals/0/value");
  }

  @Test
  void a_childs_weight_in_grams_or_of_an_adult_is_refused() {
    var grown = vital(VitalCode.WEIGHT, 60, "kg");
    assertThat(in(Age.months(8), grown)).hasSize(1);
    assertThat(in(Age.years(30), grown)).isEmpty();
    assertThat(in(Age.years(30), vital(VitalCode.WEIGHT, 3.2, "kg"))).hasSize(1);
  }

  @Test
  void more_digits_than_anybody_measures_are_refused() {
    assertThat(refused(VitalCode.HEART_RATE, 88.5, "/min"))
        .containsExactly("/assessment/vitals/0/value");
    assertThat(refused(VitalCode.TEMPERATURE, 37.25, "Cel")).hasSize(1);
    assertThat(refused(VitalCode.TEMPERATURE, 37.2, "Cel")).isEmpty();
  }

  @Test
  void a_time_to_come_is_refused_beyond_what_clocks_go_wrong() {
    assertThat(in(Age.years(30), pulseAt(NOW.plusSeconds(3600)))).isEmpty();
    assertThat(in(Age.years(30), pulseAt(NOW.plusSeconds(3601))))
        .extracting(FieldError::pointer)
        .containsExactly("/assessment/vitals/0/takenAt");
  }

  @Test
  void the_lower_pressure_stays_below_the_upper_of_the_same_moment() {
    var upper = vital(VitalCode.SYSTOLIC, 80, "mm[Hg]");
    assertThat(in(Age.years(30), upper, vital(VitalCode.DIASTOLIC, 120, "mm[Hg]")))
        .extracting(FieldError::pointer)
        .containsExactly("/assessment/vitals/1/value");
    assertThat(in(Age.years(30), upper, vital(VitalCode.DIASTOLIC, 60, "mm[Hg]"))).isEmpty();
  }

  @Test
  void unknown_and_repeated_danger_signs_are_refused() {
    var answers =
        List.of(
            new DangerSignAnswer("convulsing", true),
            new DangerSignAnswer("hexed", false),
            new DangerSignAnswer("convulsing", false));
    assertThat(Impossible.in(RULES, Age.years(3), List.of(), answers, NOW, ""))
        .extracting(FieldError::pointer)
        .containsExactly("/dangerSigns/1/code", "/dangerSigns/2/code");
  }

  private static List<String> refused(VitalCode code, double value, String unit) {
    return in(Age.years(30), vital(code, value, unit)).stream().map(FieldError::pointer).toList();
  }

  private static List<FieldError> in(Age age, VitalSign... vitals) {
    return Impossible.in(RULES, age, List.of(vitals), List.of(), NOW, "/assessment");
  }

  private static VitalSign vital(VitalCode code, double value, String unit) {
    return new VitalSign(code, value, unit, Optional.empty(), Optional.empty());
  }

  private static VitalSign pulseAt(Instant at) {
    return new VitalSign(VitalCode.HEART_RATE, 80, "/min", Optional.of(at), Optional.empty());
  }
}
