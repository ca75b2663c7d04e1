package org.consilium.records.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Sex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssessingTest {
  private static final TriageRules RULES = TriageCatalogue.shipped("2026-1");
  private static final Age ADULT = Age.years(30);

  @Test
  void nothing_found_is_green_and_names_the_rules() {
    var triage = triage(ADULT, List.of());
    assertThat(triage.urgency()).isEqualTo(Urgency.GREEN);
    assertThat(triage.reasons()).isEmpty();
    assertThat(triage.ruleVersion()).isEqualTo("2026-1");
  }

  @Test
  void the_reason_is_a_sentence_with_value_age_and_limit() {
    var triage = triage(Age.months(8), List.of(vital(VitalCode.RESPIRATORY_RATE, 52)));
    assertThat(triage.reasons())
        .extracting(Triage.Reason::sentence)
        .containsExactly("Breathing 52 a minute is fast for 8 months (limit 50).");
  }

  /** One case at, and one just inside, each limit. */
  @ParameterizedTest
  @CsvSource({
    "30, YEARS, HEART_RATE, 49, red",
    "30, YEARS, HEART_RATE, 50, orange",
    "30, YEARS, HEART_RATE, 59, orange",
    "30, YEARS, HEART_RATE, 60, green",
    "30, YEARS, HEART_RATE, 130, green",
    "30, YEARS, HEART_RATE, 131, orange",
    "30, YEARS, HEART_RATE, 150, orange",
    "30, YEARS, HEART_RATE, 151, red",
    "30, YEARS, RESPIRATORY_RATE, 9, orange",
    "30, YEARS, RESPIRATORY_RATE, 10, green",
    "30, YEARS, RESPIRATORY_RATE, 30, green",
    "30, YEARS, RESPIRATORY_RATE, 31, orange",
    "30, YEARS, TEMPERATURE, 35.9, orange",
    "30, YEARS, TEMPERATURE, 36, green",
    "30, YEARS, TEMPERATURE, 39, green",
    "30, YEARS, TEMPERATURE, 39.1, orange",
    "30, YEARS, OXYGEN_SATURATION, 92, green",
    "30, YEARS, OXYGEN_SATURATION, 91, orange",
    "30, YEARS, CAPILLARY_REFILL, 3, green",
    "30, YEARS, CAPILLARY_REFILL, 3.5, red",
    "2, YEARS, CAPILLARY_REFILL, 4, red",
    "30, YEARS, GLUCOSE, 2.9, orange",
    "59, DAYS, RESPIRATORY_RATE, 59, green",
    "59, DAYS, RESPIRATORY_RATE, 60, orange",
    "60, DAYS, RESPIRATORY_RATE, 50, orange",
    "11, MONTHS, RESPIRATORY_RATE, 49, green",
    "12, MONTHS, RESPIRATORY_RATE, 40, orange",
    "12, MONTHS, RESPIRATORY_RATE, 39, green",
    "4, YEARS, RESPIRATORY_RATE, 40, orange",
    "5, YEARS, RESPIRATORY_RATE, 30, green",
    "5, YEARS, RESPIRATORY_RATE, 31, orange",
    "11, YEARS, HEART_RATE, 141, orange",
    "12, YEARS, HEART_RATE, 141, orange",
    "11, YEARS, HEART_RATE, 151, orange",
    "12, YEARS, HEART_RATE, 151, red",
    "5, DAYS, TEMPERATURE, 37.5, orange",
    "5, DAYS, TEMPERATURE, 37.4, green",
    "5, DAYS, TEMPERATURE, 35.4, orange",
    "3, MONTHS, TEMPERATURE, 38, green",
    "3, YEARS, MUAC, 114, yellow",
    "3, YEARS, MUAC, 115, green",
    "7, YEARS, MUAC, 114, green"
  })
  void vital_signs_lift_by_age(
      int value,
      org.consilium.records.patient.AgeUnit unit,
      VitalCode code,
      double measured,
      String urgency) {
    var triage = triage(new Age(value, unit), List.of(vital(code, measured)));
    assertThat(triage.urgency().wire()).isEqualTo(urgency);
  }

  @Test
  void the_newest_measurement_counts() {
    var before = new VitalSign(VitalCode.HEART_RATE, 160, "/min", at("08:00"), Optional.empty());
    var after = new VitalSign(VitalCode.HEART_RATE, 90, "/min", at("09:00"), Optional.empty());
    assertThat(triage(ADULT, List.of(after, before)).urgency()).isEqualTo(Urgency.GREEN);
    assertThat(triage(ADULT, List.of(after, vital(VitalCode.HEART_RATE, 160))).urgency())
        .isEqualTo(Urgency.RED);
  }

  @ParameterizedTest
  @CsvSource({"ALERT, GREEN", "VOICE, ORANGE", "PAIN, ORANGE", "UNRESPONSIVE, RED"})
  void consciousness_counts(Consciousness state, Urgency urgency) {
    var findings =
        new TriageFindings(
            ADULT, Sex.MALE, Optional.empty(), Optional.of(state), List.of(), List.of());
    assertThat(Assessing.triage(RULES, findings).urgency()).isEqualTo(urgency);
  }

  @Test
  void every_danger_sign_that_is_present_has_its_own_urgency_and_sentence() {
    for (var sign : RULES.dangerSigns()) {
      var age = Age.days(sign.fromAgeDays().orElse(4383));
      var findings =
          new TriageFindings(
              age,
              Sex.FEMALE,
              Optional.of(new Pregnancy(Pregnancy.State.YES, Optional.empty())),
              Optional.empty(),
              List.of(),
              List.of(new DangerSignAnswer(sign.code(), true)));
      var triage = Assessing.triage(RULES, findings);
      assertThat(triage.urgency()).as(sign.code()).isEqualTo(sign.urgency());
      assertThat(triage.reasons())
          .extracting(Triage.Reason::sentence)
          .containsExactly(sign.label() + ".");
    }
  }

  @Test
  void a_sign_looked_for_and_not_found_is_no_reason() {
    assertThat(with(ADULT, false, List.of(), List.of("convulsing")).urgency())
        .isEqualTo(Urgency.RED);
    var absent =
        new TriageFindings(
            ADULT,
            Sex.MALE,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(new DangerSignAnswer("convulsing", false)));
    assertThat(Assessing.triage(RULES, absent).reasons()).isEmpty();
  }

  @Test
  void pregnancy_has_its_own_signs_and_pressures() {
    var pressures = List.of(vital(VitalCode.SYSTOLIC, 160), vital(VitalCode.DIASTOLIC, 100));
    assertThat(with(ADULT, true, pressures, List.of()).urgency()).isEqualTo(Urgency.RED);
    assertThat(with(ADULT, false, pressures, List.of()).urgency()).isEqualTo(Urgency.GREEN);
    assertThat(with(ADULT, true, List.of(vital(VitalCode.DIASTOLIC, 110)), List.of()).urgency())
        .isEqualTo(Urgency.RED);
    assertThat(with(ADULT, true, List.of(vital(VitalCode.SYSTOLIC, 159)), List.of()).urgency())
        .isEqualTo(Urgency.GREEN);
    assertThat(with(ADULT, false, List.of(), List.of("pregnant-labour")).urgency())
        .isEqualTo(Urgency.GREEN);
  }

  @Test
  void two_signs_of_the_brain_together_are_red() {
    var fever = List.of(vital(VitalCode.TEMPERATURE, 39.5));
    assertThat(with(ADULT, false, fever, List.of()).urgency()).isEqualTo(Urgency.ORANGE);
    assertThat(with(ADULT, false, List.of(), List.of("stiff-neck")).urgency())
        .isEqualTo(Urgency.YELLOW);
    var both = with(ADULT, false, fever, List.of("stiff-neck"));
    assertThat(both.urgency()).isEqualTo(Urgency.RED);
    assertThat(both.reasons().getFirst().code()).isEqualTo("brain-or-meninges");
  }

  @Test
  void only_signs_that_apply_must_be_answered() {
    assertThat(triage(ADULT, List.of()).unanswered())
        .contains("convulsing", "severe-headache")
        .doesNotContain("infant-not-feeding", "child-lethargic", "pregnant-labour")
        .doesNotContain("acute-chest-belly-pain-over-50");
    assertThat(triage(Age.years(51), List.of()).unanswered())
        .contains("acute-chest-belly-pain-over-50");
    assertThat(triage(Age.days(5), List.of()).unanswered())
        .contains("infant-not-feeding", "child-lethargic")
        .doesNotContain("child-cannot-drink", "severe-headache");
    assertThat(with(ADULT, true, List.of(), List.of()).unanswered()).contains("pregnant-labour");
  }

  @Test
  void a_sign_is_answered_by_yes_or_by_no() {
    var findings =
        new TriageFindings(
            ADULT,
            Sex.MALE,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            RULES.dangerSigns().stream().map(s -> new DangerSignAnswer(s.code(), false)).toList());
    assertThat(Assessing.triage(RULES, findings).unanswered()).isEmpty();
  }

  @Test
  void rules_that_nobody_approved_say_so() {
    assertThat(RULES.approval()).contains("needs a clinician's approval");
  }

  private static Triage triage(Age age, List<VitalSign> vitals) {
    return with(age, false, vitals, List.of());
  }

  private static Triage with(
      Age age, boolean pregnant, List<VitalSign> vitals, List<String> present) {
    var answers = new ArrayList<DangerSignAnswer>();
    present.forEach(code -> answers.add(new DangerSignAnswer(code, true)));
    var state = pregnant ? Pregnancy.State.YES : Pregnancy.State.NO;
    return Assessing.triage(
        RULES,
        new TriageFindings(
            age,
            Sex.FEMALE,
            Optional.of(new Pregnancy(state, Optional.empty())),
            Optional.empty(),
            vitals,
            answers));
  }

  private static VitalSign vital(VitalCode code, double value) {
    var unit = RULES.vitalsByCode().get(code).unit();
    return new VitalSign(code, value, unit, Optional.empty(), Optional.empty());
  }

  private static Optional<Instant> at(String time) {
    return Optional.of(Instant.parse("2026-03-02T" + time + ":00Z"));
  }
}
