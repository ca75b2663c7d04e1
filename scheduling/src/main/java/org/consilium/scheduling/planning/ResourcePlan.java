package org.consilium.scheduling.planning;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Plans specialists, rooms and interpreters together. Rooms and interpreters are given prices
 * instead of limits (Lagrangian relaxation); with prices the problem is a flow, which is solved
 * exactly and gives a bound that no plan can pass. Prices rise where the flow uses too much and
 * fall where it uses too little; what it proposes is made to fit by {@link EjectionSearch}. So the
 * plan comes with a proof of how far from the best it can be at most.
 */
public final class ResourcePlan {
  private static final int PATIENCE = 8;
  private static final double STEP_FIRST = 1.0;
  private static final double STEP_LEAST = 0.005;

  private final ResourceMarket market;
  private final double[] prices;
  private final double[] bestPrices;
  private int[] best;
  private long value = Long.MIN_VALUE;
  private double bound = Double.POSITIVE_INFINITY;
  private int rounds;

  /**
   * A plan and what is proven of it.
   *
   * @param choices for each request which of its choices it gets, or {@link AssignmentFlow#NOBODY}
   * @param value of the plan
   * @param bound that no plan passes
   * @param rounds of prices
   */
  public record Result(int[] choices, long value, long bound, int rounds) {
    /** The plan is at most this share below the best one. */
    public double gap() {
      return bound == 0 ? 0 : (bound - value) / (double) bound;
    }
  }

  private ResourcePlan(ResourceMarket market) {
    this.market = market;
    prices = new double[market.capacity().length];
    bestPrices = prices.clone();
    best = new int[market.requests()];
    Arrays.fill(best, AssignmentFlow.NOBODY);
  }

  /**
   * Plans until the gap is closed to {@code gapGood}, or {@code limit} is used up.
   *
   * @param nanos the clock by which the limit runs, for example the CPU time of this thread
   */
  public static Result of(
      ResourceMarket market, Duration limit, double gapGood, LongSupplier nanos) {
    var plan = new ResourcePlan(market);
    plan.run(nanos.getAsLong() + limit.toNanos(), gapGood, nanos);
    return new Result(plan.best, plan.value, (long) Math.floor(plan.bound + 1e-6), plan.rounds);
  }

  private void run(long end, double gapGood, LongSupplier nanos) {
    double step = STEP_FIRST;
    int stale = 0;
    var search = new EjectionSearch(market);
    while (nanos.getAsLong() < end && step > STEP_LEAST) {
      rounds++;
      var relaxed = relaxed();
      double reached = relaxed.bound;
      if (reached < bound - 1e-9) {
        bound = reached;
        System.arraycopy(prices, 0, bestPrices, 0, prices.length);
        stale = 0;
      } else if (++stale >= PATIENCE) {
        step /= 2;
        stale = 0;
        System.arraycopy(bestPrices, 0, prices, 0, prices.length);
        continue;
      }
      keep(search.fit(relaxed.choices));
      if (value >= bound * (1 - gapGood)) {
        return;
      }
      if (!movePrices(relaxed.choices, step * Math.max(1, reached - value))) {
        return;
      }
    }
    keep(search.improve(best));
  }

  private void keep(EjectionSearch.Found found) {
    if (found.value() > value) {
      value = found.value();
      best = found.choices();
    }
  }

  private record Relaxed(int[] choices, double bound) {}

  /**
   * The exact plan when cells have prices. Points are rounded up to whole ones, so that the bound
   * stays a bound.
   */
  private Relaxed relaxed() {
    int requests = market.requests();
    var slots = new int[requests][];
    var points = new int[requests][];
    var choiceOf = new int[requests][];
    for (int r = 0; r < requests; r++) {
      int all = market.slots()[r].length;
      var keptSlots = new int[all];
      var keptPoints = new int[all];
      var kept = new int[all];
      int count = 0;
      for (int i = 0; i < all; i++) {
        double net = market.points()[r][i] - market.priceOf(r, i, prices);
        if (net > 0) {
          keptSlots[count] = market.slots()[r][i];
          keptPoints[count] = (int) Math.ceil(net * SCALE - 1e-6);
          kept[count++] = i;
        }
      }
      slots[r] = Arrays.copyOf(keptSlots, count);
      points[r] = Arrays.copyOf(keptPoints, count);
      choiceOf[r] = kept;
    }
    var flow = new AssignmentFlow(scaled(market.grid()));
    flow.addAll(slots, points);
    double reached = flow.value() / (double) SCALE;
    for (int cell = 0; cell < prices.length; cell++) {
      reached += prices[cell] * market.capacity()[cell];
    }
    var choices = new int[requests];
    for (int r = 0; r < requests; r++) {
      choices[r] = choiceAt(slots[r], choiceOf[r], flow.slotOf(r));
    }
    return new Relaxed(choices, reached);
  }

  /** Points are whole numbers in the flow; prices are finer than a point. */
  private static final int SCALE = 16;

  private static SlotGrid scaled(SlotGrid grid) {
    return new SlotGrid(
        grid.weekStart(), grid.roomInWeek(), grid.carriedInWeek(), grid.chargePerFurther() * SCALE);
  }

  private static int choiceAt(int[] slots, int[] choiceOf, int slot) {
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] == slot) {
        return choiceOf[i];
      }
    }
    return AssignmentFlow.NOBODY;
  }

  /**
   * One subgradient step (Polyak's length). False when every limit is kept and no price is left.
   */
  private boolean movePrices(int[] choices, double distance) {
    var excess = new int[prices.length];
    for (int cell = 0; cell < excess.length; cell++) {
      excess[cell] = -market.capacity()[cell];
    }
    for (int r = 0; r < choices.length; r++) {
      if (choices[r] != AssignmentFlow.NOBODY) {
        count(excess, market.room()[r][choices[r]]);
        count(excess, market.interpreter()[r][choices[r]]);
      }
    }
    double square = 0;
    for (int cell = 0; cell < excess.length; cell++) {
      if (excess[cell] > 0 || prices[cell] > 0) {
        square += (double) excess[cell] * excess[cell];
      }
    }
    if (square == 0) {
      return false;
    }
    for (int cell = 0; cell < excess.length; cell++) {
      prices[cell] = Math.max(0, prices[cell] + distance / square * excess[cell]);
    }
    return true;
  }

  private static void count(int[] used, int cell) {
    if (cell != ResourceMarket.NONE) {
      used[cell]++;
    }
  }
}
