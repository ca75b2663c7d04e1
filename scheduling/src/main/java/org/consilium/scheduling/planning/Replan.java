package org.consilium.scheduling.planning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plans anew what can still be moved. What is booked stays booked; it is moved only where that pays
 * more than the bonus for keeping a promise. Whose booking has fallen away is given a place before
 * anything else is bettered. The answer is a difference that a person can approve.
 */
public final class Replan {
  /**
   * To place again whose booking has fallen away is worth as much as keeping that many others where
   * they are: more than any chain of moves costs, so as many are placed again as can be at all.
   */
  private static final int RECOVERED_FOR_KEPT = 1_000;

  /**
   * One request as it stands.
   *
   * @param slots where it may go
   * @param points what each is worth
   * @param booked which of {@code slots} it has, or {@link AssignmentFlow#NOBODY}
   * @param broken whether it was promised a slot that is none any more
   */
  public record Standing(int[] slots, int[] points, int booked, boolean broken) {
    public Standing(int[] slots, int[] points, int booked) {
      this(slots, points, booked, false);
    }

    boolean isBooked() {
      return booked != AssignmentFlow.NOBODY;
    }
  }

  /**
   * One request goes elsewhere.
   *
   * @param request its place in the list
   * @param from its slot, or {@link AssignmentFlow#NOBODY} when it had none
   * @param to its new slot, or {@link AssignmentFlow#NOBODY} when its specialist left and nobody
   *     else can have it
   * @param before the points of {@code from}, 0 without
   * @param after the points of {@code to}, 0 without
   */
  public record Move(int request, int from, int to, int before, int after) {}

  /**
   * What changes.
   *
   * @param before what all is worth as it stands, charges for load included
   * @param after what it would be worth
   */
  public record Difference(List<Move> moves, long before, long after) {}

  private Replan() {}

  /** Whether others who wait can be met, or all be better off. */
  public static Difference of(SlotGrid grid, List<Standing> standing, int keepBonus) {
    return without(grid, standing, keepBonus);
  }

  /** What becomes of it when these weeks fall away, of specialists who leave. */
  public static Difference without(
      SlotGrid grid, List<Standing> standing, int keepBonus, int... weeks) {
    var gone = new boolean[grid.weeks()];
    Arrays.stream(weeks).forEach(week -> gone[week] = true);
    var weekOf = grid.weekOfSlots();
    var flow = new AssignmentFlow(grid);
    flow.remove(weeks);
    var number = new int[standing.size()];
    var open = new ArrayList<Integer>();
    for (int i = 0; i < number.length; i++) {
      var one = standing.get(i);
      if (one.isBooked() && !gone[weekOf[one.slots()[one.booked()]]]) {
        number[i] =
            flow.addPromised(
                one.slots(), one.points(), one.slots().length, one.booked(), keepBonus);
      } else {
        open.add(i);
      }
    }
    for (int i : open) {
      var one = standing.get(i);
      int bonus = one.isBooked() || one.broken() ? RECOVERED_FOR_KEPT * keepBonus : 0;
      number[i] = flow.add(one.slots(), Arrays.stream(one.points()).map(p -> p + bonus).toArray());
    }
    return compare(grid, standing, Arrays.stream(number).map(flow::slotOf).toArray(), flow);
  }

  private static Difference compare(
      SlotGrid grid, List<Standing> standing, int[] slotOf, AssignmentFlow flow) {
    var moves = new ArrayList<Move>();
    var taken = new int[grid.weeks()];
    var weekOf = grid.weekOfSlots();
    long before = 0;
    long after = 0;
    for (int request = 0; request < standing.size(); request++) {
      var one = standing.get(request);
      int from = one.isBooked() ? one.slots()[one.booked()] : AssignmentFlow.NOBODY;
      int to = slotOf[request];
      int had = one.isBooked() ? one.points()[one.booked()] : 0;
      int gets = to == AssignmentFlow.NOBODY ? 0 : pointsOf(one, to);
      if (one.isBooked()) {
        before += had - grid.chargeOfNext(weekOf[from], taken[weekOf[from]]++);
      }
      after += gets;
      if (from != to) {
        moves.add(new Move(request, from, to, had, gets));
      }
    }
    for (int week = 0; week < grid.weeks(); week++) {
      for (int k = 0; k < flow.takenInWeek(week); k++) {
        after -= grid.chargeOfNext(week, k);
      }
    }
    return new Difference(moves, before, after);
  }

  private static int pointsOf(Standing standing, int slot) {
    for (int i = 0; i < standing.slots().length; i++) {
      if (standing.slots()[i] == slot) {
        return standing.points()[i];
      }
    }
    throw new IllegalArgumentException("Not a slot of this request: " + slot);
  }
}
