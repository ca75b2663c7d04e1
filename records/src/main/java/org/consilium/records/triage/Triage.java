package org.consilium.records.triage;

import java.util.List;
import java.util.Optional;

/**
 * The urgency that findings mean, and why.
 *
 * @param reasons every rule that was hit, the most urgent first
 * @param unanswered danger signs that apply to this patient and were not looked for
 * @param score the early-warning score of what was measured, when there is one for this patient
 */
public record Triage(
    Urgency urgency,
    List<Reason> reasons,
    List<String> unanswered,
    Optional<Score> score,
    String ruleVersion) {
  /** One rule that was hit. */
  public record Reason(String code, Urgency urgency, String sentence) {}

  public Triage {
    reasons = List.copyOf(reasons);
    unanswered = List.copyOf(unanswered);
  }
}
