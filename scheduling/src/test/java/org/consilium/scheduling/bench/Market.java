package org.consilium.scheduling.bench;

import java.util.Arrays;
import java.util.List;
import org.consilium.scheduling.matching.Weights;
import org.consilium.scheduling.planning.AssignmentFlow;
import org.consilium.scheduling.planning.ShadowPrices;
import org.consilium.scheduling.planning.SlotGrid;

/** Requests of a network, each with all slots that it may go to and the points of each. */
final class Market {
  /** The newest weights of the product; a test compares them with the migration. */
  static final Weights WEIGHTS =
      new Weights(
          "2026-2",
          400,
          200,
          60,
          150,
          160,
          100,
          5,
          150,
          60,
          25,
          0,
          80,
          40,
          60,
          30,
          20,
          110,
          new Weights.ByUrgency(1_600, 1_000, 600, 300, 150),
          new Weights.ByUrgency(40, 15, 6, 2, 1),
          100);

  final GeneratedNetwork network;
  final List<GeneratedNetwork.Request> requests;
  final SlotGrid grid;
  final int[][] slots;
  final int[][] points;
  private final int[] slotBuffer;
  private final int[] pointBuffer;

  Market(GeneratedNetwork network, List<GeneratedNetwork.Request> requests) {
    this.network = network;
    this.requests = requests;
    grid = network.grid(WEIGHTS.furtherInWeek());
    slotBuffer = new int[network.slots()];
    pointBuffer = new int[network.slots()];
    slots = new int[requests.size()][];
    points = new int[requests.size()][];
    for (int r = 0; r < requests.size(); r++) {
      var choices = choices(requests.get(r));
      slots[r] = choices.slots();
      points[r] = choices.points();
    }
  }

  /** Where a request may go, and what each is worth. */
  record Choices(int[] slots, int[] points) {}

  Choices choices(GeneratedNetwork.Request request) {
    var pairing = new SlotPairing(network, WEIGHTS);
    int count = 0;
    for (int specialist : network.bySpecialty[request.specialty()]) {
      int end = network.firstSlot[specialist + 1];
      for (int slot = network.slotFrom(specialist, request.firstHour());
          slot < end && network.slotHour[slot] <= request.lastHour();
          slot++) {
        if (pairing.of(request, specialist, network.slotHour[slot]).isAllowed()) {
          int worth = pairing.points();
          if (worth > 0) {
            slotBuffer[count] = slot;
            pointBuffer[count++] = worth;
          }
        }
      }
    }
    return new Choices(Arrays.copyOf(slotBuffer, count), Arrays.copyOf(pointBuffer, count));
  }

  int[] weekOfSlots() {
    var weekOf = new int[grid.slots()];
    for (int slot = 0; slot < weekOf.length; slot++) {
      weekOf[slot] = GeneratedNetwork.week(network.slotSpecialist[slot], network.slotHour[slot]);
    }
    return weekOf;
  }

  /** What this demand says of the price of every hour. */
  ShadowPrices.Stream stream() {
    var plan = solve();
    var ahead = new int[slots.length];
    for (int r = 0; r < slots.length; r++) {
      int slot = plan.slotOf(r);
      ahead[r] =
          slot == AssignmentFlow.NOBODY
              ? 0
              : network.slotHour[slot] - requests.get(r).arrivesAtMinute() / 60;
    }
    return new ShadowPrices.Stream(plan, ahead);
  }

  long pairs() {
    return Arrays.stream(slots).mapToLong(choices -> choices.length).sum();
  }

  /** All requests known at once: the optimum. */
  AssignmentFlow solve() {
    var flow = new AssignmentFlow(grid);
    flow.addAll(slots, points);
    return flow;
  }

  int pointsOf(int request, int slot) {
    var choices = slots[request];
    for (int i = 0; i < choices.length; i++) {
      if (choices[i] == slot) {
        return points[request][i];
      }
    }
    throw new IllegalArgumentException("Request " + request + " may not go to slot " + slot);
  }
}
