package org.consilium.scheduling.matching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts those who could help in order, and says of each why. Pure: the same input, the same list.
 */
public final class Ranking {
  /**
   * One place in the list.
   *
   * @param rank 1 is best; 0 when barred
   * @param fits whether the field fits, itself or by its wider field; only such are asked by
   *     themselves, another one only by a coordinator
   */
  public record Ranked(
      Helper helper, int rank, int score, boolean fits, List<Term> terms, List<Term> barred) {
    public boolean isBarred() {
      return !barred.isEmpty();
    }
  }

  /** The better score first, then who has less to do, then the name and id: never a coin toss. */
  private static final Comparator<Ranked> ORDER =
      Comparator.comparing(Ranked::isBarred)
          .thenComparing(Comparator.comparingInt(Ranked::score).reversed())
          .thenComparingInt(r -> r.helper().openConsults())
          .thenComparing(r -> r.helper().name())
          .thenComparing(r -> r.helper().id().toString());

  private Ranking() {}

  /** Everybody, the barred last. */
  public static List<Ranked> rank(Case consult, Collection<Helper> helpers) {
    var sorted = helpers.stream().map(helper -> judge(consult, helper)).sorted(ORDER).toList();
    var ranked = new ArrayList<Ranked>(sorted.size());
    for (int i = 0; i < sorted.size(); i++) {
      Ranked r = sorted.get(i);
      int rank = r.isBarred() ? 0 : i + 1;
      ranked.add(new Ranked(r.helper(), rank, r.score(), r.fits(), r.terms(), r.barred()));
    }
    return ranked;
  }

  /** Whom to ask next when nobody chooses: the best who may be asked and whose field fits. */
  public static Optional<Ranked> next(List<Ranked> ranked) {
    return ranked.stream().filter(r -> !r.isBarred() && r.fits()).findFirst();
  }

  private static Ranked judge(Case consult, Helper helper) {
    var terms = SoftRules.ALL.stream().map(rule -> rule.score(consult, helper)).toList();
    var barred =
        HardRules.ALL.stream().flatMap(rule -> rule.bar(consult, helper).stream()).toList();
    int score = terms.stream().mapToInt(Term::points).sum();
    boolean fits = SoftRules.fit(consult, helper) != SoftRules.Fit.NONE;
    return new Ranked(helper, 0, score, fits, terms, barred);
  }
}
