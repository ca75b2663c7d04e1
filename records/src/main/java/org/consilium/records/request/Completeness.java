package org.consilium.records.request;

import java.util.ArrayList;
import java.util.List;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Sentence;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.AgeUnit;
import org.consilium.records.patient.Patient;
import org.consilium.records.patient.Sex;
import org.consilium.records.triage.Pregnancy;
import org.consilium.records.triage.Triage;
import org.consilium.records.triage.TriageRules;
import org.consilium.records.triage.VitalCode;

/** What a request must hold before it may be sent. Pointers into the form's content. */
final class Completeness {
  private static final int PREGNANCY_ASKED_FROM_YEARS = 10;
  private static final int PREGNANCY_ASKED_TO_YEARS = 55;

  private final List<FieldError> errors = new ArrayList<>();

  private Completeness() {}

  /** Everything that is still missing, one rule after the other. */
  static List<FieldError> check(
      RequestContent content, Patient.Shared patient, TriageRules rules, Triage triage) {
    var check = new Completeness();
    check.asksAQuestion(content);
    check.answersEveryDangerSign(rules, triage);
    check.weighsAChild(content, patient.age());
    check.saysWhetherPregnant(content, patient);
    return check.errors;
  }

  /** Holds what the clinician asks for against what was computed. Pointers into the submission. */
  static List<FieldError> checkUrgency(Submission submission, Triage triage) {
    boolean explained = submission.urgencyReason().filter(reason -> !reason.isBlank()).isPresent();
    return submission.urgency().isLessUrgentThan(triage.urgency()) && !explained
        ? List.of(
            new FieldError(
                "/urgencyReason",
                Sentence.of(
                        "field.urgency-lower",
                        "The findings mean {urgencyNow}; say why {urgency} is enough.")
                    .with("urgencyNow", triage.urgency().wire())
                    .with("urgency", submission.urgency().wire())))
        : List.of();
  }

  private void asksAQuestion(RequestContent content) {
    if (content.question().isEmpty()) {
      errors.add(
          new FieldError("/situation/question", "Ask the specialist one question in a sentence."));
    }
  }

  private void answersEveryDangerSign(TriageRules rules, Triage triage) {
    var signs = rules.signsByCode();
    for (var code : triage.unanswered()) {
      errors.add(
          new FieldError(
              "/assessment/dangerSigns",
              Sentence.of("field.danger-sign", "Answer yes or no: {sign}.")
                  .with("sign", code, signs.get(code).label())));
    }
  }

  private void weighsAChild(RequestContent content, Age age) {
    if (age.isUnderTwelve()
        && content.vitals().stream().noneMatch(sign -> sign.code() == VitalCode.WEIGHT)) {
      errors.add(
          new FieldError(
              "/assessment/vitals", "Weigh the child: under 12 years a dose needs the weight."));
    }
  }

  private void saysWhetherPregnant(RequestContent content, Patient.Shared patient) {
    boolean asked =
        patient.sex() == Sex.FEMALE
            && patient.age().inDays() >= new Age(PREGNANCY_ASKED_FROM_YEARS, AgeUnit.YEARS).inDays()
            && patient.age().inDays() < new Age(PREGNANCY_ASKED_TO_YEARS, AgeUnit.YEARS).inDays();
    if (asked && content.pregnancy().isEmpty()) {
      errors.add(
          new FieldError(
              "/background/pregnancy", "Say whether she is pregnant; unknown is an answer."));
    }
    boolean impossible =
        patient.sex() == Sex.MALE && content.pregnancy().filter(Pregnancy::isPregnant).isPresent();
    if (impossible) {
      errors.add(
          new FieldError("/background/pregnancy/state", "The patient is registered as male."));
    }
  }
}
