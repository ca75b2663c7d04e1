package org.consilium.scheduling.planning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a proposal fit every limit, and then improves it: a request without a place may take one
 * that others hold, if those find another and all together gain (an ejection chain of length one or
 * two).
 */
final class EjectionSearch {
  private static final int NOBODY = AssignmentFlow.NOBODY;

  private final ResourceMarket market;
  private final int[] weekOf;
  private final int[] holder;
  private final int[] inWeek;
  private final int[] used;
  private final int[] choiceOf;
  private final List<List<Integer>> users = new ArrayList<>();

  /** A plan that keeps every limit. */
  record Found(int[] choices, long value) {}

  EjectionSearch(ResourceMarket market) {
    this.market = market;
    weekOf = market.grid().weekOfSlots();
    holder = new int[market.grid().slots()];
    inWeek = new int[market.grid().weeks()];
    used = new int[market.capacity().length];
    choiceOf = new int[market.requests()];
    for (int cell = 0; cell < used.length; cell++) {
      users.add(new ArrayList<>());
    }
  }

  /** Keeps of a proposal what fits, the more valuable first, and places the others as it can. */
  Found fit(int[] proposal) {
    clear();
    var order = byWorth(proposal);
    for (int r : order) {
      if (proposal[r] != NOBODY && isFree(r, proposal[r])) {
        take(r, proposal[r]);
      }
    }
    for (int r : order) {
      if (choiceOf[r] == NOBODY) {
        int choice = bestFree(r, NOBODY);
        if (choice != NOBODY) {
          take(r, choice);
        }
      }
    }
    ejections();
    return found();
  }

  /** Searches on from a plan. */
  Found improve(int[] plan) {
    clear();
    for (int r = 0; r < plan.length; r++) {
      if (plan[r] != NOBODY) {
        take(r, plan[r]);
      }
    }
    boolean better = true;
    for (int round = 0; better && round < 20; round++) {
      better = ejections() | shifts();
    }
    return found();
  }

  /** Each request to a better free place; one that costs more than it brings to none. */
  private boolean shifts() {
    boolean any = false;
    for (int r = 0; r < choiceOf.length; r++) {
      int had = choiceOf[r];
      if (had != NOBODY) {
        leave(r);
        int choice = bestFree(r, NOBODY);
        boolean gains = net(r, choice) > net(r, had);
        int goes = gains ? choice : had;
        if (goes != NOBODY) {
          take(r, goes);
        }
        any |= gains;
      }
    }
    return any;
  }

  /** Each request without a place, or with a poor one, in the place of another that finds one. */
  private boolean ejections() {
    boolean any = false;
    for (int r = 0; r < choiceOf.length; r++) {
      any |= choiceOf[r] == NOBODY && eject(r);
    }
    return any;
  }

  private boolean eject(int r) {
    int count = market.slots()[r].length;
    for (int choice = 0; choice < count; choice++) {
      int blocker = onlyBlocker(r, choice);
      if (blocker == NOBODY) {
        continue;
      }
      int had = choiceOf[blocker];
      int lost = net(blocker, had);
      leave(blocker);
      if (isFree(r, choice)) {
        int gained = net(r, choice);
        take(r, choice);
        int other = bestFree(blocker, had);
        if (gained + net(blocker, other) > lost) {
          if (other != NOBODY) {
            take(blocker, other);
          }
          return true;
        }
        leave(r);
      }
      take(blocker, had);
    }
    return false;
  }

  /** Who alone stands in the way of a choice: of its slot, else of its interpreter or its room. */
  private int onlyBlocker(int r, int choice) {
    int slot = market.slots()[r][choice];
    if (holder[slot] != NOBODY) {
      return holder[slot];
    }
    int blocker = cheapestUser(market.interpreter()[r][choice]);
    return blocker != NOBODY ? blocker : cheapestUser(market.room()[r][choice]);
  }

  private int cheapestUser(int cell) {
    if (cell == ResourceMarket.NONE || used[cell] < market.capacity()[cell]) {
      return NOBODY;
    }
    int cheapest = NOBODY;
    for (int user : users.get(cell)) {
      if (cheapest == NOBODY || net(user, choiceOf[user]) < net(cheapest, choiceOf[cheapest])) {
        cheapest = user;
      }
    }
    return cheapest;
  }

  private int bestFree(int r, int except) {
    int best = NOBODY;
    int most = 0;
    for (int choice = 0; choice < market.slots()[r].length; choice++) {
      if (choice != except && market.points()[r][choice] > most && isFree(r, choice)) {
        int net = net(r, choice);
        if (net > most) {
          most = net;
          best = choice;
        }
      }
    }
    return best;
  }

  /** Points less the charge of one more in that week; for who has no place nothing. */
  private int net(int r, int choice) {
    if (choice == NOBODY) {
      return 0;
    }
    int week = weekOf[market.slots()[r][choice]];
    int others = inWeek[week] - (choiceOf[r] == choice ? 1 : 0);
    return market.points()[r][choice] - market.grid().chargeOfNext(week, others);
  }

  private boolean isFree(int r, int choice) {
    int slot = market.slots()[r][choice];
    int week = weekOf[slot];
    return holder[slot] == NOBODY
        && inWeek[week] < market.grid().roomInWeek()[week]
        && hasRoom(market.room()[r][choice])
        && hasRoom(market.interpreter()[r][choice]);
  }

  private boolean hasRoom(int cell) {
    return cell == ResourceMarket.NONE || used[cell] < market.capacity()[cell];
  }

  private void take(int r, int choice) {
    int slot = market.slots()[r][choice];
    choiceOf[r] = choice;
    holder[slot] = r;
    inWeek[weekOf[slot]]++;
    use(market.room()[r][choice], r);
    use(market.interpreter()[r][choice], r);
  }

  private void use(int cell, int r) {
    if (cell != ResourceMarket.NONE) {
      used[cell]++;
      users.get(cell).add(r);
    }
  }

  private void leave(int r) {
    int choice = choiceOf[r];
    int slot = market.slots()[r][choice];
    choiceOf[r] = NOBODY;
    holder[slot] = NOBODY;
    inWeek[weekOf[slot]]--;
    giveBack(market.room()[r][choice], r);
    giveBack(market.interpreter()[r][choice], r);
  }

  private void giveBack(int cell, int r) {
    if (cell != ResourceMarket.NONE) {
      used[cell]--;
      users.get(cell).remove(Integer.valueOf(r));
    }
  }

  private void clear() {
    Arrays.fill(holder, NOBODY);
    Arrays.fill(inWeek, 0);
    Arrays.fill(used, 0);
    Arrays.fill(choiceOf, NOBODY);
    users.forEach(List::clear);
  }

  private int[] byWorth(int[] proposal) {
    var keys = new long[proposal.length];
    for (int r = 0; r < keys.length; r++) {
      int worth =
          proposal[r] == NOBODY
              ? Arrays.stream(market.points()[r]).max().orElse(0)
              : market.points()[r][proposal[r]];
      keys[r] = ((long) -worth << 32) | r;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  private Found found() {
    long value = 0;
    for (int r = 0; r < choiceOf.length; r++) {
      value += choiceOf[r] == NOBODY ? 0 : market.points()[r][choiceOf[r]];
    }
    for (int week = 0; week < inWeek.length; week++) {
      for (int k = 0; k < inWeek[week]; k++) {
        value -= market.grid().chargeOfNext(week, k);
      }
    }
    return new Found(choiceOf.clone(), value);
  }
}
