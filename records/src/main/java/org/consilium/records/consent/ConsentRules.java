package org.consilium.records.consent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.FieldError;
import org.consilium.records.consent.NewConsent.Form;
import org.consilium.records.consent.NewConsent.GivenBy;
import org.consilium.records.patient.Age;

/** What consents must say before a request may leave the clinic. */
public final class ConsentRules {
  /** Specialists read and answer from abroad, so both are needed. */
  private static final List<ConsentPurpose> NEEDED =
      List.of(ConsentPurpose.ADVICE, ConsentPurpose.STORAGE_ABROAD);

  private ConsentRules() {}

  /** Whether the case may be read outside the clinic only with a yes to this. */
  static boolean isNeeded(ConsentPurpose purpose) {
    return NEEDED.contains(purpose);
  }

  static List<ConsentPurpose> needed() {
    return NEEDED;
  }

  /** What is amiss with one that is recorded after sending; pointers into the consent. */
  static List<FieldError> checkLater(NewConsent consent, Age age, List<ConsentText> inForce) {
    var errors = new ArrayList<FieldError>();
    if (consent.givenBy() == GivenBy.EMERGENCY_WAIVER) {
      errors.add(
          new FieldError("/givenBy", "A waiver is for sending only; now somebody can be asked."));
    } else {
      checkGiver(consent.givenBy(), consent.relation(), age, "", errors);
      checkForm(consent, "", errors);
    }
    checkText(consent, inForce, "", errors);
    return errors;
  }

  /** What is amiss with taking one back. */
  static List<FieldError> checkWithdrawal(Withdrawal withdrawal, Age age) {
    var errors = new ArrayList<FieldError>();
    if (withdrawal.givenBy() == GivenBy.EMERGENCY_WAIVER) {
      errors.add(new FieldError("/givenBy", "Say whether the patient or a guardian took it back."));
    }
    checkGiver(withdrawal.givenBy(), withdrawal.relation(), age, "", errors);
    if (withdrawal.reason().isBlank()) {
      errors.add(new FieldError("/reason", "Say why; \"did not say\" is an answer too."));
    }
    return errors;
  }

  /** Everything that is missing or contradicts itself; pointers into the submission. */
  public static List<FieldError> check(
      List<NewConsent> consents, Age age, List<ConsentText> inForce) {
    var errors = new ArrayList<FieldError>();
    var seen = EnumSet.noneOf(ConsentPurpose.class);
    for (int i = 0; i < consents.size(); i++) {
      var consent = consents.get(i);
      var pointer = "/consents/" + i;
      if (!seen.add(consent.purpose())) {
        errors.add(new FieldError(pointer + "/purpose", "This purpose is decided twice."));
      }
      checkGiver(consent.givenBy(), consent.relation(), age, pointer, errors);
      if (consent.givenBy() == GivenBy.EMERGENCY_WAIVER
          && consent.waiverReason().filter(reason -> !reason.isBlank()).isEmpty()) {
        errors.add(
            new FieldError(
                pointer + "/waiverReason", "Say why nobody could be asked before sending."));
      }
      checkForm(consent, pointer, errors);
      checkText(consent, inForce, pointer, errors);
    }
    for (var needed : NEEDED) {
      if (consents.stream().noneMatch(consent -> consent.grants(needed))) {
        errors.add(new FieldError("/consents", sentence(needed)));
      }
    }
    return errors;
  }

  private static void checkGiver(
      GivenBy givenBy,
      Optional<String> relation,
      Age age,
      String pointer,
      List<FieldError> errors) {
    switch (givenBy) {
      case PATIENT -> {
        if (age.isUnderTwelve()) {
          errors.add(
              new FieldError(
                  pointer + "/givenBy", "A guardian decides for a child under 12 years."));
        }
      }
      case GUARDIAN -> {
        if (relation.filter(who -> !who.isBlank()).isEmpty()) {
          errors.add(
              new FieldError(
                  pointer + "/relation", "Say what the guardian is to the patient, e.g. mother."));
        }
      }
      case EMERGENCY_WAIVER -> {}
    }
  }

  private static void checkForm(NewConsent consent, String pointer, List<FieldError> errors) {
    if (consent.form() == Form.NONE && consent.givenBy() != GivenBy.EMERGENCY_WAIVER) {
      errors.add(new FieldError(pointer + "/form", "Say how the consent was given."));
    }
  }

  private static void checkText(
      NewConsent consent, List<ConsentText> inForce, String pointer, List<FieldError> errors) {
    if (inForce.stream().noneMatch(text -> isTextOf(consent, text))) {
      errors.add(
          new FieldError(
              pointer + "/textVersion", "This text is not in force; load the form again."));
    }
  }

  private static boolean isTextOf(NewConsent consent, ConsentText text) {
    return text.purpose() == consent.purpose()
        && text.language().equals(consent.language())
        && text.version().equals(consent.textVersion());
  }

  private static String sentence(ConsentPurpose needed) {
    return needed == ConsentPurpose.ADVICE
        ? "The patient must agree that a colleague is asked for advice (or an emergency waiver)."
        : "The patient must agree that the case is read and kept abroad (or an emergency waiver).";
  }
}
