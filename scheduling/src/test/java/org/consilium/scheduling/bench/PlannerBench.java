package org.consilium.scheduling.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.consilium.scheduling.availability.Expansion;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.planning.PricePolicy;
import org.consilium.scheduling.planning.ResourcePlan;
import org.consilium.scheduling.planning.ShadowPrices;

/**
 * Prints what the planner reaches on the generated network, beside what is asked of it. Started by
 * {@code deploy/bench scheduling}; the argument is how many seconds of CPU the plan with rooms and
 * interpreters may use (20 unless told).
 */
public final class PlannerBench {
  private static final int STREAMS = 4;
  private static final long NETWORK = 1;
  private static final long DEMAND = 7;
  private static final int DRAWS = 10;
  private static final PricePolicy POLICY = PricePolicy.of(Market.WEIGHTS.shadowPercent());

  private final GeneratedNetwork network = new GeneratedNetwork(NETWORK);

  private PlannerBench() {}

  public static void main(String[] arguments) {
    var seconds = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
    var bench = new PlannerBench();
    bench.warmUp();
    bench.batch();
    bench.online(4_000);
    bench.online(10_000);
    bench.dropOut();
    bench.expansion();
    RankingBench.print();
    bench.withResources(Duration.ofSeconds(seconds));
  }

  private void warmUp() {
    line(
        "network: %d specialists, %d zones, %d hours of theirs in two weeks",
        GeneratedNetwork.SPECIALISTS, network.zones.size(), network.slots());
    for (int i = 0; i < 3; i++) {
      market(3_000).solve();
    }
  }

  private Market market(int requests) {
    return new Market(network, network.requests(requests, DEMAND));
  }

