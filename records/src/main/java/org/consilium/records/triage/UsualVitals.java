package org.consilium.records.triage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Json;

/**
 * What is usual in measurements, by age and in pregnancy: data, to be drawn beside what was
 * measured. No urgency is computed from it.
 *
 * @param approval who has approved this version, or that nobody has yet
 * @param ranges of several that apply to a patient the first counts
 */
public record UsualVitals(String version, String approval, List<Range> ranges) {
  private static final String SHIPPED = "catalogue/usual-vitals-2026-1.json";

  public UsualVitals {
    ranges = List.copyOf(ranges);
  }

  /**
   * The values that are usual, both ends included. Ages are in days, from inclusive, to exclusive.
   */
  public record Range(
      VitalCode vital,
      Optional<Integer> fromAgeDays,
      Optional<Integer> toAgeDays,
      Optional<Boolean> pregnant,
      Optional<Double> from,
      Optional<Double> to) {
    boolean appliesTo(TriageFindings findings) {
      return TriageRules.isWithin(findings.age(), fromAgeDays, toAgeDays)
          && (!pregnant.orElse(false) || findings.isPregnant());
    }
  }

  /** Read once: a version's content never changes. */
  private static final class Holder {
    private static final UsualVitals USUAL = read();
  }

  /** Those that come with this build. */
  public static UsualVitals shipped() {
    return Holder.USUAL;
  }

  Optional<Range> of(VitalCode vital, TriageFindings findings) {
    return ranges.stream()
        .filter(range -> range.vital() == vital && range.appliesTo(findings))
        .findFirst();
  }

  private static UsualVitals read() {
    try (var in = UsualVitals.class.getClassLoader().getResourceAsStream(SHIPPED)) {
      return Json.read(in.readAllBytes(), UsualVitals.class);
    } catch (IOException e) {
      throw new UncheckedIOException(SHIPPED, e);
    }
  }
}
