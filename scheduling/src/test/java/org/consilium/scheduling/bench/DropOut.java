package org.consilium.scheduling.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.consilium.scheduling.planning.AssignmentFlow;
import org.consilium.scheduling.planning.Replan;
import org.consilium.scheduling.planning.SlotGrid;

/**
 * In the middle of the two weeks one in twenty specialists leaves. What is lost can be placed into
 * hours that are still free, or others may be moved to make room.
 */
final class DropOut {
  private static final int NOW = 100;
  private static final int KEEP_BONUS = 300;
  private static final double LEAVING = 0.05;

  /** How many were hit, how many found a place again either way, and how many others moved. */
  record Result(int hit, int placedAlone, int placedByPlan, int othersMoved, double cpuSeconds) {}

  private DropOut() {}

  static Result of(Market market, int[] slotOf, long seed) {
    var random = new SplittableRandom(seed);
    var leaves = new boolean[GeneratedNetwork.SPECIALISTS];
    for (int i = 0; i < leaves.length; i++) {
      leaves[i] = random.nextDouble() < LEAVING;
    }
    var coming = new ArrayList<Integer>();
    for (int r = 0; r < slotOf.length; r++) {
      if (slotOf[r] >= 0 && market.network.slotHour[slotOf[r]] >= NOW + 12) {
        coming.add(r);
      }
    }
    var hit =
        coming.stream().filter(r -> leaves[market.network.slotSpecialist[slotOf[r]]]).toList();
    int alone = placeAlone(market, slotOf, leaves, hit);
    double begun = Cpu.seconds();
    var difference = byPlan(market, slotOf, leaves, coming);
    double cpu = Cpu.seconds() - begun;
    int lost =
        (int) difference.moves().stream().filter(m -> m.to() == AssignmentFlow.NOBODY).count();
    int moved = difference.moves().size() - hit.size();
    return new Result(hit.size(), alone, hit.size() - lost, moved, cpu);
  }

  private static int placeAlone(Market market, int[] slotOf, boolean[] leaves, List<Integer> hit) {
    var weekOf = market.weekOfSlots();
    var taken = new boolean[weekOf.length];
    var load = new int[market.grid.weeks()];
    for (int slot : slotOf) {
      if (slot >= 0) {
        taken[slot] = true;
        load[weekOf[slot]]++;
      }
    }
    int placed = 0;
    for (int r : hit) {
      int best = -1;
      int most = 0;
      for (int i = 0; i < market.slots[r].length; i++) {
        int slot = market.slots[r][i];
        int week = weekOf[slot];
        int net = market.points[r][i] - market.grid.chargePerFurther() * load[week];
        if (canTake(market, leaves, slot)
            && !taken[slot]
            && load[week] < market.grid.roomInWeek()[week]
            && net > most) {
          most = net;
          best = slot;
        }
      }
      if (best >= 0) {
        taken[best] = true;
        load[weekOf[best]]++;
        placed++;
      }
    }
    return placed;
  }

  private static boolean canTake(Market market, boolean[] leaves, int slot) {
    return market.network.slotHour[slot] >= NOW + 12
        && !leaves[market.network.slotSpecialist[slot]];
  }

  private static Replan.Difference byPlan(
      Market market, int[] slotOf, boolean[] leaves, List<Integer> coming) {
    var weekOf = market.weekOfSlots();
    var room = market.grid.roomInWeek().clone();
    var carried = new int[room.length];
    for (int slot : slotOf) {
      if (slot >= 0 && market.network.slotHour[slot] < NOW + 12) {
        room[weekOf[slot]]--;
        carried[weekOf[slot]]++;
      }
    }
    var grid = new SlotGrid(market.grid.weekStart(), room, carried, market.grid.chargePerFurther());
    var standing = new ArrayList<Replan.Standing>();
    for (int r : coming) {
      var open = new int[market.slots[r].length];
      var points = new int[open.length];
      int count = 0;
      int booked = AssignmentFlow.NOBODY;
      for (int i = 0; i < open.length; i++) {
        int slot = market.slots[r][i];
        if (slot == slotOf[r] || canTake(market, leaves, slot)) {
          booked = slot == slotOf[r] ? count : booked;
          open[count] = slot;
          points[count++] = market.points[r][i];
        }
      }
      standing.add(
          new Replan.Standing(Arrays.copyOf(open, count), Arrays.copyOf(points, count), booked));
    }
    var gone = new ArrayList<Integer>();
    for (int s = 0; s < leaves.length; s++) {
      for (int week = 0; leaves[s] && week < GeneratedNetwork.WEEKS; week++) {
        gone.add(s * GeneratedNetwork.WEEKS + week);
      }
    }
    return Replan.without(
        grid, standing, KEEP_BONUS, gone.stream().mapToInt(Integer::intValue).toArray());
  }
}
