package org.consilium.records.triage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Sex;

/**
 * What urgency is computed from.
 *
 * @param formSigns danger signs that were found in answers to the forms of a specialty
 */
public record TriageFindings(
    Age age,
    Sex sex,
    Optional<Pregnancy> pregnancy,
    Optional<Consciousness> consciousness,
    List<VitalSign> vitals,
    List<DangerSignAnswer> dangerSigns,
    List<FormSign> formSigns) {
  public TriageFindings {
    Objects.requireNonNull(age, "age");
    Objects.requireNonNull(sex, "sex");
    vitals = vitals == null ? List.of() : List.copyOf(vitals);
    dangerSigns = dangerSigns == null ? List.of() : List.copyOf(dangerSigns);
    formSigns = formSigns == null ? List.of() : List.copyOf(formSigns);
  }

  public TriageFindings(
      Age age,
      Sex sex,
      Optional<Pregnancy> pregnancy,
      Optional<Consciousness> consciousness,
      List<VitalSign> vitals,
      List<DangerSignAnswer> dangerSigns) {
    this(age, sex, pregnancy, consciousness, vitals, dangerSigns, List.of());
  }

  boolean hasSign(String code) {
    return dangerSigns.stream().anyMatch(answer -> answer.code().equals(code) && answer.present());
  }

  boolean isPregnant() {
    return pregnancy.filter(Pregnancy::isPregnant).isPresent();
  }
}
