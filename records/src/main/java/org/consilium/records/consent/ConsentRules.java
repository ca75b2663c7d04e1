package org.consilium.records.consent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
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
      checkGiver(consent, age, pointer, errors);
      if (inForce.stream().noneMatch(text -> isTextOf(consent, text))) {
        errors.add(
            new FieldError(
                pointer + "/textVersion", "This text is not in force; load the form again."));
      }
    }
    for (var needed : NEEDED) {
      if (consents.stream().noneMatch(consent -> consent.grants(needed))) {
        errors.add(new FieldError("/consents", sentence(needed)));
      }
    }
    return errors;
  }

  private static void checkGiver(
      NewConsent consent, Age age, String pointer, List<FieldError> errors) {
    switch (consent.givenBy()) {
      case PATIENT -> {
        if (age.isUnderTwelve()) {
          errors.add(
              new FieldError(
                  pointer + "/givenBy", "A guardian decides for a child under 12 years."));
        }
      }
      case GUARDIAN -> {
        if (consent.relation().filter(relation -> !relation.isBlank()).isEmpty()) {
          errors.add(
              new FieldError(
                  pointer + "/relation", "Say what the guardian is to the patient, e.g. mother."));
        }
      }
      case EMERGENCY_WAIVER -> {
        if (consent.waiverReason().filter(reason -> !reason.isBlank()).isEmpty()) {
          errors.add(
              new FieldError(
                  pointer + "/waiverReason", "Say why nobody could be asked before sending."));
        }
      }
    }
    if (consent.form() == Form.NONE && consent.givenBy() != GivenBy.EMERGENCY_WAIVER) {
      errors.add(new FieldError(pointer + "/form", "Say how the consent was given."));
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
