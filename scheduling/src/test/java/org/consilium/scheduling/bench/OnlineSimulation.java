package org.consilium.scheduling.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.planning.AssignmentFlow;
import org.consilium.scheduling.planning.PricePolicy;
import org.consilium.scheduling.planning.PricePolicy.Fared;
import org.consilium.scheduling.planning.ShadowPrices;

/**
 * Two weeks in which requests come one after the other and nobody knows the next one. Each method
 * is one policy, for a fresh simulation.
 */
final class OnlineSimulation {
  static final int NOBODY = AssignmentFlow.NOBODY;
  static final int AHEAD_HOURS = 12;

  private final Market market;
  private final int[] weekOf;
  final int[] slotOf;
  private final int[] takenBy;
  private final int[] load;
  private final int[] ended = new int[Urgency.values().length];
  private final int[] met = new int[Urgency.values().length];
  private int moves;

  OnlineSimulation(Market market) {
    this.market = market;
    weekOf = market.weekOfSlots();
    slotOf = new int[market.slots.length];
    takenBy = new int[market.grid.slots()];
    load = new int[market.grid.weeks()];
    Arrays.fill(slotOf, NOBODY);
    Arrays.fill(takenBy, NOBODY);
  }

  double movesPerRequest() {
    return (double) moves / slotOf.length;
  }

  // ---- Policies

  /** The earliest hour, of those then the specialist booked least recently; as Cal.com does. */
  OnlineSimulation firstCome() {
    var lastBooked = new int[GeneratedNetwork.SPECIALISTS];
    for (int r = 0; r < slotOf.length; r++) {
      int best = NOBODY;
      long least = Long.MAX_VALUE;
      for (int slot : market.slots[r]) {
        int specialist = market.network.slotSpecialist[slot];
        long key = ((long) market.network.slotHour[slot] << 32) + lastBooked[specialist];
        if (isFree(slot) && key < least) {
          least = key;
          best = slot;
        }
      }
      if (best != NOBODY) {
        take(r, best);
        lastBooked[market.network.slotSpecialist[best]] = r + 1;
      }
    }
    return this;
  }

  /** The best score on arrival. */
  OnlineSimulation bestScore() {
    return priced(ShadowPrices.none(market.grid.slots()), PricePolicy.of(0));
  }

  /** The best score less the price, on arrival or each hour while somebody waits. */
  OnlineSimulation priced(ShadowPrices prices, PricePolicy policy) {
    var waiting = new ArrayList<Integer>();
    int next = 0;
    for (int hour = 0; hour < GeneratedNetwork.HOURS; hour++) {
      for (; next < slotOf.length && arrivalHour(next) == hour; next++) {
        waiting.add(next);
      }
      serve(waiting, prices, policy, hour);
    }
    return this;
  }

  /** The same, and each hour what is booked further ahead is planned anew. */
  OnlineSimulation replanned(ShadowPrices prices, PricePolicy policy, int keepBonus) {
    var flow = new AssignmentFlow(market.grid);
    var number = new int[slotOf.length];
    var movable = new ArrayList<Integer>();
    var waiting = new ArrayList<Integer>();
    var inFlow = new boolean[slotOf.length];
    int next = 0;
    for (int hour = 0; hour < GeneratedNetwork.HOURS; hour++) {
      freeze(flow, number, movable, hour + AHEAD_HOURS);
      for (; next < slotOf.length && arrivalHour(next) == hour; next++) {
        waiting.add(next);
      }
      for (int r : serve(waiting, prices, policy, hour)) {
        if (inFlow[r]) {
          flow.fix(number[r]);
          movable.remove((Integer) r);
        }
        if (market.network.slotHour[slotOf[r]] < hour + AHEAD_HOURS) {
          number[r] = flow.addFixed(slotOf[r]);
        } else {
          number[r] = addToFlow(flow, r, prices, policy, hour, keepBonus);
          movable.add(r);
        }
        inFlow[r] = true;
      }
      for (int r : waiting) {
        if (!inFlow[r]) {
          number[r] = addToFlow(flow, r, prices, policy, hour, keepBonus);
          inFlow[r] = true;
          movable.add(r);
        }
      }
      follow(flow, number, movable, keepBonus);
      waiting.removeIf(r -> slotOf[r] != NOBODY);
    }
    return this;
  }

  // ---- Their steps

