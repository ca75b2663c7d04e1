package org.consilium.signaling.bench;

import java.util.List;
import java.util.Locale;

/** What ten thousand seats cost while nobody speaks, and when all come back at once. */
final class ManySeats {
  private static final int SEATS = 10_000;
  private static final int WARM_ROOMS = 500;

  /** A collection gives the system back what the heap does not need, so that it can be seen. */
  private static final List<String> GIVE_BACK =
      List.of("-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");

  private ManySeats() {}

  static void measure(int loops) throws Exception {
    System.out.printf(
        "%n%,d idle seats, resident memory after a collection%n%-28s %14s %14s%n",
        SEATS, "server (" + String.join(" ", GIVE_BACK) + ")", "kB per seat", "of it live heap");
    try (var bare = ServerProcess.java(GIVE_BACK, "bare Netty", NettyRelay.class, "" + loops)) {
      idle(bare, new Dialects.Bare()).close();
    }
    try (var ours = ServerProcess.java(GIVE_BACK, "Consilium", ConsiliumRelay.class, "" + loops)) {
      try (var crowd = idle(ours, new Dialects.Consilium())) {
        herd(ours, crowd);
      }
    }
  }

  private static Crowd idle(ServerProcess server, Dialect dialect) throws Exception {
    // Classes, code and buffers that the first thousand need are no cost of the next ten thousand.
    var first = crowd(dialect, server, SEATS, WARM_ROOMS);
    first.connect();
    first.close();
    long before = server.residentKilobytes();
    long heapBefore = server.liveBytes();
    var crowd = crowd(dialect, server, 0, SEATS / 2);
    crowd.connect();
    long heap = server.liveBytes() - heapBefore;
    long resident = server.residentKilobytes() - before;
    System.out.printf(
        Locale.ROOT,
        "%-28s %14.1f %14.1f%n",
        server.name(),
        (double) resident / SEATS,
        heap / 1024.0 / SEATS);
    return crowd;
  }

  private static void herd(ServerProcess server, Crowd herd) throws Exception {
    try (var others = new OtherUsers(server.port(), 2 * SEATS)) {
      double cpu = server.cpuSeconds();
      long begin = System.nanoTime();
      herd.cutAll();
      herd.connectAtOnce();
      double seconds = (System.nanoTime() - begin) / 1e9;
      cpu = server.cpuSeconds() - cpu;
      double p99 = others.stop();
      herd.verify("herd");
      if (herd.resumed != SEATS) {
        throw new IllegalStateException("only " + herd.resumed + " resumed without a loss");
      }
      System.out.printf(
          Locale.ROOT,
          "%nHerd: %,d connections cut and resumed at once: all back after %.1f s, nothing missed"
              + " (%.1f s CPU); p99 of %d others meanwhile %.0f ms%n",
          SEATS,
          seconds,
          cpu,
          2 * OtherUsers.ROOMS,
          p99);
    }
  }

  private static Crowd crowd(Dialect dialect, ServerProcess server, int firstRoom, int rooms) {
    return new Crowd(
        dialect, server.port(), firstRoom, rooms, i -> (firstRoom + i / 2) + "-" + (1 + i % 2));
  }
}
