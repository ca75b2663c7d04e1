package org.consilium.scheduling.planning;

import java.util.Arrays;

/**
 * Gives requests to slots with the greatest sum of points, exactly: min-cost flow by successive
 * shortest paths with potentials (Ahuja, Magnanti, Orlin, "Network Flows", 9.7), specialised to
 * three layers. A request goes to one of its slots or to nobody; a slot takes one request; a week
 * (one specialist's) takes as many as it has room for, each further one at a greater charge.
 *
 * <p>The plan is optimal after every call, so it grows and shrinks cheaply: adding a request is one
 * shortest path, a specialist who drops out is one for each of their requests. The potentials are
 * the dual solution. With {@code gain} of a request, {@code price} of a slot and {@code weekPrice}:
 *
 * <ul>
 *   <li>gain(r) + price(s) &gt;= points(r, s), and equal where r has s;
 *   <li>price(s) &gt;= weekPrice(w of s), and equal where s is free;
 *   <li>weekPrice(w) is at least the charge of what w took last, and at most that of one more.
 * </ul>
 *
 * <p>Not for several threads. Points are whole and below a hundred million.
 */
public final class AssignmentFlow {
  /** Instead of a slot: the request goes to nobody. */
  public static final int NOBODY = -1;

  private static final int UNREACHED = Integer.MAX_VALUE;

  private final SlotGrid grid;
  private final int[] weekOf;

  // Requests and their choices: the arcs of request r are arcStart[r] to arcStart[r + 1].
  private int requests;
  private int[] arcStart = new int[1_025];
  private int[] arcSlot = new int[65_536];
  private int[] arcPoints = new int[65_536];

  // The plan.
  private int[] arcOf = new int[1_024];
  private int[] promisedArc = new int[1_024];
  private boolean[] fixed = new boolean[1_024];
  private int[] gain = new int[1_024];
  private final int[] requestOf;
  private final int[] taken;
  private final boolean[] closed;

  // Potentials. The price of a free slot is that of its week, so only taken slots have their own.
  private final int[] takenPrice;
  private final int[] weekPrice;

  // One search. Node numbers: slots, then weeks. What reached a node: a request by one of its arcs,
  // or (for a slot) its week.
  private final int[] distance;
  private final int[] stamp;
  private final int[] reachedBy;
  private final int[] reachedByArc;
  private final DistanceQueue queue = new DistanceQueue();
  private int[] settled = new int[1_024];
  private int settledCount;
  private int searches;
  private int nearestEnd;
  private int endNode;

  /** A search ends at a week that has room, or by leaving the request of a slot to nobody. */
  private static final int BY_WEEK = -2;

  public AssignmentFlow(SlotGrid grid) {
    this.grid = grid;
    int slots = grid.slots();
    int nodes = slots + grid.weeks();
    weekOf = grid.weekOfSlots();
    requestOf = new int[slots];
    Arrays.fill(requestOf, NOBODY);
    taken = new int[grid.weeks()];
    closed = new boolean[slots];
    takenPrice = new int[slots];
    weekPrice = new int[grid.weeks()];
    for (int week = 0; week < grid.weeks(); week++) {
      weekPrice[week] = grid.chargeOfNext(week, 0);
    }
    distance = new int[nodes];
    stamp = new int[nodes];
    reachedBy = new int[nodes];
    reachedByArc = new int[nodes];
  }

  // ---- What one does with it

  /**
   * Adds a request that may go to each of {@code slots} for as many {@code points}, and re-plans.
   *
   * @return its number, counted from 0
   */
  public int add(int[] slots, int[] points) {
    return add(slots, points, slots.length);
  }

  /** The same with the first {@code count} of the arrays, which are copied. */
  public int add(int[] slots, int[] points, int count) {
    int request = append(slots, points, count);
    place(request);
    return request;
  }

  /**
   * Adds many at once, numbered in their order: the same plan as one by one, and sooner, because
   * who has most to gain is placed first and so seldom has to be moved again.
   */
  public void addAll(int[][] slots, int[][] points) {
    var best = new long[slots.length];
    for (int i = 0; i < slots.length; i++) {
      int request = append(slots[i], points[i], slots[i].length);
      int greatest = Arrays.stream(points[i]).max().orElse(0);
      best[i] = ((long) -greatest << 32) | request;
    }
    Arrays.sort(best);
    for (long entry : best) {
      place((int) entry);
    }
  }

  /**
   * Adds a request that has {@code slots[promised]} already. It may be moved, for more than {@code
   * bonus} points in all, and is never left to nobody.
   *
   * @throws IllegalStateException when the promises contradict each other: a slot or a week is
   *     promised to more than it can take
   */
  public int addPromised(int[] slots, int[] points, int count, int promised, int bonus) {
    int request = append(slots, points, count);
    int start = arcStart[request];
    promisedArc[request] = start + promised;
    arcPoints[start + promised] += bonus;
    place(request);
    mustHavePlace(request);
    return request;
  }

