package org.consilium.signaling.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** One server of the comparison, the pairs that talk over it, and what was measured of it. */
final class Rival implements AutoCloseable {
  private static final int ROOMS = 200;
  private static final int PER_SECOND = 2_000;
  private static final long BURST_MILLIS = 1_500;
  private static final long PACED_MILLIS = 3_000;
  private static final int WARM_ROUNDS = 3;
  private static final int PER = 100_000;

  private final ServerProcess server;
  private final Crowd crowd;

  private final List<Double> burst = new ArrayList<>();
  private final List<Double> paced = new ArrayList<>();
  private final List<Double> p50 = new ArrayList<>();
  private final List<Double> p99 = new ArrayList<>();

  Rival(ServerProcess server, Dialect dialect) throws Exception {
    this.server = server;
    this.crowd = new Crowd(dialect, server.port(), 0, ROOMS, i -> i / 2 + "-" + (1 + i % 2));
    crowd.connect();
  }

  /** Until the JVMs have compiled what is hot. */
  void warmUp() throws Exception {
    for (int i = 0; i < WARM_ROUNDS; i++) {
      crowd.burst(BURST_MILLIS);
      crowd.paced(PER_SECOND, PACED_MILLIS / 3);
    }
    crowd.verify(server.name());
  }

  void measure() throws Exception {
    double before = server.cpuSeconds();
    long count = crowd.burst(BURST_MILLIS);
    burst.add((server.cpuSeconds() - before) / count * PER);

    before = server.cpuSeconds();
    long[] nanos = crowd.paced(PER_SECOND, PACED_MILLIS);
    paced.add((server.cpuSeconds() - before) / nanos.length * PER);
    p50.add(nanos[nanos.length / 2] / 1e3);
    p99.add(nanos[nanos.length * 99 / 100] / 1e3);
    crowd.verify(server.name());
  }

  /** Ratios are medians of those within one round, whose measures lie seconds apart. */
  private String ratio(Rival other, Function<Rival, List<Double>> figure) {
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < figure.apply(this).size(); round++) {
      ratios.add(figure.apply(this).get(round) / figure.apply(other).get(round));
    }
    return String.format(Locale.ROOT, "%.2f", SignalingBench.median(ratios));
  }

  static void print(List<Rival> rivals, int loops, int rounds) {
    System.out.printf(
        Locale.ROOT,
        "%nRelayed messages: %d rooms of two, call set-ups of %d messages; %d event loops; medians of"
            + " %d rounds%n"
            + "%-28s %14s %14s %14s %14s%n",
        ROOMS,
        Peer.SETUP,
        loops,
        rounds,
        "",
        "CPU s/100,000",
        "CPU s/100,000",
        "added latency",
        "added latency");
    System.out.printf(
        "%-28s %14s %14s %14s %14s%n",
        "server", "in bursts", PER_SECOND + "/s paced", "p50 us", "p99 us");
    for (Rival rival : rivals) {
      System.out.printf(
          Locale.ROOT,
          "%-28s %14.2f %14.2f %14.0f %14.0f%n",
          rival.server.name(),
          SignalingBench.median(rival.burst),
          SignalingBench.median(rival.paced),
          SignalingBench.median(rival.p50),
          SignalingBench.median(rival.p99));
    }
    Rival ours = rivals.getFirst();
    for (Rival other : rivals.subList(1, rivals.size())) {
      System.out.printf(
          "%-28s %14s %14s %14s %14s%n",
          "ours / " + other.server.name(),
          ours.ratio(other, r -> r.burst),
          ours.ratio(other, r -> r.paced),
          ours.ratio(other, r -> r.p50),
          ours.ratio(other, r -> r.p99));
    }
    for (Rival rival : rivals) {
      System.out.printf(
          "%s: all %,d messages arrived, in order, none doubled%n",
          rival.server.name(), rival.crowd.arrivedEver());
    }
  }

  @Override
  public void close() throws Exception {
    crowd.close();
    server.close();
  }
}