  private void batch() {
    line("");
    line("batch, one slot per request, exact");
    line(
        "  %8s %10s %12s %12s %8s %8s %8s",
        "requests", "pairs", "value", "OR-Tools", "CPU s", "scoring", "MB");
    for (int count : new int[] {1_000, 3_000, 10_000}) {
      double begun = Cpu.seconds();
      var market = market(count);
      double scored = Cpu.seconds();
      long memory = used();
      var flow = market.solve();
      double solved = Cpu.seconds();
      long megabytes = (used() - memory) / 1_000_000 + market.pairs() * 8 / 1_000_000;
      long oracle = OrTools.optimum(market.grid, market.slots, market.points);
      if (oracle != flow.value()) {
        throw new IllegalStateException("Not the optimum: " + flow.value() + ", not " + oracle);
      }
      line(
          "  %8d %10d %12d %12s %8.2f %8.2f %8d",
          count, market.pairs(), flow.value(), "equal", solved - scored, scored - begun, megabytes);
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void online(int count) {
    var market = market(count);
    long hindsight = market.solve().value();
    line("");
    line("online, %d requests; share of the hindsight optimum", count);
    line(
        "  %-42s %6s %6s %5s %8s %6s %6s %5s  %s",
        "",
        "share",
        "moves",
        "met",
        "language",
        "wait",
        "known",
        "Gini",
        "met: orange yellow green blue");
    print(
        "earliest hour, least recently booked",
        market,
        new OnlineSimulation(market).firstCome(),
        hindsight);
    var best = new OnlineSimulation(market).bestScore();
    print("best score on arrival", market, best, hindsight);
    for (double forecast : new double[] {1, 0.7, 1.3}) {
      var prices = prices((int) (count * forecast));
      String of =
          forecast == 1
              ? ""
              : String.format(Locale.ROOT, ", forecast %+.0f %%", (forecast - 1) * 100);
      print(
          "shadow prices" + of,
          market,
          new OnlineSimulation(market).priced(prices, POLICY),
          hindsight);
      print(
          "shadow prices + re-plan > 12 h" + of,
          market,
          new OnlineSimulation(market).replanned(prices, POLICY, Market.WEIGHTS.keepPromise()),
          hindsight);
    }
    print(
        "re-plan > 12 h alone",
        market,
        new OnlineSimulation(market)
            .replanned(
                ShadowPrices.none(network.slots()),
                PricePolicy.of(0),
                Market.WEIGHTS.keepPromise()),
        hindsight);
  }

  private ShadowPrices prices(int requests) {
    var streams = new ArrayList<ShadowPrices.Stream>();
    for (int i = 0; i < STREAMS; i++) {
      streams.add(new Market(network, network.requests(requests, 100 + i)).stream());
    }
    return ShadowPrices.average(network.slots(), streams);
  }

  private static void print(
      String what, Market market, OnlineSimulation simulation, long hindsight) {
    var q = Quality.of(market, simulation.slotOf);
    var by = q.metByUrgency();
    line(
        "  %-42s %5.1f%% %6.3f %4.0f%% %7.0f%% %5.1fh %5.0f%% %5.2f  %.0f %.0f %.0f %.0f",
        what,
        100.0 * q.value() / hindsight,
        simulation.movesPerRequest(),
        100 * q.met(),
        100 * q.ownLanguage(),
        q.weightedWait(),
        100 * q.continuity(),
        q.gini(),
        100 * by[1],
        100 * by[2],
        100 * by[3],
        100 * by[4]);
  }

  private void dropOut() {
    line("");
    line("drop-out of 5 %% of the specialists from a plan of two weeks, sums of ten draws");
    line(
        "  %8s %8s %6s %8s %8s %8s %8s %8s %8s",
        "network", "requests", "hit", "alone", "plan", "at most", "points", "moved", "CPU s");
    for (int count : new int[] {2_000, 2_800, 3_500}) {
      dropOut(network, NETWORK, DEMAND, count);
    }
    for (long seed = 11; seed <= 15; seed++) {
      var other = new GeneratedNetwork(seed);
      for (int count : new int[] {2_400, 2_800, 3_200}) {
        dropOut(other, seed, seed, count);
      }
    }
  }

  private static void dropOut(GeneratedNetwork network, long seed, long demand, int count) {
    var market = new Market(network, network.requests(count, demand));
    var plan = market.solve();
    var slotOf = IntStream.range(0, count).map(plan::slotOf).toArray();
    var sum = DropOut.Result.NONE;
    for (int draw = 0; draw < DRAWS; draw++) {
      sum = sum.and(DropOut.of(market, slotOf, draw));
    }
    double alone = sum.percent(sum.placedAlone());
    double byPlan = sum.percent(sum.placedByPlan());
    line(
        "  %8d %8d %6d %6.1f %% %6.1f %% %6.1f %% %8.1f %8d %8.2f",
        seed,
        count,
        sum.hit(),
        alone,
        byPlan,
        sum.percent(sum.most()),
        byPlan - alone,
        sum.othersMoved(),
        sum.cpuSeconds() / DRAWS);
  }

  private void expansion() {
    var year = TimeSlot.of(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(365));
    var seconds = new double[5];
    for (int i = 0; i < seconds.length; i++) {
      double begun = Cpu.seconds();
      for (var specialist : network.specialists) {
        Expansion.expand(specialist.hours(), year);
      }
      seconds[i] = Cpu.seconds() - begun;
    }
    line("");
    line("expansion of one year for 2,000 specialists: %.2f s CPU", seconds[4]);
  }

  private void withResources(Duration limit) {
    line("");
    line("with rooms and interpreters, %d s of CPU at most", limit.toSeconds());
    line("  %8s %12s %12s %8s %8s %8s", "requests", "value", "bound", "gap", "rounds", "CPU s");
    for (int count : new int[] {1_000, 3_000}) {
      var resources = ResourceNetwork.of(market(count), 3);
      double begun = Cpu.seconds();
      var result = ResourcePlan.of(resources, limit, 0.0005, Cpu::nanos);
      line(
          "  %8d %12d %12d %7.2f%% %8d %8.1f",
          count,
          result.value(),
          result.bound(),
          100 * result.gap(),
          result.rounds(),
          Cpu.seconds() - begun);
    }
  }

  static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  static double percentile(List<Double> values, double share) {
    var sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}
