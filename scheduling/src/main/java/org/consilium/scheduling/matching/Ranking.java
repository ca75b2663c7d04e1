package org.consilium.scheduling.matching;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts those who could help in order. Pure: the same input, the same list. Why each stands where
 * they stand is put into words only for those of whom it is asked.
 */
public final class Ranking {
  /**
   * One place in the list.
   *
   * @param rank 1 is best; 0 when barred
   * @param fits whether the field fits, itself or by its wider field; only such are asked by
   *     themselves, another one only by a coordinator
   */
  public record Ranked(Candidacy candidacy, int rank, int score, boolean fits, boolean isBarred) {
    public Helper helper() {
      return candidacy.helper();
    }

    public List<Term> terms() {
      return candidacy.terms();
    }

    public List<Term> barred() {
      return isBarred ? candidacy.bars() : List.of();
    }
  }

  /** The better score first, then who has less to do, then the name and id: never a coin toss. */
  private static final Comparator<Ranked> ORDER =
      Comparator.comparing(Ranked::isBarred)
          .thenComparing(Comparator.comparingInt(Ranked::score).reversed())
          .thenComparingInt(r -> r.helper().openConsults())
          .thenComparing(r -> r.helper().name())
          .thenComparing(r -> r.helper().id().value());

  private Ranking() {}

  /** Everybody, the barred last. */
  public static List<Ranked> rank(Case consult, Collection<Helper> helpers) {
    return rank(helpers.stream().map(helper -> Candidacy.soonest(consult, helper)).toList());
  }

  /** The same, when their hours have prices. */
  public static List<Ranked> rank(Collection<Candidacy> candidacies) {
    var sorted = new ArrayList<Ranked>(candidacies.size());
    for (Candidacy candidacy : candidacies) {
      sorted.add(judge(candidacy));
    }
    sorted.sort(ORDER);
    for (int i = 0; i < sorted.size() && !sorted.get(i).isBarred(); i++) {
      Ranked r = sorted.get(i);
      sorted.set(i, new Ranked(r.candidacy(), i + 1, r.score(), r.fits(), false));
    }
    return sorted;
  }

  /** Whom to ask next when nobody chooses: the best who may be asked and whose field fits. */
  public static Optional<Ranked> next(List<Ranked> ranked) {
    return ranked.stream().filter(r -> !r.isBarred() && r.fits()).findFirst();
  }

  private static Ranked judge(Candidacy candidacy) {
    return new Ranked(
        candidacy,
        0,
        SoftRules.score(candidacy),
        candidacy.fit() != Pairing.Fit.NONE,
        HardRules.bar(candidacy));
  }
}
