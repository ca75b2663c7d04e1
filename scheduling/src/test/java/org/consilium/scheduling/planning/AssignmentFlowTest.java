package org.consilium.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AssignmentFlowTest {
  private static final int NOBODY = AssignmentFlow.NOBODY;

  @Property(tries = 500)
  void no_plan_is_better(@ForAll long seed) {
    var market = SmallMarket.random(seed, 5, 4);
    assertThat(market.oneByOne().value()).isEqualTo(market.best());
  }

  @Property(tries = 300)
  void all_at_once_is_worth_the_same_as_one_by_one(@ForAll long seed) {
    var market = SmallMarket.random(seed, 30, 15);
    var flow = new AssignmentFlow(market.grid());
    flow.addAll(market.slots(), market.points());
    assertThat(flow.value()).isEqualTo(market.oneByOne().value());
    assertSlackness(market, flow);
  }

  @Property(tries = 300)
  void prices_and_gains_are_a_dual_solution(@ForAll long seed) {
    var market = SmallMarket.random(seed, 25, 12);
    assertSlackness(market, market.oneByOne());
  }

  @Property(tries = 300)
  void without_a_specialist_it_is_as_if_they_had_never_been_there(@ForAll long seed) {
    var market = SmallMarket.random(seed, 20, 10);
    var flow = market.oneByOne();
    flow.remove(2, 5);
    var room = market.grid().roomInWeek().clone();
    room[2] = 0;
    room[5] = 0;
    var smaller =
        new SlotGrid(
            market.grid().weekStart(),
            room,
            market.grid().carriedInWeek(),
            market.grid().chargePerFurther());
    var fresh = new SmallMarket(smaller, market.slots(), market.points()).oneByOne();
    assertThat(flow.value()).isEqualTo(fresh.value());
  }

  @Property(tries = 300)
  void what_is_promised_fixed_or_closed_stays_so_whatever_comes(@ForAll long seed) {
    var market = SmallMarket.random(seed, 30, 12);
    var random = new SplittableRandom(seed);
    var flow = new AssignmentFlow(market.grid());
    var promised = new boolean[30];
    var fixedAt = new int[30];
    Arrays.fill(fixedAt, Integer.MIN_VALUE);
    var closedFor = new int[market.grid().slots()];
    Arrays.fill(closedFor, Integer.MIN_VALUE);
    for (int r = 0; r < 30; r++) {
      flow.add(market.slots()[r], market.points()[r]);
      int other = random.nextInt(r + 1);
      if (flow.slotOf(other) != NOBODY && random.nextBoolean()) {
        flow.promise(other, random.nextInt(40));
        promised[other] = true;
      } else if (random.nextInt(4) == 0) {
        flow.fix(other);
        fixedAt[other] = flow.slotOf(other);
      } else if (random.nextInt(4) == 0) {
        int slot = random.nextInt(market.grid().slots());
        flow.close(slot);
        closedFor[slot] = flow.requestOf(slot);
      }
      assertKept(flow, r, promised, fixedAt, closedFor);
    }
  }

  private static void assertKept(
      AssignmentFlow flow, int last, boolean[] promised, int[] fixedAt, int[] closedFor) {
    for (int r = 0; r <= last; r++) {
      if (promised[r]) {
        assertThat(flow.slotOf(r)).isNotEqualTo(NOBODY);
      }
      if (fixedAt[r] != Integer.MIN_VALUE) {
        assertThat(flow.slotOf(r)).isEqualTo(fixedAt[r]);
      }
    }
    for (int slot = 0; slot < closedFor.length; slot++) {
      if (closedFor[slot] != Integer.MIN_VALUE) {
        assertThat(flow.requestOf(slot)).isIn(closedFor[slot], NOBODY);
      }
    }
  }

  @Test
  void a_promise_is_moved_only_for_more_than_its_bonus() {
    assertThat(firstSlotWhenSecondBrings(150, 100)).isEqualTo(0);
    assertThat(firstSlotWhenSecondBrings(251, 100)).isEqualTo(1);
  }

  /** The first has slot 0 (100 points, 50 in slot 1); the second wants slot 0 only. */
  private static int firstSlotWhenSecondBrings(int points, int bonus) {
    var grid = new SlotGrid(new int[] {0, 1, 2}, new int[] {1, 1}, new int[2], 0);
    var flow = new AssignmentFlow(grid);
    flow.addPromised(new int[] {0, 1}, new int[] {200, 100}, 2, 0, bonus);
    flow.add(new int[] {0}, new int[] {points});
    return flow.slotOf(0);
  }

  @Test
  void the_last_hour_of_a_week_goes_where_it_is_worth_most() {
    var grid = new SlotGrid(new int[] {0, 3}, new int[] {2}, new int[1], 10);
    var flow = new AssignmentFlow(grid);
    flow.add(new int[] {0}, new int[] {50});
    flow.add(new int[] {1}, new int[] {40});
    flow.add(new int[] {2}, new int[] {60});
    assertThat(flow.slotOf(0)).isZero();
    assertThat(flow.slotOf(1)).isEqualTo(NOBODY);
    assertThat(flow.slotOf(2)).isEqualTo(2);
    assertThat(flow.value()).isEqualTo(50 + 60 - 10);
    assertThat(flow.price(1)).isBetween(40, 50);
  }

  @Test
  void a_fixed_one_takes_its_hour_also_when_that_is_closed() {
    var grid = new SlotGrid(new int[] {0, 2}, new int[] {1}, new int[1], 10);
    var flow = new AssignmentFlow(grid);
    flow.add(new int[] {0}, new int[] {50});
    flow.close(1);
    int fixed = flow.addFixed(1);
    assertThat(flow.slotOf(fixed)).isEqualTo(1);
    assertThat(flow.slotOf(0)).isEqualTo(NOBODY);
  }

  @Test
  void promises_that_contradict_each_other_are_refused() {
    var grid = new SlotGrid(new int[] {0, 1}, new int[] {1}, new int[1], 0);
    var flow = new AssignmentFlow(grid);
    flow.addPromised(new int[] {0}, new int[] {5}, 1, 0, 10);
    assertThatThrownBy(() -> flow.addPromised(new int[] {0}, new int[] {5}, 1, 0, 10))
        .isInstanceOf(IllegalStateException.class);
  }

  private static void assertSlackness(SmallMarket market, AssignmentFlow flow) {
    var grid = market.grid();
    long dual = 0;
    for (int r = 0; r < flow.requests(); r++) {
      assertThat(flow.gain(r)).isNotNegative();
      dual += flow.gain(r);
      for (int slot : market.slots()[r]) {
        assertThat(flow.gain(r) + flow.price(slot))
            .isGreaterThanOrEqualTo(market.pointsOf(r, slot));
      }
      if (flow.slotOf(r) == NOBODY) {
        assertThat(flow.gain(r)).isZero();
      } else {
        assertThat(flow.gain(r) + flow.price(flow.slotOf(r)))
            .isEqualTo(market.pointsOf(r, flow.slotOf(r)));
      }
    }
    for (int week = 0; week < grid.weeks(); week++) {
      int taken = flow.takenInWeek(week);
      if (taken < grid.roomInWeek()[week]) {
        assertThat(flow.weekPrice(week)).isLessThanOrEqualTo(grid.chargeOfNext(week, taken));
      }
      for (int k = 0; k < grid.roomInWeek()[week]; k++) {
        dual += Math.max(0, flow.weekPrice(week) - grid.chargeOfNext(week, k));
      }
    }
    for (int slot = 0; slot < grid.slots(); slot++) {
      int above = flow.price(slot) - flow.weekPrice(market.weekOf(slot));
      assertThat(above).isNotNegative();
      dual += above;
    }
    assertThat(dual).isEqualTo(flow.value());
  }
}
