package org.consilium.records.triage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.records.patient.Age;
import org.consilium.records.patient.Sex;

/** What urgency is computed from. */
public record TriageFindings(
    Age age,
    Sex sex,
    Optional<Pregnancy> pregnancy,
    Optional<Consciousness> consciousness,
    List<VitalSign> vitals,
    List<DangerSignAnswer> dangerSigns) {
  public TriageFindings {
    Objects.requireNonNull(age, "age");
    Objects.requireNonNull(sex, "sex");
    vitals = vitals == null ? List.of() : List.copyOf(vitals);
    dangerSigns = dangerSigns == null ? List.of() : List.copyOf(dangerSigns);
  }

  boolean isPregnant() {
    return pregnancy.filter(Pregnancy::isPregnant).isPresent();
  }
}
