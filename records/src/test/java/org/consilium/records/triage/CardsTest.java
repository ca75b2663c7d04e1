package org.consilium.records.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.AgeUnit;
import org.consilium.records.patient.Sex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edges of both triage cards and of the scores, version 2026-2. */
class CardsTest {
  private static final TriageRules RULES = TriageCatalogue.shipped("2026-2");

  @ParameterizedTest(name = "{0} {1}, AVPU {2}, {3}: {4}")
  @CsvSource({
    // 12 years and over
    "12, YEARS, ALERT, '', green",
    "12, YEARS, PAIN, '', orange",
    "12, YEARS, ALERT, violent, red",
    "12, YEARS, ALERT, severe-headache, yellow",
    "12, YEARS, ALERT, 'severe-headache stiff-neck', red",
    "12, YEARS, ALERT, 'agitated stiff-neck', red",
    "12, YEARS, ALERT, child-lethargic, green",
    "49, YEARS, ALERT, acute-chest-belly-pain-over-50, green",
    "50, YEARS, ALERT, acute-chest-belly-pain-over-50, red",
    // under 12
    "11, YEARS, ALERT, violent, green",
    "11, YEARS, ALERT, child-lethargic, red",
    "11, YEARS, VOICE, '', orange",
    "11, YEARS, PAIN, '', red",
    "11, YEARS, ALERT, some-dehydration, yellow",
    "11, YEARS, ALERT, severe-dehydration, red",
    "11, YEARS, ALERT, chest-indrawing, orange",
    "11, YEARS, ALERT, assault-or-exposure, yellow",
    "11, YEARS, ALERT, ongoing-bleeding, yellow",
    "17, MONTHS, ALERT, bulging-soft-spot, yellow",
    "17, MONTHS, ALERT, 'bulging-soft-spot stiff-neck', red",
    "17, MONTHS, ALERT, 'child-inconsolable stiff-neck', red",
    "2, YEARS, ALERT, bulging-soft-spot, green",
    "2, MONTHS, ALERT, child-cannot-drink, red",
    "59, DAYS, ALERT, child-cannot-drink, green",
    "59, DAYS, ALERT, infant-not-feeding, red",
    "60, DAYS, ALERT, infant-not-feeding, green",
    "59, DAYS, ALERT, infant-jaundice, orange",
    "7, DAYS, ALERT, '', yellow",
    "8, DAYS, ALERT, '', green",
  })
  void signs_count_on_their_card(
      int value, AgeUnit unit, Consciousness state, String signs, String urgency) {
    var findings = findings(new Age(value, unit), Optional.empty(), state, signs);
    assertThat(Assessing.triage(RULES, findings).urgency().wire()).isEqualTo(urgency);
  }

  @Test
  void every_sign_of_the_version_before_is_still_known() {
    var known = RULES.signsByCode().keySet();
    TriageCatalogue.shipped("2026-1")
        .dangerSigns()
        .forEach(sign -> assertThat(known).contains(sign.code()));
  }

  @ParameterizedTest(name = "NEWS2 of {0} {1} is {2}")
  @CsvSource({
    "RESPIRATORY_RATE, 8, 3",
    "RESPIRATORY_RATE, 9, 1",
    "RESPIRATORY_RATE, 11, 1",
    "RESPIRATORY_RATE, 12, 0",
    "RESPIRATORY_RATE, 20, 0",
    "RESPIRATORY_RATE, 21, 2",
    "RESPIRATORY_RATE, 24, 2",
    "RESPIRATORY_RATE, 25, 3",
    "OXYGEN_SATURATION, 91, 3",
    "OXYGEN_SATURATION, 92, 2",
    "OXYGEN_SATURATION, 93, 2",
    "OXYGEN_SATURATION, 94, 1",
    "OXYGEN_SATURATION, 95, 1",
    "OXYGEN_SATURATION, 96, 0",
    "OXYGEN_FLOW, 0, 0",
    "OXYGEN_FLOW, 0.5, 2",
    "SYSTOLIC, 90, 3",
    "SYSTOLIC, 91, 2",
    "SYSTOLIC, 100, 2",
    "SYSTOLIC, 101, 1",
    "SYSTOLIC, 110, 1",
    "SYSTOLIC, 111, 0",
    "SYSTOLIC, 219, 0",
    "SYSTOLIC, 220, 3",
    "HEART_RATE, 40, 3",
    "HEART_RATE, 41, 1",
    "HEART_RATE, 50, 1",
    "HEART_RATE, 51, 0",
    "HEART_RATE, 90, 0",
    "HEART_RATE, 91, 1",
    "HEART_RATE, 110, 1",
    "HEART_RATE, 111, 2",
    "HEART_RATE, 130, 2",
    "HEART_RATE, 131, 3",
    "TEMPERATURE, 35, 3",
    "TEMPERATURE, 35.1, 1",
    "TEMPERATURE, 36, 1",
    "TEMPERATURE, 36.1, 0",
    "TEMPERATURE, 38, 0",
    "TEMPERATURE, 38.1, 1",
    "TEMPERATURE, 39, 1",
    "TEMPERATURE, 39.1, 2",
  })
  void each_measurement_has_its_points(VitalCode code, double value, int points) {
    assertThat(score(Age.years(16), Optional.empty(), Consciousness.ALERT, code, value).total())
        .isEqualTo(points);
  }

