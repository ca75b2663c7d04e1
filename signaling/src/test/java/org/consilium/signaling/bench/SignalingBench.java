package org.consilium.signaling.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Measures the relay beside other servers, in one run on the loopback of one machine.
 *
 * <p>Each server is a process of its own, whose CPU time and memory the system tells; the clients
 * are this process. They share the cores, so the ratios count and not the figures. Every run fails
 * unless each message arrives, once and in order. {@code deploy/bench signaling} starts it.
 */
public final class SignalingBench {
  /** Whatever hangs, the program ends. */
  private static final long LIMIT_MILLIS = 10 * 60 * 1000L;

  private SignalingBench() {}

  /** Takes the number of rounds and, for one part alone, its name: relay, seats or joins. */
  public static void main(String[] arguments) {
    var limit = new Timer("bench-limit", true);
    limit.schedule(
        new TimerTask() {
          @Override
          public void run() {
            System.err.println("signaling bench: gave up after ten minutes");
            System.exit(1);
          }
        },
        LIMIT_MILLIS);
    try {
      run(Integer.parseInt(arguments[0]), arguments.length > 1 ? arguments[1] : "");
      System.exit(0);
    } catch (Exception wrong) {
      wrong.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(int rounds, String only) throws Exception {
    int loops = Runtime.getRuntime().availableProcessors();
    if (only.isEmpty() || only.equals("relay")) {
      relay(loops, rounds);
    }
    if (only.isEmpty() || only.equals("seats")) {
      ManySeats.measure(loops);
    }
    if (only.isEmpty() || only.equals("joins")) {
      Joins.measure(loops, rounds);
    }
  }

  private static void relay(int loops, int rounds) throws Exception {
    var rivals = new ArrayList<Rival>();
    try {
      var ours = ServerProcess.java("Consilium", ConsiliumRelay.class, "" + loops);
      rivals.add(new Rival(ours, new Dialects.Consilium()));
      var bare = ServerProcess.java("bare Netty", NettyRelay.class, "" + loops);
      rivals.add(new Rival(bare, new Dialects.Bare()));
      ForeignServers.peerJs().ifPresent(rivals::add);
      ForeignServers.spreed().ifPresent(rivals::add);
      for (Rival rival : rivals) {
        rival.warmUp();
      }
      for (int round = 0; round < rounds; round++) {
        for (Rival rival : rivals) {
          rival.measure();
        }
      }
      Rival.print(rivals, loops, rounds);
    } finally {
      for (Rival rival : rivals) {
        rival.close();
      }
    }
  }

  static double median(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
