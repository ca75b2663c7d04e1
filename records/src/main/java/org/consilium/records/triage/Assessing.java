package org.consilium.records.triage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.records.triage.TriageRules.Combination;
import org.consilium.records.triage.TriageRules.DangerSign;
import org.consilium.records.triage.TriageRules.VitalRule;

/** Holds findings against rules. Pure: the same findings and rules always give the same triage. */
public final class Assessing {
  private final TriageRules rules;
  private final TriageFindings findings;
  private final List<Triage.Reason> reasons = new ArrayList<>();

  /** Codes of all that was found, for the combinations. */
  private final Set<String> found = new HashSet<>();

  private Assessing(TriageRules rules, TriageFindings findings) {
    this.rules = rules;
    this.findings = findings;
  }

  /** The urgency of {@code findings} by {@code rules}: the most urgent rule that was hit. */
  public static Triage triage(TriageRules rules, TriageFindings findings) {
    return new Assessing(rules, findings).triage();
  }

  private Triage triage() {
    rules.dangerSigns().stream()
        .filter(sign -> sign.appliesTo(findings) && isPresent(sign))
        .forEach(this::hit);
    findings.formSigns().forEach(this::hit);
    rules.ageRules().stream()
        .filter(rule -> rule.isHitBy(findings))
        .forEach(rule -> hit(rule.code(), rule.urgency(), rule.sentence()));
    rules.consciousnessRules().stream()
        .filter(rule -> rule.isHitBy(findings))
        .forEach(rule -> hit(rule.code(), rule.urgency(), rule.sentence()));
    var latest = latest(findings.vitals());
    rules.vitalRules().stream()
        .filter(rule -> rule.appliesTo(findings) && latest.containsKey(rule.vital()))
        .forEach(rule -> apply(rule, latest.get(rule.vital()).value()));
    rules.combinations().forEach(this::apply);
    var score = Scoring.score(rules, findings, latest);
    score.flatMap(Score::reason).ifPresent(reasons::add);
    reasons.sort(Comparator.comparing(Triage.Reason::urgency));
    var urgency =
        reasons.stream().map(Triage.Reason::urgency).reduce(Urgency.GREEN, Urgency::orMoreUrgent);
    return new Triage(urgency, reasons, unanswered(), score, rules.version());
  }

  private boolean isPresent(DangerSign sign) {
    return findings.dangerSigns().stream()
        .anyMatch(answer -> answer.code().equals(sign.code()) && answer.present());
  }

  private void hit(DangerSign sign) {
    hit(sign.code(), sign.urgency(), sign.label() + ".");
  }

  private void hit(FormSign sign) {
    hit(sign.code(), sign.urgency(), sign.sentence());
  }

  private void hit(String code, Urgency urgency, String sentence) {
    found.add(code);
    reasons.add(new Triage.Reason(code, urgency, sentence));
  }

  private void apply(VitalRule rule, double value) {
    if (rule.isHitBy(value)) {
      var sentence =
          rule.sentence()
              .replace("{value}", plain(value))
              .replace("{limit}", plain(rule.limit()))
              .replace("{age}", findings.age().toString());
      hit(rule.code(), rule.urgency(), sentence);
    }
  }

  private void apply(Combination combination) {
    long groups =
        combination.of().stream().filter(group -> group.stream().anyMatch(found::contains)).count();
    if (groups >= combination.atLeast()) {
      reasons.add(
          new Triage.Reason(combination.code(), combination.urgency(), combination.sentence()));
    }
  }

  private List<String> unanswered() {
    var answered =
        findings.dangerSigns().stream().map(DangerSignAnswer::code).collect(Collectors.toSet());
    return rules.dangerSigns().stream()
        .filter(sign -> sign.appliesTo(findings) && !answered.contains(sign.code()))
        .map(DangerSign::code)
        .toList();
  }

  /** The newest of each; one without a time counts as taken now, and of equals the last written. */
  private static Map<VitalCode, VitalSign> latest(List<VitalSign> vitals) {
    var latest = new EnumMap<VitalCode, VitalSign>(VitalCode.class);
    for (var vital : vitals) {
      latest.merge(
          vital.code(),
          vital,
          (before, next) ->
              next.takenAt().orElse(Instant.MAX).isBefore(before.takenAt().orElse(Instant.MAX))
                  ? before
                  : next);
    }
    return latest;
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
