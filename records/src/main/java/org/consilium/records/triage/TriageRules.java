package org.consilium.records.triage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.records.patient.Age;

/**
 * One version of the triage rules: data that a network may replace, never code. Ages are in days,
 * from inclusive, to exclusive.
 *
 * @param approval who has approved this version, or that nobody has yet
 */
public record TriageRules(
    String version,
    String approval,
    List<DangerSign> dangerSigns,
    List<Vital> vitals,
    List<VitalRule> vitalRules,
    List<ConsciousnessRule> consciousnessRules,
    List<AgeRule> ageRules,
    List<Combination> combinations,
    List<EarlyWarning> scores) {
  public TriageRules {
    Objects.requireNonNull(version, "version");
    dangerSigns = List.copyOf(dangerSigns);
    vitals = List.copyOf(vitals);
    vitalRules = List.copyOf(vitalRules);
    consciousnessRules = List.copyOf(consciousnessRules);
    ageRules = ageRules == null ? List.of() : List.copyOf(ageRules);
    combinations = List.copyOf(combinations);
    scores = scores == null ? List.of() : List.copyOf(scores);
    var measured = vitals.stream().map(Vital::code).collect(Collectors.toSet());
    boolean allDescribed =
        Stream.concat(
                vitalRules.stream().map(VitalRule::vital),
                scores.stream().flatMap(EarlyWarning::measures))
            .allMatch(measured::contains);
    if (!allDescribed) {
      throw new IllegalArgumentException("vitals: what is judged needs a unit and a range");
    }
  }

  /** A question that must be answered yes or no. */
  public record DangerSign(
      String code,
      String label,
      Urgency urgency,
      Optional<Integer> fromAgeDays,
      Optional<Integer> toAgeDays,
      Optional<Boolean> pregnantOnly) {
    /** Whether it must be looked for in this patient. */
    boolean appliesTo(TriageFindings findings) {
      return isWithin(findings.age(), fromAgeDays, toAgeDays)
          && (!pregnantOnly.orElse(false) || findings.isPregnant());
    }
  }

  /**
   * What can be measured: outside minimum and maximum a value is impossible.
   *
   * @param byAge narrower ranges for some ages, for example of weight
   */
  public record Vital(
      VitalCode code,
      String label,
      String unit,
      double minimum,
      double maximum,
      int decimals,
      List<Range> byAge) {
    public Vital {
      byAge = byAge == null ? List.of() : List.copyOf(byAge);
    }

    /** The possible values at an age. */
    Range rangeAt(Age age) {
      return byAge.stream()
          .filter(range -> isWithin(age, range.fromAgeDays(), range.toAgeDays()))
          .findFirst()
          .orElse(new Range(Optional.empty(), Optional.empty(), minimum, maximum));
    }
  }

  /** Possible values within an age band. */
  public record Range(
      Optional<Integer> fromAgeDays, Optional<Integer> toAgeDays, double minimum, double maximum) {}

  /**
   * A limit on a measurement. Exactly one of the four is given.
   *
   * @param sentence with {@code {value}}, {@code {age}} and {@code {limit}} to be filled in
   */
  public record VitalRule(
      String code,
      VitalCode vital,
      Urgency urgency,
      Optional<Double> below,
      Optional<Double> atMost,
      Optional<Double> above,
      Optional<Double> atLeast,
      Optional<Integer> fromAgeDays,
      Optional<Integer> toAgeDays,
      Optional<Boolean> pregnantOnly,
      String sentence) {
    boolean appliesTo(TriageFindings findings) {
      return isWithin(findings.age(), fromAgeDays, toAgeDays)
          && (!pregnantOnly.orElse(false) || findings.isPregnant());
    }

    boolean isHitBy(double value) {
      return below.filter(limit -> value < limit).isPresent()
          || atMost.filter(limit -> value <= limit).isPresent()
          || above.filter(limit -> value > limit).isPresent()
          || atLeast.filter(limit -> value >= limit).isPresent();
    }

    double limit() {
      return below.or(() -> atMost).or(() -> above).or(() -> atLeast).orElseThrow();
    }
  }

  /** What a level of consciousness means at some ages. */
  public record ConsciousnessRule(
      String code,
      List<Consciousness> states,
      Urgency urgency,
      Optional<Integer> fromAgeDays,
      Optional<Integer> toAgeDays,
      String sentence) {
    boolean isHitBy(TriageFindings findings) {
      return isWithin(findings.age(), fromAgeDays, toAgeDays)
          && findings.consciousness().filter(states::contains).isPresent();
    }
  }

  /** What an age means by itself. */
  public record AgeRule(
      String code,
      Urgency urgency,
      Optional<Integer> fromAgeDays,
      Optional<Integer> toAgeDays,
      String sentence) {
    boolean isHitBy(TriageFindings findings) {
      return isWithin(findings.age(), fromAgeDays, toAgeDays);
    }
  }

  /**
   * Findings that mean more together than each alone.
   *
   * @param of groups of codes; a group counts once, when any of its codes was found
   */
  public record Combination(
      String code, int atLeast, List<List<String>> of, Urgency urgency, String sentence) {}

  /** The signs by code. */
  public Map<String, DangerSign> signsByCode() {
    return dangerSigns.stream().collect(Collectors.toMap(DangerSign::code, Function.identity()));
  }

  /** The measurements by code. */
  public Map<VitalCode, Vital> vitalsByCode() {
    var byCode = new EnumMap<VitalCode, Vital>(VitalCode.class);
    vitals.forEach(vital -> byCode.put(vital.code(), vital));
    return byCode;
  }

  static boolean isWithin(Age age, Optional<Integer> fromAgeDays, Optional<Integer> toAgeDays) {
    int days = age.inDays();
    return fromAgeDays.filter(from -> days < from).isEmpty()
        && toAgeDays.filter(to -> days >= to).isEmpty();
  }
}