  @ParameterizedTest(name = "{0} {1}, pregnant {2}: {3}")
  @CsvSource({
    "59, DAYS, , child-0-1-months",
    "60, DAYS, , child-2-11-months",
    "11, MONTHS, , child-2-11-months",
    "12, MONTHS, , child-1-4-years",
    "4, YEARS, , child-1-4-years",
    "5, YEARS, , child-5-11-years",
    "12, YEARS, , child-12-15-years",
    "15, YEARS, , child-12-15-years",
    "16, YEARS, , news2",
    "30, YEARS, 19, news2",
    "30, YEARS, 20, obstetric",
    "30, YEARS, -1, obstetric",
    "15, YEARS, 24, obstetric",
  })
  void the_score_is_the_one_for_the_age_or_the_pregnancy(
      int value, AgeUnit unit, Integer weeks, String code) {
    var pregnancy =
        Optional.ofNullable(weeks)
            .map(w -> new Pregnancy(Pregnancy.State.YES, Optional.of(w).filter(n -> n >= 0)));
    var counted =
        score(new Age(value, unit), pregnancy, Consciousness.ALERT, VitalCode.HEART_RATE, 100);
    assertThat(counted.code()).isEqualTo(code);
  }

  @ParameterizedTest(name = "{0} {1}, heart {2}, breathing {3}: {4} points")
  @CsvSource({
    "1, YEARS, 140, 35, 0",
    "1, YEARS, 141, 36, 2",
    "1, YEARS, 160, 49, 4",
    "1, YEARS, 161, 50, 6",
    "5, YEARS, 120, 25, 0",
    "5, YEARS, 141, 40, 6",
    "3, MONTHS, 160, 45, 0",
    "3, MONTHS, 181, 60, 6",
    "20, DAYS, 160, 55, 0",
    "20, DAYS, 79, 19, 6",
  })
  void a_child_is_scored_by_its_age(
      int value, AgeUnit unit, double heart, double breathing, int total) {
    var findings = findings(new Age(value, unit), Optional.empty(), Consciousness.ALERT, "");
    findings = with(findings, VitalCode.HEART_RATE, heart);
    findings = with(findings, VitalCode.RESPIRATORY_RATE, breathing);
    assertThat(Assessing.triage(RULES, findings).score().orElseThrow().total()).isEqualTo(total);
  }

  @Test
  void seven_is_an_emergency_five_is_urgent_and_three_alone_is_more_than_nothing() {
    var seven = findings(Age.years(40), Optional.empty(), Consciousness.VOICE, "");
    seven = with(seven, VitalCode.OXYGEN_SATURATION, 93);
    seven = with(seven, VitalCode.SYSTOLIC, 95);
    var triage = Assessing.triage(RULES, seven);
    assertThat(triage.urgency()).isEqualTo(Urgency.RED);
    assertThat(triage.reasons().getFirst().sentence())
        .isEqualTo(
            "NEWS2 is 7 or more (Consciousness 3, Oxygen saturation 2, Upper blood pressure 2).");
    assertThat(triage.score().orElseThrow().missing())
        .containsExactly("Breathing rate", "Heart rate", "Temperature");

    var five = findings(Age.years(40), Optional.empty(), Consciousness.ALERT, "");
    five = with(five, VitalCode.RESPIRATORY_RATE, 22);
    five = with(five, VitalCode.OXYGEN_SATURATION, 95);
    five = with(five, VitalCode.HEART_RATE, 112);
    assertThat(Assessing.triage(RULES, five).urgency()).isEqualTo(Urgency.ORANGE);
    var three = score(Age.years(40), Optional.empty(), Consciousness.ALERT, VitalCode.SYSTOLIC, 90);
    assertThat(three.urgency()).contains(Urgency.YELLOW);
    var two = score(Age.years(40), Optional.empty(), Consciousness.ALERT, VitalCode.SYSTOLIC, 95);
    assertThat(two.urgency()).isEmpty();
  }

  @Test
  void nothing_measured_is_no_score_and_not_a_good_one() {
    var findings = findings(Age.years(40), Optional.empty(), Consciousness.ALERT, "severe-pain");
    assertThat(Assessing.triage(RULES, findings).score()).isEmpty();
  }

  @Test
  void a_danger_sign_of_a_form_counts_like_any_other() {
    var plain = findings(Age.years(40), Optional.empty(), Consciousness.ALERT, "");
    var withSign =
        new TriageFindings(
            plain.age(),
            plain.sex(),
            plain.pregnancy(),
            plain.consciousness(),
            plain.vitals(),
            plain.dangerSigns(),
            List.of(new FormSign("eye.chemical", Urgency.RED, "Chemical in the eye.")));
    var triage = Assessing.triage(RULES, withSign);
    assertThat(triage.urgency()).isEqualTo(Urgency.RED);
    assertThat(triage.reasons()).extracting(Triage.Reason::code).containsExactly("eye.chemical");
  }

  private static Score score(
      Age age, Optional<Pregnancy> pregnancy, Consciousness state, VitalCode code, double value) {
    var findings = with(findings(age, pregnancy, state, ""), code, value);
    return Assessing.triage(RULES, findings).score().orElseThrow();
  }

  private static TriageFindings findings(
      Age age, Optional<Pregnancy> pregnancy, Consciousness state, String signs) {
    var present =
        Arrays.stream(signs.split(" "))
            .filter(code -> !code.isEmpty())
            .map(code -> new DangerSignAnswer(code, true))
            .toList();
    return new TriageFindings(age, Sex.FEMALE, pregnancy, Optional.of(state), List.of(), present);
  }

  private static TriageFindings with(TriageFindings findings, VitalCode code, double value) {
    var unit = RULES.vitalsByCode().get(code).unit();
    var vitals = new ArrayList<>(findings.vitals());
    vitals.add(new VitalSign(code, value, unit, Optional.empty(), Optional.empty()));
    return new TriageFindings(
        findings.age(),
        findings.sex(),
        findings.pregnancy(),
        findings.consciousness(),
        vitals,
        findings.dangerSigns());
  }
}
