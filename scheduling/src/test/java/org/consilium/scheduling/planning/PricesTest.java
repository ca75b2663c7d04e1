package org.consilium.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.consilium.scheduling.planning.PricePolicy.Fared;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PricesTest {
  private static final Fared WELL = new Fared(100, 80);

  @Nested
  class Shadow {
    private final SlotGrid grid = new SlotGrid(new int[] {0, 1}, new int[] {1}, new int[1], 10);

    @Test
    void an_hour_is_worth_what_the_best_without_it_would_give() {
      var prices = ShadowPrices.average(1, List.of(stream(90, 70), stream(50, 30)));
      assertThat(prices.of(0)).isBetween((70 + 30) / 2, (90 + 50) / 2);
    }

    @Test
    void an_hour_that_nobody_wants_costs_nothing_beyond_the_load() {
      var prices = ShadowPrices.average(1, List.of(stream()));
      assertThat(prices.of(0)).isZero();
      assertThat(prices.beyond(0, 100, 20)).isZero();
    }

    @Test
    void it_loses_its_price_as_it_comes_near() {
      var prices = ShadowPrices.average(1, List.of(stream(90, 90)));
      assertThat(prices.of(0, 24)).isEqualTo(90);
      assertThat(prices.of(0, 4)).isZero();
      assertThat(prices.beyond(0, 24, 20)).isEqualTo(70);
    }

    /** Each asks five hours ahead, for the one hour there is. */
    private ShadowPrices.Stream stream(int... points) {
      var flow = new AssignmentFlow(grid);
      var ahead = new int[points.length];
      for (int i = 0; i < points.length; i++) {
        flow.add(new int[] {0}, new int[] {points[i]});
        ahead[i] = 5;
      }
      return new ShadowPrices.Stream(flow, ahead);
    }
  }

  @Nested
  class Policy {
    private final PricePolicy policy = new PricePolicy(110, 0.9, 0.4);

    @Test
    void who_has_just_come_pays_all_of_it() {
      assertThat(policy.share(0, WELL, WELL)).isEqualTo(1.1);
    }

    @Test
    void who_waited_to_the_end_of_their_time_pays_nothing() {
      assertThat(policy.share(0.9, WELL, WELL)).isEqualTo(1.1);
      assertThat(policy.share(1, WELL, WELL)).isZero();
      assertThat(policy.share(2, WELL, WELL)).isZero();
    }

    @Test
    void a_group_that_loses_too_much_pays_nothing() {
      assertThat(policy.share(0, new Fared(100, 32), WELL)).isZero();
      assertThat(policy.share(0, new Fared(100, 40), WELL)).isBetween(0.5, 0.6);
      assertThat(policy.share(0, new Fared(100, 50), WELL)).isEqualTo(1.1);
    }

    @Test
    void a_few_say_nothing_of_a_group() {
      assertThat(policy.share(0, new Fared(19, 0), WELL)).isEqualTo(1.1);
    }
  }
}
