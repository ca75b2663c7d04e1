package org.consilium.records.request;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.records.form.Answers;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Sex;
import org.consilium.records.triage.Consciousness;
import org.consilium.records.triage.DangerSignAnswer;
import org.consilium.records.triage.FormSign;
import org.consilium.records.triage.Pregnancy;
import org.consilium.records.triage.TriageFindings;
import org.consilium.records.triage.VitalSign;

/**
 * The case form in the order of SBAR: situation, background, assessment, recommendation wanted.
 *
 * @param answers to the forms that ask more, each kept with the version it was given to
 */
public record RequestContent(
    PatientId patientId,
    Optional<SiteId> siteId,
    ConsultMode mode,
    Optional<String> specialty,
    String language,
    Optional<Situation> situation,
    Optional<Background> background,
    Optional<Assessment> assessment,
    Optional<Wanted> recommendation,
    List<Answers> answers) {
  public RequestContent {
    Objects.requireNonNull(patientId, "patientId");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(language, "language");
    answers = answers == null ? List.of() : List.copyOf(answers);
  }

  /** The same with other answers to forms. */
  RequestContent with(List<Answers> kept) {
    return new RequestContent(
        patientId,
        siteId,
        mode,
        specialty,
        language,
        situation,
        background,
        assessment,
        recommendation,
        kept);
  }

  /** What is asked, and where the patient is. */
  public record Situation(
      Optional<String> question,
      Optional<String> concern,
      Optional<Setting> setting,
      Optional<Instant> canWaitUntil) {}

  /** Where the patient is cared for now. */
  public enum Setting implements Wire {
    IN_PATIENT,
    OUT_PATIENT,
    AT_HOME,
    IN_TRANSFER
  }

  /** What came before. */
  public record Background(
      Optional<String> onset,
      Optional<String> history,
      Optional<String> medicines,
      Optional<Pregnancy> pregnancy,
      Optional<String> social) {}

  /** What was found. */
  public record Assessment(
      Optional<Consciousness> consciousness,
      List<VitalSign> vitals,
      List<DangerSignAnswer> dangerSigns,
      Optional<String> findings,
      Optional<String> tests,
      Optional<String> diagnosis) {
    public Assessment {
      vitals = vitals == null ? List.of() : List.copyOf(vitals);
      dangerSigns = dangerSigns == null ? List.of() : List.copyOf(dangerSigns);
    }
  }

  /** What is wanted, and what can be done where the patient is. */
  public record Wanted(
      List<Kind> wanted,
      Optional<String> treatmentGiven,
      Optional<String> possibleHere,
      Optional<String> transfer,
      Optional<GenderWish> genderWish) {
    /** What kind of help. */
    public enum Kind implements Wire {
      DIAGNOSIS,
      MANAGEMENT,
      IMAGE_READING,
      TRANSFER_DECISION,
      SECOND_OPINION,
      FOLLOW_UP
    }

    public Wanted {
      wanted = wanted == null ? List.of() : List.copyOf(wanted);
    }
  }

  /** The question, when there is one. */
  public Optional<String> question() {
    return situation.flatMap(Situation::question).filter(text -> !text.isBlank());
  }

  Optional<GenderWish> genderWish() {
    return recommendation.flatMap(Wanted::genderWish);
  }

  List<VitalSign> vitals() {
    return assessment.map(Assessment::vitals).orElse(List.of());
  }

  List<DangerSignAnswer> dangerSigns() {
    return assessment.map(Assessment::dangerSigns).orElse(List.of());
  }

  Optional<Consciousness> consciousness() {
    return assessment.flatMap(Assessment::consciousness);
  }

  boolean isPregnant() {
    return pregnancy().filter(Pregnancy::isPregnant).isPresent();
  }

  Optional<Pregnancy> pregnancy() {
    return background.flatMap(Background::pregnancy);
  }

  /** What triage needs of this form, for a patient of this age and sex. */
  TriageFindings findings(Age age, Sex sex, List<FormSign> formSigns) {
    return new TriageFindings(
        age, sex, pregnancy(), consciousness(), vitals(), dangerSigns(), formSigns);
  }
}
