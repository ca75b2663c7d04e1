package org.consilium.scheduling.report;

import java.util.Arrays;
import java.util.List;

/** Sums about shares. Pure. */
final class Proportions {
  /** Of the normal distribution, for a one-sided certainty of 95 %. */
  private static final double Z = 1.645;

  private Proportions() {}

  /** Empty counts have no share. */
  static Double share(int part, int whole) {
    return whole == 0 ? null : (double) part / whole;
  }

  /**
   * Whether {@code part} of {@code whole} is more than chance makes of the others' share: the lower
   * end of its interval (Wilson 1927) lies above theirs. So a few unlucky ones accuse nobody.
   */
  static boolean isClearlyMore(int part, int whole, int othersPart, int othersWhole) {
    return whole > 0 && othersWhole > 0 && lowest(part, whole) > (double) othersPart / othersWhole;
  }

  private static double lowest(int part, int whole) {
    double p = (double) part / whole;
    double z2 = Z * Z;
    double centre = p + z2 / (2 * whole);
    double half = Z * Math.sqrt(p * (1 - p) / whole + z2 / (4.0 * whole * whole));
    return (centre - half) / (1 + z2 / whole);
  }

  /** Gini's coefficient: 0 when all carry the same, towards 1 when one carries everything. */
  static Double gini(List<Integer> loads) {
    var rising = loads.stream().mapToInt(Integer::intValue).toArray();
    Arrays.sort(rising);
    long sum = 0;
    long weighted = 0;
    for (int i = 0; i < rising.length; i++) {
      sum += rising[i];
      weighted += (long) (i + 1) * rising[i];
    }
    if (sum == 0) {
      return null;
    }
    double n = rising.length;
    return 2.0 * weighted / (n * sum) - (n + 1) / n;
  }
}
