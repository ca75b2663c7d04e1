package org.consilium.records.triage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.consilium.records.triage.EarlyWarning.VitalBands;
import org.consilium.records.triage.TriageRules.Vital;

/**
 * What is usual in a measurement of one patient, and from where on it is dangerous: for drawing.
 * Each value still belongs to what it bounds.
 *
 * @param dangerTo at or below this a rule of triage speaks, or the early-warning score counts so
 *     many points that this alone means something
 * @param dangerFrom at or above this
 */
public record VitalLimits(
    VitalCode code,
    Optional<BigDecimal> usualFrom,
    Optional<BigDecimal> usualTo,
    Optional<BigDecimal> dangerTo,
    Optional<BigDecimal> dangerFrom) {

  /** Those of a patient, in the order of the rules; a measurement without any is left out. */
  public static List<VitalLimits> of(
      UsualVitals usual, TriageRules rules, TriageFindings findings) {
    return rules.vitals().stream()
        .map(vital -> of(vital, usual, rules, findings))
        .filter(VitalLimits::isAny)
        .toList();
  }

  private static VitalLimits of(
      Vital vital, UsualVitals usual, TriageRules rules, TriageFindings findings) {
    var scale = new Scale(vital.decimals());
    var range = usual.of(vital.code(), findings);
    var hit =
        rules.vitalRules().stream()
            .filter(rule -> rule.vital() == vital.code() && rule.appliesTo(findings))
            .toList();
    var low =
        Stream.concat(
            hit.stream().flatMap(rule -> scale.upTo(rule.below(), rule.atMost())),
            scored(vital, rules, findings, scale, true));
    var high =
        Stream.concat(
            hit.stream().flatMap(rule -> scale.from(rule.above(), rule.atLeast())),
            scored(vital, rules, findings, scale, false));
    return new VitalLimits(
        vital.code(),
        range.flatMap(UsualVitals.Range::from).map(scale::written),
        range.flatMap(UsualVitals.Range::to).map(scale::written),
        low.max(BigDecimal::compareTo),
        high.min(BigDecimal::compareTo));
  }

  /** Where the score's bands that mean something alone end, below its harmless one, or begin. */
  private static Stream<BigDecimal> scored(
      Vital vital, TriageRules rules, TriageFindings findings, Scale scale, boolean low) {
    return rules.scores().stream()
        .filter(score -> score.appliesTo(findings))
        .limit(1)
        .flatMap(score ->
            score.vitals().stream()
                .filter(given -> given.vital() == vital.code())
                .flatMap(given -> edges(given, score.single().points(), scale, low)));
  }

  private static Stream<BigDecimal> edges(VitalBands given, int grave, Scale scale, boolean low) {
    var bands = given.bands();
    int harmless =
        IntStream.range(0, bands.size())
            .filter(at -> bands.get(at).points() == 0)
            .findFirst()
            .orElse(0);
    return IntStream.range(0, bands.size())
        .filter(at -> bands.get(at).points() >= grave && (low ? at < harmless : at > harmless))
        .boxed()
        .flatMap(at ->
            low
                ? scale.upTo(Optional.empty(), bands.get(at).upTo())
                : scale.from(bands.get(at - 1).upTo(), Optional.empty()));
  }

  private boolean isAny() {
    return Stream.of(usualFrom, usualTo, dangerTo, dangerFrom).anyMatch(Optional::isPresent);
  }

  /** Writes limits as they are measured, and turns open ones into the next value that belongs. */
  private record Scale(int decimals) {
    BigDecimal written(double value) {
      return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    Stream<BigDecimal> upTo(Optional<Double> open, Optional<Double> closed) {
      return Stream.concat(
          open.map(this::written).map(limit -> limit.subtract(step())).stream(),
          closed.map(this::written).stream());
    }

    Stream<BigDecimal> from(Optional<Double> open, Optional<Double> closed) {
      return Stream.concat(
          open.map(this::written).map(limit -> limit.add(step())).stream(),
          closed.map(this::written).stream());
    }

    private BigDecimal step() {
      return BigDecimal.ONE.movePointLeft(decimals);
    }
  }
}
