package org.consilium.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import org.consilium.scheduling.Network;
import org.junit.jupiter.api.Test;

/**
 * Thirty-two writers with cancels and moves mixed in; {@code BookingBench} does it a million times.
 */
class BookingRaceIT {
  @Test
  void racing_takers_cancellers_and_movers_leave_no_overlap_and_nothing_torn() throws Exception {
    try (var net = new Network();
        var race = new BookingRace(net)) {
      var tally = race.run(32, 3_000, 1);
      assertThat(tally.booked() + tally.refused() + tally.cancelled() + tally.moved())
          .isEqualTo(3_000);
      assertThat(tally.cancelled()).isPositive();
      assertThat(tally.moved()).isPositive();
      assertThat(race.doubles()).isZero();
      assertThat(race.torn()).isZero();
    }
  }
}
