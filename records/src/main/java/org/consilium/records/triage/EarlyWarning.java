package org.consilium.records.triage;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An early-warning score as data: points for what was measured, and what their sum means. Ages are
 * in days, from inclusive, to exclusive.
 *
 * @param source whose score it is, and for whom it is not meant
 * @param pregnantFromWeeks only in pregnancy from this week on; weeks not known count as more
 * @param single what so many points for one thing alone mean
 */
public record EarlyWarning(
    String code,
    String name,
    String source,
    Optional<Integer> fromAgeDays,
    Optional<Integer> toAgeDays,
    Optional<Integer> pregnantFromWeeks,
    List<VitalBands> vitals,
    List<StatePoints> consciousness,
    List<SignPoints> signs,
    List<Level> levels,
    Single single) {
  public EarlyWarning {
    vitals = List.copyOf(vitals);
    consciousness = List.copyOf(consciousness);
    signs = List.copyOf(signs);
    levels = List.copyOf(levels);
  }

  /**
   * Points for one measurement.
   *
   * @param bands by rising value; the last has no end
   * @param optional when it was not measured, nothing is missing
   */
  public record VitalBands(VitalCode vital, List<Band> bands, Optional<Boolean> optional) {
    public VitalBands {
      bands = List.copyOf(bands);
      if (bands.isEmpty() || bands.getLast().upTo().isPresent()) {
        throw new IllegalArgumentException(vital.wire() + ": the last band must have no end");
      }
    }

    int points(double value) {
      return bands.stream()
          .filter(band -> band.upTo().filter(end -> value > end).isEmpty())
          .findFirst()
          .orElseThrow()
          .points();
    }
  }

  /** Values up to and including {@code upTo} that no earlier band has taken. */
  public record Band(Optional<Double> upTo, int points) {}

  /** Points for a level of consciousness. */
  public record StatePoints(List<Consciousness> states, int points) {}

  /** Points for danger signs: once, when any of them was found. */
  public record SignPoints(List<String> signs, int points, String label) {}

  /** From so many points on. The most urgent first. */
  public record Level(int atLeast, Urgency urgency) {}

  /** One thing alone that has so many points. */
  public record Single(int points, Urgency urgency) {}

  boolean appliesTo(TriageFindings findings) {
    boolean pregnantEnough =
        pregnantFromWeeks
            .map(from ->
                findings
                    .pregnancy()
                    .filter(Pregnancy::isPregnant)
                    .filter(pregnancy -> pregnancy.weeks().orElse(from) >= from)
                    .isPresent())
            .orElse(true);
    return pregnantEnough && TriageRules.isWithin(findings.age(), fromAgeDays, toAgeDays);
  }

  Stream<VitalCode> measures() {
    return vitals.stream().map(VitalBands::vital);
  }
}
