package org.consilium.signaling.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what the relay costs beside other servers, each in a process of its own. */
public final class SignalingBench {
  private static final int ROOMS = 200;
  private static final int PER_SECOND = 2_000;

  private SignalingBench() {}

  public static void main(String[] arguments) {
    try {
      run();
      System.exit(0);
    } catch (Exception wrong) {
      wrong.printStackTrace();
      System.exit(1);
    }
  }

  private static void run() throws Exception {
    int loops = Integer.getInteger("bench.loops", Runtime.getRuntime().availableProcessors());
    int bareLoops = Integer.getInteger("bench.bareLoops", loops);
    int rounds = Integer.getInteger("bench.rounds", 5);
    String only = System.getProperty("bench.only", "");
    var rivals = new ArrayList<Rival>();
    rivals.add(
        new Rival(
            ServerProcess.java("consilium", ConsiliumRelay.class, "" + loops),
            new Dialects.Consilium()));
    if (!only.equals("consilium"))
      rivals.add(
          new Rival(
              ServerProcess.java("bare Netty", NettyRelay.class, "" + bareLoops),
              new Dialects.Bare()));
    for (Rival rival : rivals) {
      rival.crowd.connect();
      for (int i = 0; i < 3; i++) {
        rival.crowd.burst(1500);
        rival.crowd.paced(PER_SECOND, 1000);
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (Rival rival : rivals) {
        rival.round();
      }
    }
    for (Rival rival : rivals) {
      rival.print();
    }
  }

  static final class Rival {
    final ServerProcess server;
    final Crowd crowd;
    final List<Double> burst = new ArrayList<>();
    final List<Double> paced = new ArrayList<>();
    final List<Double> p50 = new ArrayList<>();
    final List<Double> p99 = new ArrayList<>();
    final List<Double> rate = new ArrayList<>();

    Rival(ServerProcess server, Dialect dialect) {
      this.server = server;
      this.crowd = new Crowd(dialect, server.port(), 0, ROOMS, i -> i / 2 + "-" + (1 + i % 2));
    }

    void round() throws Exception {
      double before = server.cpuSeconds();
      long count = crowd.burst(2000);
      double after = server.cpuSeconds();
      burst.add((after - before) / count * 100_000);
      rate.add(count / 2.0);
      before = server.cpuSeconds();
      long[] nanos = crowd.paced(PER_SECOND, 3000);
      after = server.cpuSeconds();
      paced.add((after - before) / nanos.length * 100_000);
      p50.add(nanos[nanos.length / 2] / 1e3);
      p99.add(nanos[nanos.length * 99 / 100] / 1e3);
      crowd.verify(server.name());
    }

    void print() {
      System.out.printf(
          Locale.ROOT,
          "%-12s burst %.2f paced %.2f p50 %.0f p99 %.0f  rate %.0f%n  burst %s%n  paced %s p99 %s%n",
          server.name(),
          median(burst),
          median(paced),
          median(p50),
          median(p99),
          median(rate),
          burst,
          paced,
          p99);
    }
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
