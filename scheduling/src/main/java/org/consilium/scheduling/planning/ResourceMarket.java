package org.consilium.scheduling.planning;

/**
 * Requests that need more than a specialist: a room at the clinic, an interpreter. A <em>cell</em>
 * is one kind of thing in one hour; it can be used as often as it has capacity.
 *
 * @param slots for each request, where it may go
 * @param points what each choice is worth
 * @param room for each choice the cell of its room, or {@link #NONE}
 * @param interpreter for each choice the cell of its interpreter, or {@link #NONE}
 * @param capacity of each cell
 */
public record ResourceMarket(
    SlotGrid grid,
    int[][] slots,
    int[][] points,
    int[][] room,
    int[][] interpreter,
    int[] capacity) {
  public static final int NONE = -1;

  int requests() {
    return slots.length;
  }

  /** What a choice costs at these prices of cells. */
  double priceOf(int request, int choice, double[] cellPrices) {
    int place = room[request][choice];
    int voice = interpreter[request][choice];
    return (place == NONE ? 0 : cellPrices[place]) + (voice == NONE ? 0 : cellPrices[voice]);
  }
}
