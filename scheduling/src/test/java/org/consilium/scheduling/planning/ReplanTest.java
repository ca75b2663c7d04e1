package org.consilium.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.consilium.scheduling.planning.Replan.Standing;
import org.junit.jupiter.api.Test;

class ReplanTest {
  private static final int NOBODY = AssignmentFlow.NOBODY;

  @Property(tries = 300)
  void nobody_is_unbooked_and_each_move_pays_for_itself(@ForAll long seed) {
    var market = SmallMarket.random(seed, 30, 12);
    var standing = standing(market);
    var difference = Replan.of(market.grid(), standing, 40);
    long moved =
        difference.moves().stream()
            .filter(m -> standing.get(m.request()).booked() != NOBODY)
            .count();
    assertThat(difference.moves())
        .filteredOn(move -> standing.get(move.request()).booked() != NOBODY)
        .allSatisfy(move -> assertThat(move.to()).isNotEqualTo(NOBODY));
    assertThat(difference.after() - difference.before()).isGreaterThanOrEqualTo(40 * moved);
  }

  @Property(tries = 200)
  void a_drop_out_moves_those_who_stay_only_to_another_place(@ForAll long seed) {
    var market = SmallMarket.random(seed, 30, 12);
    var standing = standing(market);
    var difference = Replan.without(market.grid(), standing, 300, 0, 1);
    for (var move : difference.moves()) {
      boolean hit = move.from() != NOBODY && market.weekOf(move.from()) <= 1;
      if (!hit && move.from() != NOBODY) {
        assertThat(move.to()).isNotEqualTo(NOBODY);
      }
      if (move.to() != NOBODY) {
        assertThat(market.weekOf(move.to())).isGreaterThan(1);
      }
    }
    for (int r = 0; r < standing.size(); r++) {
      int booked = standing.get(r).booked();
      if (booked != NOBODY && market.weekOf(standing.get(r).slots()[booked]) <= 1) {
        int request = r;
        assertThat(difference.moves()).anyMatch(move -> move.request() == request);
      }
    }
  }

  @Property(tries = 200)
  void after_a_drop_out_as_many_have_a_place_again_as_can_have_one(@ForAll long seed) {
    var market = SmallMarket.random(seed, 30, 12);
    var standing = standing(market).stream().filter(one -> one.booked() != NOBODY).toList();
    var difference = Replan.without(market.grid(), standing, 300, 0, 1);
    long lost = difference.moves().stream().filter(move -> move.to() == NOBODY).count();
    assertThat(standing.size() - lost).isEqualTo(new GreatestMatching(market, 2).of(standing));
  }

  @Test
  void whose_promise_was_broken_goes_before_who_never_had_one() {
    var grid = new SlotGrid(new int[] {0, 1}, new int[] {1}, new int[1], 0);
    var broken = new Standing(new int[] {0}, new int[] {10}, NOBODY, true);
    var waits = new Standing(new int[] {0}, new int[] {900}, NOBODY);
    assertThat(Replan.of(grid, List.of(waits, broken), 100).moves())
        .containsExactly(new Replan.Move(1, NOBODY, 0, 0, 10));
  }

  @Test
  void where_nothing_pays_nothing_moves() {
    var grid = new SlotGrid(new int[] {0, 1, 2}, new int[] {1, 1}, new int[2], 0);
    var booked = new Standing(new int[] {0, 1}, new int[] {100, 180}, 0);
    assertThat(Replan.of(grid, List.of(booked), 100).moves()).isEmpty();
    assertThat(Replan.of(grid, List.of(booked), 79).moves())
        .containsExactly(new Replan.Move(0, 0, 1, 100, 180));
  }

  /** Everybody in the order of arrival, in the first place that is free. */
  private static List<Standing> standing(SmallMarket market) {
    var taken = new boolean[market.grid().slots()];
    var inWeek = new int[market.grid().weeks()];
    var standing = new ArrayList<Standing>();
    for (int r = 0; r < market.slots().length; r++) {
      int booked = NOBODY;
      for (int i = 0; i < market.slots()[r].length && booked == NOBODY; i++) {
        int slot = market.slots()[r][i];
        int week = market.weekOf(slot);
        if (!taken[slot] && inWeek[week] < market.grid().roomInWeek()[week]) {
          taken[slot] = true;
          inWeek[week]++;
          booked = i;
        }
      }
      standing.add(new Standing(market.slots()[r], market.points()[r], booked));
    }
    return standing;
  }
}
