package org.consilium.scheduling.report;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Which counts must not be told to another organisation, because they point at single people. */
final class SmallNumbers {
  /** Fewer than this is told as "&lt;5". */
  static final int SHOWN_MIN = 5;

  private SmallNumbers() {}

  /** None at all points at nobody. */
  static boolean isSmall(int count) {
    return count > 0 && count < SHOWN_MIN;
  }

  static Integer unlessSmall(int count) {
    return isSmall(count) ? null : count;
  }

  /**
   * The places of the counts to hide: the small ones, and more of the smallest until nobody can
   * work the hidden ones out from the sum of all.
   */
  static Set<Integer> hidden(List<Integer> counts) {
    var rising =
        IntStream.range(0, counts.size())
            .boxed()
            .filter(place -> counts.get(place) > 0)
            .sorted(Comparator.comparing(counts::get))
            .toList();
    var hidden = new HashSet<Integer>();
    int sum = 0;
    for (int place : rising) {
      boolean small = isSmall(counts.get(place));
      boolean tellsTale = !hidden.isEmpty() && (hidden.size() < 2 || sum < SHOWN_MIN);
      if (!small && !tellsTale) {
        break;
      }
      hidden.add(place);
      sum += counts.get(place);
    }
    return hidden;
  }
}
