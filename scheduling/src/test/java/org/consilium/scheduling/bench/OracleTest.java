package org.consilium.scheduling.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.consilium.scheduling.planning.PricePolicy;
import org.consilium.scheduling.planning.ResourcePlan;
import org.junit.jupiter.api.Test;

/** The planner on generated networks, beside somebody else's solver. */
class OracleTest {
  private final GeneratedNetwork network = new GeneratedNetwork(2);

  @Test
  void the_plan_is_the_optimum_that_another_solver_finds() {
    for (int requests : new int[] {200, 1_500}) {
      var market = new Market(network, network.requests(requests, 3));
      assertThat(market.solve().value())
          .isEqualTo(OrTools.optimum(market.grid, market.slots, market.points));
    }
  }

  @Test
  void a_simulation_says_the_same_each_time_and_never_books_twice() {
    var market = new Market(network, network.requests(1_000, 3));
    var prices =
        org.consilium.scheduling.planning.ShadowPrices.average(
            network.slots(), java.util.List.of(market.stream()));
    var once = new OnlineSimulation(market).replanned(prices, PricePolicy.of(110), 50);
    var again = new OnlineSimulation(market).replanned(prices, PricePolicy.of(110), 50);
    assertThat(once.slotOf).isEqualTo(again.slotOf);
  }

  @Test
  void with_rooms_and_interpreters_the_plan_proves_its_gap() {
    var market = new Market(network, network.requests(300, 3));
    var ticks = new long[1];
    var result =
        ResourcePlan.of(
            ResourceNetwork.of(market, 3), Duration.ofNanos(30), 0.001, () -> ticks[0]++);
    assertThat(result.gap()).isBetween(0.0, 0.02);
  }
}
