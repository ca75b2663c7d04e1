package org.consilium.records.triage;

import java.util.List;

/**
 * The urgency that findings mean, and why.
 *
 * @param reasons every rule that was hit, the most urgent first
 * @param unanswered danger signs that apply to this patient and were not looked for
 */
public record Triage(
    Urgency urgency, List<Reason> reasons, List<String> unanswered, String ruleVersion) {
  /** One rule that was hit. */
  public record Reason(String code, Urgency urgency, String sentence) {}

  public Triage {
    reasons = List.copyOf(reasons);
    unanswered = List.copyOf(unanswered);
  }
}
