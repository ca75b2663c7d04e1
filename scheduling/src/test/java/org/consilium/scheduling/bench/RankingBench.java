package org.consilium.scheduling.bench;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.consilium.scheduling.matching.RankingSample;

/** How long one ranking over 20,000 specialists takes. */
final class RankingBench {
  private static final int SPECIALISTS = 20_000;
  private static final int WARM_UP = 100;
  private static final int MEASURED = 300;

  private RankingBench() {}

  static void print() {
    var sample = new RankingSample(new SplittableRandom(5), SPECIALISTS);
    var millis = new ArrayList<Double>();
    for (int i = 0; i < WARM_UP + MEASURED; i++) {
      double begun = Cpu.seconds();
      sample.rank(i);
      if (i >= WARM_UP) {
        millis.add((Cpu.seconds() - begun) * 1_000);
      }
    }
    PlannerBench.line("");
    PlannerBench.line(
        "ranking over 20,000 specialists: p50 %.1f ms, p99 %.1f ms CPU",
        PlannerBench.percentile(millis, 0.5), PlannerBench.percentile(millis, 0.99));
  }
}
