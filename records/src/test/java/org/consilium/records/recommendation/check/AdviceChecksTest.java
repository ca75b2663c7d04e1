package org.consilium.records.recommendation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.records.capability.Capabilities;
import org.consilium.records.capability.Capabilities.Available;
import org.consilium.records.capability.Capabilities.Capability;
import org.consilium.records.capability.CapabilityProfile;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Allergies;
import org.consilium.records.patient.Sex;
import org.consilium.records.recommendation.RecommendationContent;
import org.consilium.records.recommendation.check.AdviceChecks.Severity;
import org.consilium.records.recommendation.check.AdviceChecks.Warning;
import org.consilium.records.recommendation.check.CaseFacts.Facts;
import org.consilium.records.triage.Pregnancy;
import org.junit.jupiter.api.Test;

/** Each rule with its edges, over the shipped formulary. */
class AdviceChecksTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Allergies NONE = new Allergies(Allergies.State.NONE, List.of());

  private Age age = Age.years(30);
  private Sex sex = Sex.FEMALE;
  private Optional<BigDecimal> weight = Optional.of(BigDecimal.valueOf(61));
  private Optional<Pregnancy.State> pregnancy = Optional.of(Pregnancy.State.NO);
  private Allergies allergies = NONE;
  private String medicines = "";
  private Optional<CapabilityProfile> site = Optional.of(profile(NOW));

  @Test
  void an_adults_dose_is_held_against_the_single_and_the_daily_maximum() {
    assertThat(codes(drug("paracetamol", 1000, "mg", 4))).isEmpty();
    assertThat(codes(drug("paracetamol", 1001, "mg", 3))).containsExactly("dose-over-max");
    assertThat(codes(drug("paracetamol", 1000, "mg", 5))).containsExactly("day-over-max");
    assertThat(codes(drug("Paracetamol 500 mg tablets", 1, "g", 4))).isEmpty();
    assertThat(codes(drug("acetaminophen", 2, "g", 4)))
        .containsExactly("dose-over-max", "day-over-max");
  }

  @Test
  void a_childs_dose_is_held_against_the_weight() {
    age = Age.months(24);
    weight = Optional.of(BigDecimal.TEN);
    assertThat(codes(drug("paracetamol", 150, "mg", 4))).isEmpty();
    assertThat(codes(drug("paracetamol", 151, "mg", 3))).containsExactly("dose-over-max");
    assertThat(codes(drug("paracetamol", 150, "mg", 5))).containsExactly("day-over-max");
    age = Age.years(11);
    weight = Optional.of(BigDecimal.valueOf(90));
    assertThat(codes(drug("paracetamol", 1001, "mg", 3)))
        .as("never more than an adult's")
        .containsExactly("dose-over-max");
  }

  @Test
  void under_twelve_years_no_dose_goes_without_the_weight() {
    weight = Optional.empty();
    age = Age.years(11);
    assertThat(codes(drug("paracetamol", 150, "mg", 4))).containsExactly("weight-missing");
    assertThat(codes(advice("\"drug\": \"paracetamol\""))).contains("weight-missing");
    age = Age.years(12);
    assertThat(codes(drug("paracetamol", 150, "mg", 4))).isEmpty();
  }

  @Test
  void the_weight_reckoned_with_is_the_patients_and_the_amount_follows_from_it() {
    age = Age.months(12);
    weight = Optional.of(new BigDecimal("8.2"));
    assertThat(codes(perKg(120, 15, "8.2"))).isEmpty();
    assertThat(codes(perKg(120, 15, "9.0"))).isEmpty();
    assertThat(codes(perKg(120, 15, "9.1"))).containsExactly("weight-differs");
    assertThat(codes(perKg(90, 15, "8.2"))).containsExactly("dose-not-per-kg");
    assertThat(codes(perKg(120, 15, "0"))).contains("weight-impossible");
    assertThat(codes(perKg(120, 15, "401"))).contains("weight-impossible");
  }

  @Test
  void only_impossible_values_stop() {
    assertThat(stops(drug("paracetamol", 0, "mg", 3))).containsExactly("dose-impossible");
    assertThat(stops(drug("paracetamol", -5, "mg", 3))).containsExactly("dose-impossible");
    assertThat(stops(drug("paracetamol", 10_000, "mg", 1))).isEmpty();
    assertThat(stops(drug("paracetamol", 10_001, "mg", 1))).containsExactly("dose-impossible");
    assertThat(stops(drug("paracetamol", 500, "g", 1))).containsExactly("dose-impossible");
  }

  @Test
  void what_cannot_be_compared_is_said() {
    assertThat(codes(drug("paracetamol", 2, "tablet", 3))).containsExactly("unit-not-checked");
    assertThat(codes(drug("moonwort", 2, "mg", 3)))
        .containsExactly("not-in-formulary", "drug-not-listed");
    assertThat(codes(advice("\"drug\": \"paracetamol\""))).containsExactly("dose-not-checked");
    assertThat(
            codes(
                advice(
                    "\"drug\": \"paracetamol\", \"amount\": {\"value\": 500, \"unit\": \"mg\"}")))
        .containsExactly("day-not-checked");
  }

  @Test
  void too_young_for_a_drug() {
    weight = Optional.of(BigDecimal.valueOf(40));
    age = Age.years(11);
    assertThat(codes(drug("codeine", 30, "mg", 3))).containsExactly("too-young");
    age = Age.years(12);
    assertThat(codes(drug("codeine", 30, "mg", 3))).isEmpty();
  }

  @Test
  void the_day_that_the_advice_states_itself() {
    assertThat(
            codes(
                advice(
                    """
                    "drug": "paracetamol", "amount": {"value": 1, "unit": "g"}, "timesPerDay": 3,
                    "maxPerDay": {"value": 2, "unit": "g"}\
                    """)))
        .containsExactly("day-over-stated");
  }

  @Test
  void an_allergy_to_the_drug_to_its_class_and_across_classes() {
    allergies = listed("Amoxicillin: rash");
    assertThat(codes(drug("amoxicillin", 500, "mg", 3))).containsExactly("allergy");
    assertThat(codes(drug("cloxacillin", 500, "mg", 4))).containsExactly("allergy");
    assertThat(codes(drug("ceftriaxone", 1, "g", 1))).containsExactly("allergy-cross");
    assertThat(codes(drug("azithromycin", 500, "mg", 1))).isEmpty();
    allergies = listed("PENICILLINS");
    assertThat(codes(drug("amoxicillin", 500, "mg", 3))).containsExactly("allergy");
    allergies = listed("sulfa drugs");
    assertThat(codes(drug("co-trimoxazole", 960, "mg", 2))).containsExactly("allergy");
    assertThat(codes(drug("furosemide", 40, "mg", 1))).containsExactly("allergy-cross");
    allergies = listed("moonwort");
    assertThat(codes(drug("Moonwort", 2, "mg", 3))).contains("allergy");
    allergies = new Allergies(Allergies.State.UNKNOWN, List.of());
    assertThat(codes(drug("amoxicillin", 500, "mg", 3))).containsExactly("allergies-unknown");
  }

  @Test
  void a_pregnancy() {
    pregnancy = Optional.of(Pregnancy.State.YES);
    assertThat(codes(drug("doxycycline", 100, "mg", 2))).containsExactly("pregnancy");
    assertThat(codes(drug("metronidazole", 400, "mg", 3))).containsExactly("pregnancy-caution");
    assertThat(codes(drug("amoxicillin", 500, "mg", 3))).isEmpty();
    pregnancy = Optional.empty();
    assertThat(codes(drug("doxycycline", 100, "mg", 2))).containsExactly("pregnancy-unknown");
    age = Age.years(60);
    assertThat(codes(drug("doxycycline", 100, "mg", 2))).isEmpty();
    age = Age.years(30);
    sex = Sex.MALE;
    assertThat(codes(drug("doxycycline", 100, "mg", 2))).isEmpty();
  }

  @Test
  void the_same_drug_twice_and_two_of_a_class() {
    medicines = "Panadol; ibuprofen 400 as needed";
    assertThat(codes(drug("ibuprofen", 400, "mg", 3))).containsExactly("duplicate");
    assertThat(codes(drug("diclofenac", 50, "mg", 2))).containsExactly("duplicate-class");
    medicines = "";
    assertThat(codes(drug("ibuprofen", 400, "mg", 3), drug("Ibuprofen", 200, "mg", 3)))
        .containsExactly("duplicate");
  }

  @Test
  void what_the_site_has() {
    assertThat(codes(drug("gentamicin", 300, "mg", 1))).containsExactly("drug-not-there");
    assertThat(severities(drug("gentamicin", 300, "mg", 1))).containsExactly(Severity.WARNING);
    assertThat(
            severities(
                advice(
                    """
                    "drug": "gentamicin", "amount": {"value": 300, "unit": "mg"}, "timesPerDay": 1,
                    "alternative": "Ceftriaxone\"\
                    """)))
        .containsExactly(Severity.INFO);
    assertThat(codes(drug("ceftriaxone", 1, "g", 1))).isEmpty();
    assertThat(codes(drug("morphine", 10, "mg", 4))).containsExactly("drug-sometimes");
    assertThat(codes(test("Troponin"))).containsExactly("test-not-there");
    assertThat(codes(test("full blood COUNT"))).isEmpty();
    assertThat(codes(test("MRI"))).containsExactly("test-not-listed");
    site = Optional.of(profile(NOW.minus(Duration.ofDays(90))));
    assertThat(codes(test("full blood count"))).isEmpty();
    site = Optional.of(profile(NOW.minus(Duration.ofDays(91))));
    assertThat(codes(test("full blood count"))).containsExactly("test-list-old");
    site = Optional.empty();
    assertThat(codes(test("full blood count"))).containsExactly("test-site-unknown");
  }

  @Test
  void a_reason_stands_with_its_warning() {
    var overruled =
        advice(
            """
            "drug": "paracetamol", "amount": {"value": 1500, "unit": "mg"}, "timesPerDay": 2,
            "overrides": [{"code": "dose-over-max", "reason": "Loading dose"}]\
            """);
    assertThat(check(overruled))
        .first()
        .satisfies(warning -> {
          assertThat(warning.reason()).contains("Loading dose");
          assertThat(warning.text()).contains("1500 mg", "1000 mg");
        });
  }

  @Test
  void the_shipped_formulary_is_whole() {
    var formulary = Formulary.shipped();
    assertThat(formulary.approval()).contains("needs the approval");
    var classes = formulary.drugs().stream().flatMap(drug -> drug.classes().stream()).toList();
    for (var group : formulary.allergyClasses()) {
      assertThat(classes).as(group.name()).contains(group.name()).containsAll(group.crosses());
    }
    for (var drug : formulary.drugs()) {
      assertThat(formulary.find(drug.name())).as(drug.name()).contains(drug);
      if (drug.singleMax().isPresent() && drug.dailyMax().isPresent()) {
        assertThat(drug.dailyMax().get()).isGreaterThanOrEqualTo(drug.singleMax().get());
      }
      if (drug.perKg().isPresent() && drug.perKgMax().isPresent()) {
        assertThat(drug.perKgMax().get()).isGreaterThanOrEqualTo(drug.perKg().get());
      }
    }
  }

  private List<Warning> check(RecommendationContent... advice) {
    var facts = new Facts(age, sex, weight, pregnancy, allergies, medicines, site, NOW);
    return AdviceChecks.check(Formulary.shipped(), facts, List.of(advice));
  }

  /** The drugs that the site of these tests says nothing of are not what is tested. */
  private List<String> codes(RecommendationContent... advice) {
    return check(advice).stream()
        .filter(warning ->
            !warning.code().equals("drug-not-listed") || warning.text().contains("moonwort"))
        .map(Warning::code)
        .toList();
  }

  private List<Severity> severities(RecommendationContent... advice) {
    return check(advice).stream().map(Warning::severity).toList();
  }

  private List<String> stops(RecommendationContent... advice) {
    return check(advice).stream()
        .filter(warning -> warning.severity() == Severity.STOP)
        .map(Warning::code)
        .toList();
  }

  private static RecommendationContent drug(String name, double amount, String unit, int times) {
    return advice(
        "\"drug\": \"%s\", \"amount\": {\"value\": %s, \"unit\": \"%s\"}, \"timesPerDay\": %d"
            .formatted(name, BigDecimal.valueOf(amount).toPlainString(), unit, times));
  }

  private static RecommendationContent perKg(double amount, int perKg, String weight) {
    return advice(
        """
        "drug": "paracetamol", "amount": {"value": %s, "unit": "mg"}, "timesPerDay": 3,
        "perKg": {"value": %d, "weightKg": %s}\
        """
            .formatted(amount, perKg, weight));
  }

  private static RecommendationContent test(String name) {
    return read(
        new TreeMap<>(Map.of("kind", "test", "text", "Do it", "urgency", "today", "test", name)));
  }

  private static RecommendationContent advice(String members) {
    return Json.read(
        ("{\"kind\": \"treatment\", \"text\": \"Give it\", \"urgency\": \"today\", "
                + members
                + "}")
            .getBytes(StandardCharsets.UTF_8),
        RecommendationContent.class);
  }

  private static RecommendationContent read(Map<String, Object> members) {
    return Json.read(Json.write(members), RecommendationContent.class);
  }

  private static Allergies listed(String allergy) {
    return new Allergies(Allergies.State.LISTED, List.of(allergy));
  }

  private static CapabilityProfile profile(Instant confirmedAt) {
    return new CapabilityProfile(
        1,
        new Capabilities(
            List.of(
                new Capability("Gentamicin", Available.NO),
                new Capability("Ceftriaxone", Available.YES),
                new Capability("Morphine", Available.SOMETIMES)),
            List.of(
                new Capability("Full blood count", Available.YES),
                new Capability("troponin", Available.NO))),
        AccountId.random(),
        confirmedAt);
  }
}
