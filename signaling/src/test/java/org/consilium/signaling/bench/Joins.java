package org.consilium.signaling.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * CPU time of the server from a ticket to the welcome and to the last word of the record about it,
 * half of them into an empty room.
 */
final class Joins {
  private static final int WARM_ROOMS = 2_000;
  private static final int ROOMS = 500;

  private Joins() {}

  static void measure(int loops, int rounds) throws Exception {
    System.out.printf("%nJoins, medians of %d rounds%n%-50s %10s%n", rounds, "server", "CPU ms");
    try (var bare = ServerProcess.java("bare Netty, no ticket", NettyRelay.class, "" + loops)) {
      joins(bare, new Dialects.Bare(), rounds, i -> "");
    }
    try (var ours =
        ServerProcess.java("Consilium, tickets in memory", ConsiliumRelay.class, "" + loops)) {
      joins(ours, new Dialects.Consilium(), rounds, i -> i / 2 + "-" + (1 + i % 2));
    }
    Path file = Files.createTempFile("tickets", ".txt");
    try (var ours =
        ServerProcess.java(
            "Consilium, tickets and call record in PostgreSQL",
            PostgresRelay.class,
            "" + loops,
            "" + (WARM_ROOMS + rounds * ROOMS),
            file.toString())) {
      List<String> tickets = Files.readAllLines(file);
      joins(ours, new Dialects.Consilium(), rounds, tickets::get);
    } finally {
      Files.delete(file);
    }
  }

  private static void joins(
      ServerProcess server, Dialect dialect, int rounds, IntFunction<String> tickets)
      throws Exception {
    join(server, dialect, 0, WARM_ROOMS, tickets);
    var millis = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      millis.add(join(server, dialect, WARM_ROOMS + round * ROOMS, ROOMS, tickets));
    }
    System.out.printf(Locale.ROOT, "%-50s %10.2f%n", server.name(), SignalingBench.median(millis));
  }

  private static double join(
      ServerProcess server, Dialect dialect, int first, int rooms, IntFunction<String> tickets)
      throws Exception {
    var crowd = new Crowd(dialect, server.port(), first, rooms, i -> tickets.apply(2 * first + i));
    double before = server.cpuSeconds();
    crowd.connect();
    server.settle();
    double used = server.cpuSeconds() - before;
    crowd.verify(server.name());
    crowd.close();
    server.settle();
    return used * 1000 / crowd.size();
  }
}
