package org.consilium.records.triage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Counts the early-warning score that is meant for a patient. Pure. */
final class Scoring {
  private static final String CONSCIOUSNESS = "Consciousness";

  private final TriageRules rules;
  private final TriageFindings findings;
  private final Map<VitalCode, VitalSign> latest;
  private final List<Score.Part> parts = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private boolean measured;

  private Scoring(TriageRules rules, TriageFindings findings, Map<VitalCode, VitalSign> latest) {
    this.rules = rules;
    this.findings = findings;
    this.latest = latest;
  }

  /** By the first score that applies; empty when none does or nothing of it was measured. */
  static Optional<Score> score(
      TriageRules rules, TriageFindings findings, Map<VitalCode, VitalSign> latest) {
    return rules.scores().stream()
        .filter(score -> score.appliesTo(findings))
        .findFirst()
        .flatMap(score -> new Scoring(rules, findings, latest).count(score));
  }

  private Optional<Score> count(EarlyWarning by) {
    by.vitals().forEach(this::countVital);
    countConsciousness(by);
    by.signs().stream()
        .filter(sign -> sign.signs().stream().anyMatch(findings::hasSign))
        .forEach(sign -> add(sign.label(), sign.points()));
    if (!measured) {
      return Optional.empty();
    }
    parts.sort(Comparator.comparing(Score.Part::points).reversed());
    int total = parts.stream().mapToInt(Score.Part::points).sum();
    return Optional.of(new Score(by.code(), by.name(), total, parts, missing, meaning(by, total)));
  }

  private void countVital(EarlyWarning.VitalBands of) {
    var label = rules.vitalsByCode().get(of.vital()).label();
    var sign = latest.get(of.vital());
    if (sign != null) {
      measured = true;
      add(label, of.points(sign.value()));
    } else if (!of.optional().orElse(false)) {
      missing.add(label);
    }
  }

  private void countConsciousness(EarlyWarning by) {
    if (findings.consciousness().isEmpty()) {
      missing.add(CONSCIOUSNESS);
    }
    findings
        .consciousness()
        .flatMap(state ->
            by.consciousness().stream().filter(one -> one.states().contains(state)).findFirst())
        .ifPresent(one -> {
          measured = true;
          add(CONSCIOUSNESS, one.points());
        });
  }

  private void add(String label, int points) {
    if (points > 0) {
      parts.add(new Score.Part(label, points));
    }
  }

  private Optional<Urgency> meaning(EarlyWarning by, int total) {
    var reached =
        by.levels().stream()
            .filter(level -> total >= level.atLeast())
            .map(EarlyWarning.Level::urgency);
    var single =
        parts.stream()
            .filter(part -> part.points() >= by.single().points())
            .map(_ -> by.single().urgency());
    return Stream.concat(reached, single).reduce(Urgency::orMoreUrgent);
  }
}
