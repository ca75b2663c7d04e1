package org.consilium.signaling.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/**
 * Measures the relay against a plain Vert.x relay and a bare Netty one, in one run on the loopback.
 *
 * <p>Clients and servers share the machine, so the ratios count and not the figures. Each server
 * has one event loop of its own, whose CPU time is read; the clients have another. Takes about 18
 * s.
 */
public final class RelayLoad {
  private static final int ROOMS = 100;

  /** Whatever hangs, the program ends. */
  private static final long LIMIT_MILLIS = 40_000;

  /**
   * Each relay is measured so often, in turn, so that a slow moment of the machine meets them all.
   */
  private static final int ROUNDS = 2;

  private static final long WARM_MILLIS = 1_000;
  private static final long BURST_MILLIS = 1_000;
  private static final long PACED_MILLIS = 1_000;

  private RelayLoad() {}

  /** One row of the table. */
  private record Row(String name, double perSecond, double perCpuSecond, long p50, long p99) {}

  public static void main(String[] arguments) {
    var watchdog = new Timer("relay-load-limit", true);
    watchdog.schedule(
        new TimerTask() {
          @Override
          public void run() {
            System.err.println("relay load: gave up after " + LIMIT_MILLIS / 1000 + " s");
            Runtime.getRuntime().halt(1);
          }
        },
        LIMIT_MILLIS);
    try {
      print(run());
      System.exit(0);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static List<Row> run() throws Exception {
    Vertx clientLoop = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    List<RelayServer> servers =
        List.of(new ConsiliumRelay(ROOMS), new VertxRelay(), new NettyRelay());
    var crowds = new ArrayList<Crowd>();
    for (RelayServer server : servers) {
      var crowd = new Crowd(clientLoop, server, ROOMS);
      crowd.connect();
      crowds.add(crowd);
    }
    for (Crowd crowd : crowds) {
      crowd.burst(WARM_MILLIS);
    }
    var tallies = servers.stream().map(Tally::new).toList();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < tallies.size(); i++) {
        tallies.get(i).measure(crowds.get(i));
      }
    }
    return tallies.stream().map(Tally::row).toList();
  }

  /** What was measured of one relay so far. */
  private static final class Tally {
    private final RelayServer server;
    private long relayed;
    private double seconds;
    private double cpuSeconds;
    private long[] micros = {};

    Tally(RelayServer server) {
      this.server = server;
    }

    void measure(Crowd crowd) throws Exception {
      long thread = server.loopThread();
      var threads = ManagementFactory.getThreadMXBean();
      long cpuBefore = threads.getThreadCpuTime(thread);
      long begin = System.nanoTime();
      relayed += crowd.burst(BURST_MILLIS);
      seconds += (System.nanoTime() - begin) / 1e9;
      cpuSeconds += (threads.getThreadCpuTime(thread) - cpuBefore) / 1e9;
      long[] more = crowd.paced(PACED_MILLIS);
      micros = LongStream.concat(LongStream.of(micros), LongStream.of(more)).sorted().toArray();
    }

    Row row() {
      return new Row(
          server.name(),
          relayed / seconds,
          relayed / cpuSeconds,
          micros[micros.length / 2],
          micros[(int) (micros.length * 0.99)]);
    }
  }

  private static void print(List<Row> rows) {
    System.out.printf(
        Locale.ROOT,
        "%-14s %12s %14s %10s %10s   (p50, p99 at %d messages/s)%n",
        "relay",
        "messages/s",
        "per CPU s",
        "p50 us",
        "p99 us",
        Crowd.PACED_PER_SECOND);
    for (Row row : rows) {
      System.out.printf(
          Locale.ROOT,
          "%-14s %12.0f %14.0f %10d %10d%n",
          row.name,
          row.perSecond,
          row.perCpuSecond,
          row.p50,
          row.p99);
    }
    Row ours = rows.getFirst();
    for (Row other : rows.subList(1, rows.size())) {
      System.out.printf(
          Locale.ROOT,
          "CPU per message against %s: %.2f times%n",
          other.name,
          other.perCpuSecond / ours.perCpuSecond);
    }
  }

  /** A relay that the crowd can connect to. */
  interface RelayServer {
    String name();

    int port();

    /** The id of the thread that does all its work. */
    long loopThread();

    /** How this side, 1 or 2, of this room connects. */
    WebSocketConnectOptions door(int room, int side);
  }

  /** The thread of a Vert.x that has one loop. */
  static long loopThreadOf(Vertx vertx) {
    var id = new CompletableFuture<Long>();
    vertx.runOnContext(_ -> id.complete(Thread.currentThread().threadId()));
    return id.join();
  }
}
