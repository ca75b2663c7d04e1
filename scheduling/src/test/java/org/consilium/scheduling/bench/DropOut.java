package org.consilium.scheduling.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.consilium.scheduling.planning.AssignmentFlow;
import org.consilium.scheduling.planning.Replan;
import org.consilium.scheduling.planning.SlotGrid;

/**
 * Two weeks are planned, and on their first morning one in twenty specialists leaves. Whoever was
 * booked with them can be placed into hours that are still free, or others may be moved to make
 * room.
 */
final class DropOut {
  private static final int NOW = 0;
  private static final int MOVABLE = NOW + 12;
  private static final int KEEP_BONUS = 300;
  private static final double LEAVING = 0.05;

  /**
   * How many were hit, and how many found a place again.
   *
   * @param most what no plan can exceed that keeps everybody else's promise
   * @param othersMoved by the plan
   */
  record Result(
      int hit, int placedAlone, int placedByPlan, int most, int othersMoved, double cpuSeconds) {
    static final Result NONE = new Result(0, 0, 0, 0, 0, 0);

    Result and(Result other) {
      return new Result(
          hit + other.hit,
          placedAlone + other.placedAlone,
          placedByPlan + other.placedByPlan,
          most + other.most,
          othersMoved + other.othersMoved,
          cpuSeconds + other.cpuSeconds);
    }

    double percent(int recovered) {
      return 100.0 * recovered / hit;
    }
  }

  private final Market market;
  private final int[] slotOf;
  private final int[] weekOf;
  private final Set<Integer> leaving = new HashSet<>();
  private final List<Integer> coming;

  private DropOut(Market market, int[] slotOf, long seed) {
    this.market = market;
    this.slotOf = slotOf;
    weekOf = market.weekOfSlots();
    var random = new SplittableRandom(seed);
    for (int specialist = 0; specialist < GeneratedNetwork.SPECIALISTS; specialist++) {
      if (random.nextDouble() < LEAVING) {
        leaving.add(specialist);
      }
    }
    coming =
        IntStream.range(0, slotOf.length)
            .filter(r -> slotOf[r] >= 0 && market.network.slotHour[slotOf[r]] >= MOVABLE)
            .boxed()
            .toList();
  }

  static Result of(Market market, int[] slotOf, long seed) {
    return new DropOut(market, slotOf, seed).result();
  }

  private Result result() {
    int hit = (int) coming.stream().filter(this::isHit).count();
    int alone = placeAlone();
    double begun = Cpu.seconds();
    var moves = plan().moves();
    double cpu = Cpu.seconds() - begun;
    int lost = (int) moves.stream().filter(m -> m.to() == AssignmentFlow.NOBODY).count();
    return new Result(hit, alone, hit - lost, most(), moves.size() - hit, cpu);
  }

  private boolean isHit(int request) {
    return leaving.contains(market.network.slotSpecialist[slotOf[request]]);
  }

  /** Where a request can go now. */
  private Market.Choices open(int request) {
    var all = new Market.Choices(market.slots[request], market.points[request]);
    var kept =
        IntStream.range(0, all.slots().length)
            .filter(i -> market.network.slotHour[all.slots()[i]] >= MOVABLE)
            .filter(i -> !leaving.contains(market.network.slotSpecialist[all.slots()[i]]))
            .toArray();
    return new Market.Choices(
        Arrays.stream(kept).map(i -> all.slots()[i]).toArray(),
        Arrays.stream(kept).map(i -> all.points()[i]).toArray());
  }

  /** Each of those hit, one after the other, in the best hour that is still free. */
  private int placeAlone() {
    var taken = new boolean[weekOf.length];
    var load = new int[market.grid.weeks()];
    for (int r : known()) {
      taken[slotOf[r]] = true;
      load[weekOf[slotOf[r]]]++;
    }
    int placed = 0;
    for (int r : coming.stream().filter(this::isHit).toList()) {
      var open = open(r);
      int best = -1;
      int most = 0;
      for (int i = 0; i < open.slots().length; i++) {
        int slot = open.slots()[i];
        int week = weekOf[slot];
        int net = open.points()[i] - market.grid.chargePerFurther() * load[week];
        boolean isFree = !taken[slot] && load[week] < market.grid.roomInWeek()[week];
        if (isFree && net > most) {
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

  /** Everybody who is booked by now. */
  private List<Integer> known() {
    return IntStream.range(0, slotOf.length).filter(r -> slotOf[r] >= 0).boxed().toList();
  }

  private Replan.Difference plan() {
    return Replan.without(
        grid(market.grid.chargePerFurther()),
        coming.stream().map(this::standing).toList(),
        KEEP_BONUS,
        gone());
  }

  /**
   * As many of those hit as can have a place at all: each is worth more here than everything else
   * together, so the exact plan leaves out no one whom another plan could place.
   */
  private int most() {
    var flow = new AssignmentFlow(grid(0));
    flow.remove(gone());
    for (int request : coming) {
      if (!isHit(request)) {
        var slots = standing(request).slots();
        flow.addPromised(slots, worth(1, slots.length), slots.length, 0, 1);
      }
    }
    int others = flow.requests();
    for (int request : coming) {
      if (isHit(request)) {
        var slots = standing(request).slots();
        flow.add(slots, worth(3 * coming.size(), slots.length));
      }
    }
    return (int)
        IntStream.range(others, flow.requests())
            .filter(request -> flow.slotOf(request) != AssignmentFlow.NOBODY)
            .count();
  }

  private static int[] worth(int points, int count) {
    var worth = new int[count];
    Arrays.fill(worth, points);
    return worth;
  }

  /** What the weeks still take, besides what is too near to be moved. */
  private SlotGrid grid(int chargePerFurther) {
    var room = market.grid.roomInWeek().clone();
    var carried = new int[room.length];
    for (int r : known()) {
      if (market.network.slotHour[slotOf[r]] < MOVABLE) {
        room[weekOf[slotOf[r]]]--;
        carried[weekOf[slotOf[r]]]++;
      }
    }
    return new SlotGrid(market.grid.weekStart(), room, carried, chargePerFurther);
  }

  private int[] gone() {
    return leaving.stream()
        .flatMapToInt(s ->
            IntStream.range(0, GeneratedNetwork.WEEKS)
                .map(week -> s * GeneratedNetwork.WEEKS + week))
        .toArray();
  }

  /** Where it is first, where it may go after. */
  private Replan.Standing standing(int request) {
    var open = open(request);
    var slots = new ArrayList<Integer>();
    var points = new ArrayList<Integer>();
    slots.add(slotOf[request]);
    points.add(market.pointsOf(request, slotOf[request]));
    for (int i = 0; i < open.slots().length; i++) {
      if (open.slots()[i] != slotOf[request]) {
        slots.add(open.slots()[i]);
        points.add(open.points()[i]);
      }
    }
    return new Replan.Standing(
        slots.stream().mapToInt(Integer::intValue).toArray(),
        points.stream().mapToInt(Integer::intValue).toArray(),
        0);
  }
}
