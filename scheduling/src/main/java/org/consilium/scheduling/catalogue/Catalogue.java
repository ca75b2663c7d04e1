package org.consilium.scheduling.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The words and target times of one version of the catalogue.
 *
 * @param version of the target times; a consult keeps the one that it was opened under
 */
public record Catalogue(
    int version,
    List<Specialty> specialties,
    List<Named> languages,
    List<UrgencyTargets> urgencies,
    List<Named> refusalReasons) {

  /**
   * @param parent the wider field that stands in when nobody of this one is there
   * @param ageGroups whom the field treats
   */
  public record Specialty(
      String code, String label, Optional<String> parent, List<AgeGroup> ageGroups) {}

  public record Named(String code, String label) {}

  /**
   * The clock of one urgency, in minutes from the submission.
   *
   * @param offerMinutes how long one offer waits before it passes on
   * @param offersAtOnce how many offers of one consult may be open together
   * @param reachHours within how many hours a specialist must be free to be asked
   */
  public record UrgencyTargets(
      Urgency code,
      String label,
      String meaning,
      int triageMinutes,
      int acceptMinutes,
      int answerMinutes,
      int offerMinutes,
      int offersAtOnce,
      int reachHours) {}

  public Optional<Specialty> specialty(String code) {
    return specialties.stream().filter(s -> s.code().equals(code)).findFirst();
  }

  public String specialtyLabel(String code) {
    return specialty(code).map(Specialty::label).orElse(code);
  }

  public String languageLabel(String code) {
    return languageLabels().getOrDefault(code, code);
  }

  public UrgencyTargets targets(Urgency urgency) {
    return urgencies.stream().filter(u -> u.code() == urgency).findFirst().orElseThrow();
  }

  private Map<String, String> languageLabels() {
    var labels = new HashMap<String, String>();
    languages.forEach(language -> labels.put(language.code(), language.label()));
    return labels;
  }
}
