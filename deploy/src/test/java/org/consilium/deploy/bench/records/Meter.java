package org.consilium.deploy.bench.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Counts the CPU time of the server and of PostgreSQL with all its processes, as the system has it
 * in {@code /proc}, in steps of a hundredth of a second.
 */
final class Meter {
  private static final double TICKS_PER_SECOND = 100;
  private static final int PARENT = 1;
  private static final int OWN_FROM = 11;
  private static final int OWN_AND_ENDED_CHILDREN = 4;
  private static final int OWN = 2;

  private final long server;
  private final long postgres;

  Meter(long server, long postgres) {
    this.server = server;
    this.postgres = postgres;
  }

  /** Something that is done once and timed. */
  interface Act {
    void run() throws Exception;
  }

  /** CPU seconds used so far. */
  record Cpu(double server, double postgres) {}

  /**
   * What one operation takes.
   *
   * @param median milliseconds
   * @param p99 milliseconds
   * @param server CPU milliseconds
   * @param postgres CPU milliseconds
   */
  record Cost(double median, double p99, double server, double postgres) {
    /** One line of the table; {@code besides} may be empty. */
    String row(String what, String besides) {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %s | %s | %s | %s |",
          what,
          figure(median),
          figure(p99),
          figure(server),
          figure(postgres),
          besides);
    }

    private static String figure(double value) {
      return Double.isNaN(value)
          ? ""
          : String.format(Locale.ROOT, value < 1 ? "%.2f" : "%.1f", value);
    }
  }

  /** Runs {@code act} so often, after a fifth as often to warm up. */
  Cost measure(int times, Act act) throws Exception {
    for (int i = 0; i < Math.max(5, times / 5); i++) {
      act.run();
    }
    var nanos = new ArrayList<Long>();
    var before = cpu();
    for (int i = 0; i < times; i++) {
      long begun = System.nanoTime();
      act.run();
      nanos.add(System.nanoTime() - begun);
    }
    return cost(nanos, before, cpu());
  }

  static Cost cost(List<Long> nanos, Cpu before, Cpu after) {
    var sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return new Cost(
        sorted.get(sorted.size() / 2) / 1e6,
        sorted.get((sorted.size() - 1) * 99 / 100) / 1e6,
        (after.server() - before.server()) * 1e3 / sorted.size(),
        (after.postgres() - before.postgres()) * 1e3 / sorted.size());
  }

  Cpu cpu() throws IOException {
    return new Cpu(seconds(server, OWN), tree(postgres));
  }

  /** Its own, that of its children, and that of those which have ended. */
  private static double tree(long process) throws IOException {
    double all = seconds(process, OWN_AND_ENDED_CHILDREN);
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (var folder : processes.filter(Meter::isProcess).toList()) {
        var fields = fields(folder);
        if (fields.length > PARENT && Long.parseLong(fields[PARENT]) == process) {
          all += seconds(fields, OWN);
        }
      }
    }
    return all;
  }

  private static boolean isProcess(Path folder) {
    return Character.isDigit(folder.getFileName().toString().charAt(0));
  }

  /** CPU seconds of one process; 0 when it is gone. */
  static double seconds(long process, int fields) throws IOException {
    return seconds(fields(Path.of("/proc", Long.toString(process))), fields);
  }

  /** Of a process without its children. */
  static double seconds(long process) throws IOException {
    return seconds(process, OWN);
  }

  private static double seconds(String[] fields, int many) {
    long ticks = 0;
    for (int i = OWN_FROM; i < OWN_FROM + many && i < fields.length; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Those after the name, which may hold blanks. */
  private static String[] fields(Path folder) throws IOException {
    try {
      var stat = Files.readString(folder.resolve("stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    } catch (java.nio.file.NoSuchFileException gone) {
      return new String[0];
    }
  }
}