  private void mustHavePlace(int request) {
    if (arcOf[request] == NOBODY) {
      throw new IllegalStateException("Promises that contradict each other: request " + request);
    }
  }

  /**
   * Adds what stays where it is from the start, on a slot that may be closed; others of the same
   * week may have to make room for it.
   */
  public int addFixed(int slot) {
    int request = append(new int[] {slot}, new int[1], 1);
    promisedArc[request] = arcStart[request];
    place(request, true);
    mustHavePlace(request);
    fix(request);
    return request;
  }

  /** From now on the request is never left to nobody, and its present slot is worth more. */
  public void promise(int request, int bonus) {
    int now = arcOf[request];
    if (now == NOBODY) {
      throw new IllegalArgumentException("Request " + request + " has no slot to be promised");
    }
    int before = promisedArc[request];
    if (before == now) {
      return;
    }
    if (before != NOBODY) {
      arcPoints[before] -= bonus;
    }
    promisedArc[request] = now;
    arcPoints[now] += bonus;
    gain[request] += bonus;
  }

  /** From now on the request stays where it is, also when that is nobody. */
  public void fix(int request) {
    fixed[request] = true;
  }

  /** From now on nobody is newly given this slot. Who has it may keep it. */
  public void close(int slot) {
    closed[slot] = true;
  }

  /**
   * Takes weeks out of the plan, for a specialist who drops out, and places again what they had.
   * What is fixed there stays.
   */
  public void remove(int... weeks) {
    for (int week : weeks) {
      for (int slot = grid.weekStart()[week]; slot < grid.weekStart()[week + 1]; slot++) {
        closed[slot] = true;
      }
    }
    for (int week : weeks) {
      for (int slot = grid.weekStart()[week]; slot < grid.weekStart()[week + 1]; slot++) {
        int request = requestOf[slot];
        if (request != NOBODY && !fixed[request]) {
          requestOf[slot] = NOBODY;
          taken[week]--;
          arcOf[request] = NOBODY;
          promisedArc[request] = NOBODY;
          place(request);
        }
      }
    }
  }

  // ---- What one asks it

  public int requests() {
    return requests;
  }

  /** The slot of a request, or {@link #NOBODY}. */
  public int slotOf(int request) {
    return arcOf[request] == NOBODY ? NOBODY : arcSlot[arcOf[request]];
  }

  /** The request that has a slot, or {@link #NOBODY}. */
  public int requestOf(int slot) {
    return requestOf[slot];
  }

  /** What a slot is worth to whoever wants it most, in points; the weekly charge is part of it. */
  public int price(int slot) {
    int ofWeek = weekPrice[weekOf[slot]];
    return requestOf[slot] == NOBODY ? ofWeek : takenPrice[slot];
  }

  public int weekPrice(int week) {
    return weekPrice[week];
  }

  public int takenInWeek(int week) {
    return taken[week];
  }

  /** What this request adds for having its slot at these prices. */
  public int gain(int request) {
    return gain[request];
  }

  /** The sum of points, kept promises included, less the charges of the weeks. */
  public long value() {
    long value = 0;
    for (int request = 0; request < requests; request++) {
      value += arcOf[request] == NOBODY ? 0 : arcPoints[arcOf[request]];
    }
    for (int week = 0; week < grid.weeks(); week++) {
      for (int k = 0; k < taken[week]; k++) {
        value -= grid.chargeOfNext(week, k);
      }
    }
    return value;
  }

  // ---- One shortest path

  /** Finds the cheapest chain of moves that gives the request a place, and carries it out. */
  private void place(int request) {
    place(request, false);
  }

  private void place(int request, boolean alsoClosed) {
    begin();
    gain[request] = promisedArc[request] == NOBODY ? 0 : Integer.MIN_VALUE / 2;
    for (int arc = arcStart[request]; arc < arcStart[request + 1]; arc++) {
      int slot = arcSlot[arc];
      if (alsoClosed || !closed[slot]) {
        gain[request] = Math.max(gain[request], arcPoints[arc] - price(slot));
      }
    }
    offerEnd(request, gain[request], NOBODY);
    reachSlots(request, 0, alsoClosed);
    while (!queue.isEmpty() && queue.nearest() < nearestEnd) {
      int reached = queue.nearest();
      int node = queue.take();
      if (reached == distance[node]) {
        settle(node);
        if (node < weekOf.length) {
          throughTaken(node, reached);
        } else {
          throughWeek(node - weekOf.length, reached);
        }
      }
    }
    if (nearestEnd == UNREACHED) {
      return;
    }
    raisePrices(request);
    carryOut(request);
  }

  private void begin() {
    searches++;
    queue.clear();
    settledCount = 0;
    nearestEnd = UNREACHED;
  }

