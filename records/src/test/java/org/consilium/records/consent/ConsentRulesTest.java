package org.consilium.records.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.http.FieldError;
import org.consilium.records.consent.NewConsent.Decision;
import org.consilium.records.consent.NewConsent.Form;
import org.consilium.records.consent.NewConsent.GivenBy;
import org.consilium.records.patient.Age;
import org.junit.jupiter.api.Test;

class ConsentRulesTest {
  private static final List<ConsentText> TEXTS =
      Stream.of(ConsentPurpose.values())
          .map(purpose -> new ConsentText(purpose, "sw", "1", "…", false))
          .toList();

  private final NewConsent advice = granted(ConsentPurpose.ADVICE);
  private final NewConsent abroad = granted(ConsentPurpose.STORAGE_ABROAD);

  @Test
  void advice_and_keeping_abroad_are_both_needed() {
    assertThat(refused(advice, abroad)).isEmpty();
    assertThat(refused(advice)).containsExactly("/consents");
    assertThat(refused(abroad)).containsExactly("/consents");
  }

  @Test
  void a_no_is_no_consent() {
    assertThat(refused(with(Decision.REFUSED, GivenBy.PATIENT, null, Form.SPOKEN, null), abroad))
        .containsExactly("/consents");
  }

  @Test
  void a_guardian_says_who_they_are() {
    assertThat(refused(with(Decision.GRANTED, GivenBy.GUARDIAN, " ", Form.THUMB, null), abroad))
        .containsExactly("/consents/0/relation");
    assertThat(refused(with(Decision.GRANTED, GivenBy.GUARDIAN, "aunt", Form.THUMB, null), abroad))
        .isEmpty();
  }

  @Test
  void a_waiver_needs_its_reason() {
    var waiver = GivenBy.EMERGENCY_WAIVER;
    assertThat(refused(with(Decision.GRANTED, waiver, null, Form.NONE, null), abroad))
        .containsExactly("/consents/0/waiverReason");
    assertThat(refused(with(Decision.GRANTED, waiver, null, Form.NONE, "unconscious"), abroad))
        .isEmpty();
  }

  @Test
  void only_a_waiver_has_no_form() {
    assertThat(refused(with(Decision.GRANTED, GivenBy.PATIENT, null, Form.NONE, null), abroad))
        .containsExactly("/consents/0/form");
  }

  @Test
  void a_child_does_not_decide_alone() {
    assertThat(pointers(Age.years(11), advice, abroad))
        .containsExactly("/consents/0/givenBy", "/consents/1/givenBy");
  }

  @Test
  void a_purpose_is_decided_once_and_by_a_text_in_force() {
    assertThat(refused(advice, abroad, advice)).containsExactly("/consents/2/purpose");
    var old =
        new NewConsent(
            ConsentPurpose.ADVICE,
            Decision.GRANTED,
            GivenBy.PATIENT,
            Optional.empty(),
            Form.SPOKEN,
            "sw",
            "0",
            Optional.empty(),
            Optional.empty());
    assertThat(refused(old, abroad)).containsExactly("/consents/0/textVersion");
  }

  private static NewConsent granted(ConsentPurpose purpose) {
    return new NewConsent(
        purpose,
        Decision.GRANTED,
        GivenBy.PATIENT,
        Optional.empty(),
        Form.SPOKEN,
        "sw",
        "1",
        Optional.empty(),
        Optional.empty());
  }

  private static NewConsent with(
      Decision decision, GivenBy by, String relation, Form form, String waiverReason) {
    return new NewConsent(
        ConsentPurpose.ADVICE,
        decision,
        by,
        Optional.ofNullable(relation),
        form,
        "sw",
        "1",
        Optional.empty(),
        Optional.ofNullable(waiverReason));
  }

  private static List<String> refused(NewConsent... consents) {
    return pointers(Age.years(30), consents);
  }

  private static List<String> pointers(Age age, NewConsent... consents) {
    return ConsentRules.check(List.of(consents), age, TEXTS).stream()
        .map(FieldError::pointer)
        .toList();
  }
}
