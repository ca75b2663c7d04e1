package org.consilium.records.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.AgeUnit;
import org.consilium.records.patient.Sex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn beside measurements, by the data that ship with this build. */
class VitalLimitsTest {
  private static final TriageRules RULES = TriageCatalogue.shipped("2026-2");

  @ParameterizedTest(name = "{1} of {0}: danger to {2}, usual {3} to {4}, danger from {5}")
  @CsvSource({
    "40 YEARS, HEART_RATE, 59, 60, 100, 131",
    "40 YEARS, RESPIRATORY_RATE, 9, 12, 20, 25",
    "40 YEARS, TEMPERATURE, 35.9, 36.1, 37.9, 39.1",
    "40 YEARS, OXYGEN_SATURATION, 91, 96, , ",
    "40 YEARS, SYSTOLIC, 90, 100, 139, 220",
    "40 YEARS, GLUCOSE, 2.9, 3.9, 7.8, ",
    "40 YEARS, CAPILLARY_REFILL, , , 2.0, 3.1",
    "3 YEARS, HEART_RATE, 79, 90, 140, 161",
    "3 YEARS, RESPIRATORY_RATE, 19, 22, 35, 40",
    "3 YEARS, MUAC, 114, 125, , ",
    "20 DAYS, TEMPERATURE, 35.4, 36.0, 37.4, 37.5",
  })
  void each_has_its_limits(
      String age,
      VitalCode code,
      BigDecimal dangerTo,
      BigDecimal usualFrom,
      BigDecimal usualTo,
      BigDecimal dangerFrom) {
    assertThat(of(age, false).stream().filter(one -> one.code() == code))
        .containsExactly(
            new VitalLimits(
                code,
                Optional.ofNullable(usualFrom),
                Optional.ofNullable(usualTo),
                Optional.ofNullable(dangerTo),
                Optional.ofNullable(dangerFrom)));
  }

  @Test
  void pregnancy_has_its_own() {
    assertThat(of("30 YEARS", true).stream().filter(one -> one.code() == VitalCode.SYSTOLIC))
        .singleElement()
        .satisfies(one -> assertThat(one.dangerFrom()).contains(new BigDecimal("160")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3 DAYS",
        "59 DAYS",
        "60 DAYS",
        "11 MONTHS",
        "2 YEARS",
        "4 YEARS",
        "7 YEARS",
        "11 YEARS",
        "13 YEARS",
        "16 YEARS",
        "70 YEARS"
      })
  void what_is_usual_is_never_dangerous(String age) {
    isNeverDangerous(of(age, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12 YEARS", "15 YEARS", "30 YEARS"})
  void what_is_usual_in_pregnancy_is_never_dangerous(String age) {
    isNeverDangerous(of(age, true));
  }

  private static void isNeverDangerous(List<VitalLimits> limits) {
    assertThat(limits)
        .isNotEmpty()
        .allSatisfy(one ->
            assertThat(
                    Stream.of(one.dangerTo(), one.usualFrom(), one.usualTo(), one.dangerFrom())
                        .flatMap(Optional::stream)
                        .toList())
                .isSorted()
                .doesNotHaveDuplicates());
  }

  @Test
  void weight_and_height_have_none() {
    var codes = of("40 YEARS", false).stream().map(VitalLimits::code).collect(Collectors.toSet());
    assertThat(codes).doesNotContain(VitalCode.WEIGHT, VitalCode.HEIGHT, VitalCode.PAIN);
  }

  private static List<VitalLimits> of(String age, boolean pregnant) {
    var words = age.split(" ");
    var findings =
        new TriageFindings(
            new Age(Integer.parseInt(words[0]), AgeUnit.valueOf(words[1])),
            Sex.FEMALE,
            pregnant
                ? Optional.of(new Pregnancy(Pregnancy.State.YES, Optional.of(30)))
                : Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    return VitalLimits.of(UsualVitals.shipped(), RULES, findings);
  }
}
