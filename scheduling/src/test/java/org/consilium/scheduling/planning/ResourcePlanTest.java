package org.consilium.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ResourcePlanTest {
  @Property(tries = 100)
  void the_best_plan_lies_between_the_plan_and_its_bound(@ForAll long seed) {
    var market = random(seed);
    long best =
        best(
            market,
            0,
            new boolean[market.grid().slots()],
            new int[market.grid().weeks()],
            new int[market.capacity().length]);
    var result = plan(market);
    assertThat(result.value()).isLessThanOrEqualTo(best);
    assertThat(result.bound()).isGreaterThanOrEqualTo(best);
  }

  /** Seen once: a place that fills up until its charge is more than its points. */
  @Example
  void a_request_that_costs_more_than_it_brings_is_left_out() {
    the_best_plan_lies_between_the_plan_and_its_bound(-3101306889289567479L);
  }

  @Property(tries = 100)
  void every_limit_is_kept(@ForAll long seed) {
    var market = random(seed);
    var result = plan(market);
    var used = new int[market.capacity().length];
    var taken = new boolean[market.grid().slots()];
    long value = 0;
    var inWeek = new int[market.grid().weeks()];
    for (int r = 0; r < market.requests(); r++) {
      int choice = result.choices()[r];
      if (choice != AssignmentFlow.NOBODY) {
        int slot = market.slots()[r][choice];
        assertThat(taken[slot]).isFalse();
        taken[slot] = true;
        int week = market.grid().weekOfSlots()[slot];
        value += market.points()[r][choice] - market.grid().chargeOfNext(week, inWeek[week]++);
        use(used, market.room()[r][choice]);
        use(used, market.interpreter()[r][choice]);
      }
    }
    for (int cell = 0; cell < used.length; cell++) {
      assertThat(used[cell]).isLessThanOrEqualTo(market.capacity()[cell]);
    }
    for (int week = 0; week < inWeek.length; week++) {
      assertThat(inWeek[week]).isLessThanOrEqualTo(market.grid().roomInWeek()[week]);
    }
    assertThat(value).isEqualTo(result.value());
  }

  /** A clock that only counts how often it is asked: the same result on every machine. */
  private static ResourcePlan.Result plan(ResourceMarket market) {
    var ticks = new long[1];
    return ResourcePlan.of(market, Duration.ofNanos(60), 0, () -> ticks[0]++);
  }

  private static void use(int[] used, int cell) {
    if (cell != ResourceMarket.NONE) {
      used[cell]++;
    }
  }

  private static ResourceMarket random(long seed) {
    var random = new SplittableRandom(seed);
    var market = SmallMarket.random(seed, 5, 4);
    var capacity = new int[6];
    for (int cell = 0; cell < 6; cell++) {
      capacity[cell] = random.nextInt(3);
    }
    var room = new int[5][];
    var interpreter = new int[5][];
    for (int r = 0; r < 5; r++) {
      int count = market.slots()[r].length;
      room[r] = new int[count];
      interpreter[r] = new int[count];
      for (int i = 0; i < count; i++) {
        room[r][i] = random.nextInt(3);
        interpreter[r][i] = random.nextBoolean() ? ResourceMarket.NONE : 3 + random.nextInt(3);
      }
    }
    return new ResourceMarket(
        market.grid(), market.slots(), market.points(), room, interpreter, capacity);
  }

  private static long best(
      ResourceMarket market, int r, boolean[] taken, int[] inWeek, int[] used) {
    if (r == market.requests()) {
      return 0;
    }
    long best = best(market, r + 1, taken, inWeek, used);
    for (int i = 0; i < market.slots()[r].length; i++) {
      int slot = market.slots()[r][i];
      int week = market.grid().weekOfSlots()[slot];
      int room = market.room()[r][i];
      int voice = market.interpreter()[r][i];
      boolean fits =
          !taken[slot]
              && inWeek[week] < market.grid().roomInWeek()[week]
              && used[room] < market.capacity()[room]
              && (voice == ResourceMarket.NONE || used[voice] < market.capacity()[voice]);
      if (fits) {
        int charge = market.grid().chargeOfNext(week, inWeek[week]);
        change(slot, week, room, voice, 1, taken, inWeek, used);
        best =
            Math.max(
                best, market.points()[r][i] - charge + best(market, r + 1, taken, inWeek, used));
        change(slot, week, room, voice, -1, taken, inWeek, used);
      }
    }
    return best;
  }

  private static void change(
      int slot, int week, int room, int voice, int by, boolean[] taken, int[] inWeek, int[] used) {
    taken[slot] = by > 0;
    inWeek[week] += by;
    used[room] += by;
    if (voice != ResourceMarket.NONE) {
      used[voice] += by;
    }
  }
}
