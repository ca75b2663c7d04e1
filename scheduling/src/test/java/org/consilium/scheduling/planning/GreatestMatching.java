package org.consilium.scheduling.planning;

import java.util.List;

/**
 * How many requests can have a slot at all: a greatest flow over a matrix of capacities (Ford and
 * Fulkerson), slow and simple, without the first {@code weeksGone} weeks.
 */
final class GreatestMatching {
  private final SmallMarket market;
  private final int weeksGone;
  private int[][] capacity;
  private int sink;

  GreatestMatching(SmallMarket market, int weeksGone) {
    this.market = market;
    this.weeksGone = weeksGone;
  }

  /** Nodes: the source, the requests, the slots, the weeks, the sink. */
  int of(List<Replan.Standing> requests) {
    int firstSlot = 1 + requests.size();
    int firstWeek = firstSlot + market.grid().slots();
    sink = firstWeek + market.grid().weeks();
    capacity = new int[sink + 1][sink + 1];
    for (int r = 0; r < requests.size(); r++) {
      capacity[0][1 + r] = 1;
      for (int slot : requests.get(r).slots()) {
        capacity[1 + r][firstSlot + slot] = 1;
      }
    }
    for (int slot = 0; slot < market.grid().slots(); slot++) {
      capacity[firstSlot + slot][firstWeek + market.weekOf(slot)] = 1;
    }
    for (int week = weeksGone; week < market.grid().weeks(); week++) {
      capacity[firstWeek + week][sink] = market.grid().roomInWeek()[week];
    }
    int flow = 0;
    while (push(0, new boolean[sink + 1])) {
      flow++;
    }
    return flow;
  }

  private boolean push(int node, boolean[] seen) {
    if (node == sink) {
      return true;
    }
    seen[node] = true;
    for (int next = 0; next <= sink; next++) {
      if (!seen[next] && capacity[node][next] > 0 && push(next, seen)) {
        capacity[node][next]--;
        capacity[next][node]++;
        return true;
      }
    }
    return false;
  }
}
