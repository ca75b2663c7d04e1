package org.consilium.scheduling.matching;

import java.util.ArrayList;
import java.util.Arrays;
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

  /** Among the equal ones: by name and id, never a coin toss. */
  private static final Comparator<Ranked> AMONG_EQUALS =
      Comparator.<Ranked, String>comparing(r -> r.helper().name())
          .thenComparing(r -> r.helper().id().value());

  private static final int INDEX_BITS = 24;
  private static final int OPEN_BITS = 12;
  private static final int OPEN_MAX = (1 << OPEN_BITS) - 1;
  private static final int SCORE_MIDDLE = 1 << 25;

  private Ranking() {}

  /** Everybody, the barred last. */
  public static List<Ranked> rank(Case consult, Collection<Helper> helpers) {
    return rank(helpers.stream().map(helper -> Candidacy.soonest(consult, helper)).toList());
  }

  /** The same, when their hours have prices. */
  public static List<Ranked> rank(Collection<Candidacy> candidacies) {
    var judged = new ArrayList<Ranked>(candidacies.size());
    for (Candidacy candidacy : candidacies) {
      judged.add(judge(candidacy));
    }
    var sorted = sorted(judged);
    for (int i = 0; i < sorted.size() && !sorted.get(i).isBarred(); i++) {
      Ranked r = sorted.get(i);
      sorted.set(i, new Ranked(r.candidacy(), i + 1, r.score(), r.fits(), false));
    }
    return sorted;
  }

  /** The better score first, then who has less to do: sorted as numbers, which is quick. */
  private static List<Ranked> sorted(List<Ranked> judged) {
    var keys = new long[judged.size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = key(judged.get(i)) << INDEX_BITS | i;
    }
    Arrays.sort(keys);
    var sorted = new ArrayList<Ranked>(keys.length);
    int equalFrom = 0;
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] >> INDEX_BITS != keys[equalFrom] >> INDEX_BITS) {
        sorted.subList(equalFrom, i).sort(AMONG_EQUALS);
        equalFrom = i;
      }
      sorted.add(judged.get((int) keys[i] & (1 << INDEX_BITS) - 1));
    }
    sorted.subList(equalFrom, keys.length).sort(AMONG_EQUALS);
    return sorted;
  }

  private static long key(Ranked ranked) {
    long score = Math.clamp(SCORE_MIDDLE - (long) ranked.score(), 0, 2 * SCORE_MIDDLE - 1);
    int open = Math.min(ranked.candidacy().openConsults(), OPEN_MAX);
    return (ranked.isBarred() ? 1L << 38 : 0) | score << OPEN_BITS | open;
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