  /** Serves whom it can of those who wait, takes them and the lapsed out, and says who was met. */
  private List<Integer> serve(
      List<Integer> waiting, ShadowPrices prices, PricePolicy policy, int hour) {
    var served = new ArrayList<Integer>();
    waiting.removeIf(r -> {
      int urgency = market.requests.get(r).urgency().ordinal();
      if (slotOf[r] == NOBODY && waitedShare(r, hour) > 1) {
        ended[urgency]++;
        return true;
      }
      int slot = bestSlot(r, prices, share(policy, r, hour), hour);
      if (slot == NOBODY) {
        return false;
      }
      take(r, slot);
      ended[urgency]++;
      met[urgency]++;
      served.add(r);
      return true;
    });
    return served;
  }

  private int bestSlot(int r, ShadowPrices prices, double share, int hour) {
    int best = NOBODY;
    double most = 0;
    for (int i = 0; i < market.slots[r].length; i++) {
      int slot = market.slots[r][i];
      int ahead = market.network.slotHour[slot] - hour;
      if (ahead >= 0 && isFree(slot)) {
        int charge = Market.WEIGHTS.furtherInWeek() * load[weekOf[slot]];
        double net = market.points[r][i] - charge - share * prices.beyond(slot, ahead, charge);
        if (net > most) {
          most = net;
          best = slot;
        }
      }
    }
    return best;
  }

  private int addToFlow(
      AssignmentFlow flow,
      int r,
      ShadowPrices prices,
      PricePolicy policy,
      int hour,
      int keepBonus) {
    var choices = market.slots[r];
    var slots = new int[choices.length];
    var points = new int[choices.length];
    int count = 0;
    int booked = NOBODY;
    double share = share(policy, r, hour);
    for (int i = 0; i < choices.length; i++) {
      int slot = choices[i];
      int ahead = market.network.slotHour[slot] - hour;
      int charge = Market.WEIGHTS.furtherInWeek() * load[weekOf[slot]];
      int net = (int) (market.points[r][i] - share * prices.beyond(slot, ahead, charge));
      boolean isBooked = slot == slotOf[r];
      if (isBooked || (ahead >= AHEAD_HOURS && net > 0)) {
        booked = isBooked ? count : booked;
        slots[count] = slot;
        points[count++] = Math.max(0, net);
      }
    }
    return booked == NOBODY
        ? flow.add(slots, points, count)
        : flow.addPromised(slots, points, count, booked, keepBonus);
  }

  /** What comes nearer than the limit stays as it is. */
  private void freeze(AssignmentFlow flow, int[] number, List<Integer> movable, int limit) {
    movable.removeIf(r -> {
      boolean near = slotOf[r] != NOBODY && market.network.slotHour[slotOf[r]] < limit;
      if (near) {
        flow.fix(number[r]);
      }
      return near;
    });
    for (int slot = 0; slot < weekOf.length; slot++) {
      if (market.network.slotHour[slot] < limit) {
        flow.close(slot);
      }
    }
  }

  private void follow(AssignmentFlow flow, int[] number, List<Integer> movable, int keepBonus) {
    var changed = movable.stream().filter(r -> flow.slotOf(number[r]) != slotOf[r]).toList();
    for (int r : changed) {
      if (slotOf[r] != NOBODY) {
        moves++;
        leave(r);
      } else {
        int urgency = market.requests.get(r).urgency().ordinal();
        ended[urgency]++;
        met[urgency]++;
      }
    }
    for (int r : changed) {
      take(r, flow.slotOf(number[r]));
      flow.promise(number[r], keepBonus);
    }
  }

  private double share(PricePolicy policy, int r, int hour) {
    int urgency = market.requests.get(r).urgency().ordinal();
    var all = new Fared(Arrays.stream(ended).sum(), Arrays.stream(met).sum());
    return policy.share(waitedShare(r, hour), new Fared(ended[urgency], met[urgency]), all);
  }

  private double waitedShare(int r, int hour) {
    int reach = GeneratedNetwork.REACH_HOURS[market.requests.get(r).urgency().ordinal()];
    return Math.max(0, (double) (hour - arrivalHour(r)) / reach);
  }

  private int arrivalHour(int r) {
    return market.requests.get(r).arrivesAtMinute() / 60;
  }

  // ---- What is booked

  private boolean isFree(int slot) {
    return takenBy[slot] == NOBODY && load[weekOf[slot]] < market.grid.roomInWeek()[weekOf[slot]];
  }

  private void take(int r, int slot) {
    if (!isFree(slot)) {
      throw new IllegalStateException("Slot " + slot + " would be taken twice");
    }
    slotOf[r] = slot;
    takenBy[slot] = r;
    load[weekOf[slot]]++;
  }

  private void leave(int r) {
    takenBy[slotOf[r]] = NOBODY;
    load[weekOf[slotOf[r]]]--;
    slotOf[r] = NOBODY;
  }
}
