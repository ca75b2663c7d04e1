package org.consilium.scheduling.planning;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A market small enough to try every plan. */
record SmallMarket(SlotGrid grid, int[][] slots, int[][] points) {
  static SmallMarket random(long seed, int requests, int weeks) {
    var random = new SplittableRandom(seed);
    var start = new int[weeks + 1];
    var room = new int[weeks];
    var carried = new int[weeks];
    for (int week = 0; week < weeks; week++) {
      start[week + 1] = start[week] + 1 + random.nextInt(3);
      room[week] = random.nextInt(3);
      carried[week] = random.nextInt(2);
    }
    var grid = new SlotGrid(start, room, carried, random.nextInt(30));
    var slots = new int[requests][];
    var points = new int[requests][];
    for (int r = 0; r < requests; r++) {
      slots[r] =
          java.util.stream.IntStream.range(0, grid.slots())
              .filter(_ -> random.nextInt(10) < 6)
              .toArray();
      points[r] = Arrays.stream(slots[r]).map(_ -> random.nextInt(100)).toArray();
    }
    return new SmallMarket(grid, slots, points);
  }

  AssignmentFlow oneByOne() {
    var flow = new AssignmentFlow(grid);
    for (int r = 0; r < slots.length; r++) {
      flow.add(slots[r], points[r]);
    }
    return flow;
  }

  /** The greatest value of all plans, by trying them. */
  long best() {
    return best(0, new boolean[grid.slots()], new int[grid.weeks()]);
  }

  private long best(int request, boolean[] taken, int[] inWeek) {
    if (request == slots.length) {
      return 0;
    }
    long best = best(request + 1, taken, inWeek);
    for (int i = 0; i < slots[request].length; i++) {
      int slot = slots[request][i];
      int week = weekOf(slot);
      if (!taken[slot] && inWeek[week] < grid.roomInWeek()[week]) {
        int charge = grid.chargeOfNext(week, inWeek[week]);
        taken[slot] = true;
        inWeek[week]++;
        best = Math.max(best, points[request][i] - charge + best(request + 1, taken, inWeek));
        taken[slot] = false;
        inWeek[week]--;
      }
    }
    return best;
  }

  int weekOf(int slot) {
    int week = 0;
    while (grid.weekStart()[week + 1] <= slot) {
      week++;
    }
    return week;
  }

  int pointsOf(int request, int slot) {
    for (int i = 0; i < slots[request].length; i++) {
      if (slots[request][i] == slot) {
        return points[request][i];
      }
    }
    throw new IllegalArgumentException("Not a slot of this request");
  }
}
