package org.consilium.scheduling.planning;

/**
 * The hours that can be given away: slots, grouped by <em>week</em>, which is one specialist in one
 * week. The slots of a week have consecutive numbers.
 *
 * <p>The k-th consult of a specialist in a week costs {@code chargePerFurther * (k - 1)} points, so
 * that k of them cost {@code chargePerFurther * k(k-1)/2}: load is spread where it costs little.
 *
 * @param weekStart the first slot of each week, and one past the last slot at the end
 * @param roomInWeek how many further consults each week may take
 * @param carriedInWeek how many each week carries already, outside of this plan
 */
public record SlotGrid(
    int[] weekStart, int[] roomInWeek, int[] carriedInWeek, int chargePerFurther) {
  public SlotGrid {
    if (weekStart.length != roomInWeek.length + 1
        || carriedInWeek.length != roomInWeek.length
        || chargePerFurther < 0) {
      throw new IllegalArgumentException("A grid of slots whose parts do not fit together");
    }
  }

  public int slots() {
    return weekStart[weeks()];
  }

  public int weeks() {
    return roomInWeek.length;
  }

  /** What one more consult costs a week that has taken {@code taken} in this plan. */
  int chargeOfNext(int week, int taken) {
    return chargePerFurther * (carriedInWeek[week] + taken);
  }

  int[] weekOfSlots() {
    var weekOf = new int[slots()];
    for (int week = 0; week < weeks(); week++) {
      java.util.Arrays.fill(weekOf, weekStart[week], weekStart[week + 1], week);
    }
    return weekOf;
  }
}
