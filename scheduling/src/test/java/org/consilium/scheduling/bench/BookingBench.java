package org.consilium.scheduling.bench;

import org.consilium.scheduling.Network;
import org.consilium.scheduling.booking.BookingRace;

/**
 * Races writers for the same time and measures a booking beside a bare insert.
 *
 * <p>Arguments: the number of attempts (100,000 when absent; {@code --full} is 1,000,000).
 */
public final class BookingBench {
  private static final int WRITERS = 32;
  private static final int EACH = 400;
  private static final long SEED = 4;

  private BookingBench() {}

  public static void main(String[] arguments) throws Exception {
    long attempts = 100_000;
    for (var argument : arguments) {
      attempts = argument.equals("--full") ? 1_000_000 : Long.parseLong(argument);
    }
    try (var net = new Network()) {
      var race = new BookingRace(net);
      race.conflictFree(WRITERS, 50);
      double bare = race.bare(WRITERS, EACH);
      double booked = race.conflictFree(WRITERS, EACH);
      System.out.printf(
          "conflict-free: %.0f bookings/s of three parts; bare insert %.0f/s; ratio %.2f%n",
          booked, bare, bare / booked);
      var tally = race.run(WRITERS, attempts, SEED);
      System.out.printf(
          "race: %d attempts, %d writers, %.0f s: %d booked, %d refused, %d cancelled, %d moved%n",
          tally.attempts(),
          WRITERS,
          tally.seconds(),
          tally.booked(),
          tally.refused(),
          tally.cancelled(),
          tally.moved());
      System.out.printf(
          "double bookings: %d; torn appointments: %d%n", race.doubles(), race.torn());
    }
    System.exit(0);
  }
}
