package org.consilium.scheduling.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.consilium.scheduling.Network;
import org.consilium.scheduling.booking.BookingRace;
import org.consilium.scheduling.booking.BookingRace.Cost;

/**
 * Measures a booking beside plain inserts of the same rows, and races writers for the same time.
 *
 * <p>Arguments: the number of attempts of the race (50,000 when absent), and that of the rounds
 * (7). PostgreSQL does not wait for the disk here, so the work of a booking is not hidden by it.
 */
public final class BookingBench {
  private static final int WRITERS = 32;
  private static final int EACH = 100;
  private static final long SEED = 4;

  private BookingBench() {}

  public static void main(String[] arguments) throws Exception {
    long attempts = arguments.length > 0 ? Long.parseLong(arguments[0]) : 50_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    try (var net = new Network();
        var race = new BookingRace(net)) {
      conflictFree(race, rounds);
      race(race, attempts);
    }
    System.exit(0);
  }

  /** All three in every round; a ratio is the median of the rounds' ratios. */
  private static void conflictFree(BookingRace race, int rounds) throws Exception {
    race.makeTables();
    var booked = new ArrayList<Cost>();
    var keyed = new ArrayList<Cost>();
    var bare = new ArrayList<Cost>();
    for (int round = -1; round < rounds; round++) {
      var a = race.conflictFree(WRITERS, EACH);
      var b = race.bare(WRITERS, EACH, true);
      var c = race.bare(WRITERS, EACH, false);
      if (round >= 0) {
        booked.add(a);
        keyed.add(b);
        bare.add(c);
      }
    }
    line(
        "%nBookings of three parts that nobody else wants, %d writers, medians of %d rounds%n",
        WRITERS, rounds);
    line("| | per second | times | database CPU each | times |");
    line("|---|---|---|---|---|");
    row("booking", booked, booked);
    row("plain INSERT of the same rows, same keys and constraints", keyed, booked);
    row("plain INSERT of the same rows, table without any", bare, booked);
  }

  private static void row(String what, List<Cost> costs, List<Cost> booked) {
    var slower = new ArrayList<Double>();
    var dearer = new ArrayList<Double>();
    for (int i = 0; i < costs.size(); i++) {
      slower.add(costs.get(i).perSecond() / booked.get(i).perSecond());
      dearer.add(booked.get(i).cpuMillis() / costs.get(i).cpuMillis());
    }
    line(
        "| %s | %.0f | %.2f | %.2f ms | %.2f |",
        what,
        median(costs, Cost::perSecond),
        PlannerBench.percentile(slower, 0.5),
        median(costs, Cost::cpuMillis),
        PlannerBench.percentile(dearer, 0.5));
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> of) {
    return PlannerBench.percentile(costs.stream().map(of::applyAsDouble).toList(), 0.5);
  }

  private static void race(BookingRace race, long attempts) throws Exception {
    var tally = race.run(WRITERS, attempts, SEED);
    line(
        "%n%,d racing attempts, %d writers: %.0f s, %.0f a second%n",
        tally.attempts(), WRITERS, tally.seconds(), tally.attempts() / tally.seconds());
    line("| booked | refused | cancelled | moved | double bookings | torn appointments |");
    line("|---|---|---|---|---|---|");
    line(
        "| %,d | %,d | %,d | %,d | %d | %d |",
        tally.booked(),
        tally.refused(),
        tally.cancelled(),
        tally.moved(),
        race.doubles(),
        race.torn());
  }

  private static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