  /** A request without a promise can always be left to nobody, at the loss of its gain. */
  private void offerEnd(int request, int atDistance, int node) {
    if (promisedArc[request] == NOBODY && !fixed[request] && atDistance < nearestEnd) {
      nearestEnd = atDistance;
      endNode = node;
    }
  }

  /** A taken slot is reached: whoever has it would have to leave. */
  private void throughTaken(int slot, int reached) {
    int request = requestOf[slot];
    if (!fixed[request]) {
      offerEnd(request, reached + gain[request], slot);
      reachSlots(request, reached, false);
    }
  }

  /** A free slot of a week is reached: the week takes one more, or gives another one up for it. */
  private void throughWeek(int week, int reached) {
    if (taken[week] < grid.roomInWeek()[week]) {
      int end = reached + grid.chargeOfNext(week, taken[week]) - weekPrice[week];
      if (end < nearestEnd) {
        nearestEnd = end;
        endNode = weekOf.length + week;
      }
    }
    for (int slot = grid.weekStart()[week]; slot < grid.weekStart()[week + 1]; slot++) {
      if (requestOf[slot] != NOBODY) {
        reach(slot, reached + takenPrice[slot] - weekPrice[week], BY_WEEK, NOBODY);
      }
    }
  }

  private void reachSlots(int request, int reached, boolean alsoClosed) {
    int offset = reached + gain[request];
    int own = arcOf[request];
    for (int arc = arcStart[request], end = arcStart[request + 1]; arc < end; arc++) {
      int slot = arcSlot[arc];
      if (arc == own || (closed[slot] && !alsoClosed)) {
        continue;
      }
      int week = weekOf[slot];
      if (requestOf[slot] == NOBODY) {
        reach(weekOf.length + week, offset + weekPrice[week] - arcPoints[arc], request, arc);
      } else {
        reach(slot, offset + takenPrice[slot] - arcPoints[arc], request, arc);
      }
    }
  }

  private void reach(int node, int atDistance, int by, int arc) {
    if (atDistance < nearestEnd && (stamp[node] != searches || atDistance < distance[node])) {
      stamp[node] = searches;
      distance[node] = atDistance;
      reachedBy[node] = by;
      reachedByArc[node] = arc;
      queue.add(atDistance, node);
    }
  }

  private void settle(int node) {
    if (settledCount == settled.length) {
      settled = Arrays.copyOf(settled, 2 * settledCount);
    }
    settled[settledCount++] = node;
  }

  /** Keeps every reduced cost non-negative, and those on the path zero. */
  private void raisePrices(int request) {
    gain[request] -= nearestEnd;
    for (int i = 0; i < settledCount; i++) {
      int node = settled[i];
      int rise = nearestEnd - distance[node];
      if (node < weekOf.length) {
        takenPrice[node] += rise;
        gain[requestOf[node]] -= rise;
      } else {
        weekPrice[node - weekOf.length] += rise;
      }
    }
  }

  /** Walks the path backwards; each request on it takes what it reached and leaves what it had. */
  private void carryOut(int request) {
    int node = endNode;
    if (node == NOBODY) {
      return;
    }
    if (node >= weekOf.length) {
      taken[node - weekOf.length]++;
    } else {
      arcOf[requestOf[node]] = NOBODY;
    }
    while (true) {
      if (reachedBy[node] == BY_WEEK) {
        int week = weekOf[node];
        requestOf[node] = NOBODY;
        node = weekOf.length + week;
      }
      int mover = reachedBy[node];
      int arc = reachedByArc[node];
      int slot = arcSlot[arc];
      if (node >= weekOf.length) {
        takenPrice[slot] = weekPrice[weekOf[slot]];
      }
      int left = arcOf[mover] == NOBODY ? NOBODY : arcSlot[arcOf[mover]];
      requestOf[slot] = mover;
      arcOf[mover] = arc;
      if (mover == request) {
        return;
      }
      node = left;
    }
  }

  private int append(int[] slots, int[] points, int count) {
    int request = requests++;
    int start = arcStart[request];
    growTo(requests, start + count);
    System.arraycopy(slots, 0, arcSlot, start, count);
    System.arraycopy(points, 0, arcPoints, start, count);
    arcStart[requests] = start + count;
    arcOf[request] = NOBODY;
    promisedArc[request] = NOBODY;
    return request;
  }

  private void growTo(int requestCount, int arcCount) {
    if (requestCount > arcOf.length) {
      int size = 2 * requestCount;
      arcStart = Arrays.copyOf(arcStart, size + 1);
      arcOf = Arrays.copyOf(arcOf, size);
      promisedArc = Arrays.copyOf(promisedArc, size);
      fixed = Arrays.copyOf(fixed, size);
      gain = Arrays.copyOf(gain, size);
    }
    if (arcCount > arcSlot.length) {
      int size = Math.max(arcCount, arcSlot.length + arcSlot.length / 2);
      arcSlot = Arrays.copyOf(arcSlot, size);
      arcPoints = Arrays.copyOf(arcPoints, size);
    }
  }
}
