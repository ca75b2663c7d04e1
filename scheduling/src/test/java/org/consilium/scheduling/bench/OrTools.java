package org.consilium.scheduling.bench;

import com.google.ortools.Loader;
import com.google.ortools.graph.MinCostFlow;
import com.google.ortools.graph.MinCostFlowBase;
import org.consilium.scheduling.planning.SlotGrid;

/** The same problem given to somebody else's solver, which certifies the optimum. */
public final class OrTools {
  private OrTools() {}

  /** The greatest value that any plan can have. */
  public static long optimum(SlotGrid grid, int[][] slots, int[][] points) {
    Loader.loadNativeLibraries();
    var flow = new MinCostFlow();
    int requests = slots.length;
    int firstSlot = 1 + requests;
    int firstWeek = firstSlot + grid.slots();
    int sink = firstWeek + grid.weeks();
    for (int r = 0; r < requests; r++) {
      flow.addArcWithCapacityAndUnitCost(1 + r, sink, 1, 0);
      for (int i = 0; i < slots[r].length; i++) {
        flow.addArcWithCapacityAndUnitCost(1 + r, firstSlot + slots[r][i], 1, -points[r][i]);
      }
      flow.setNodeSupply(1 + r, 1);
    }
    for (int week = 0; week < grid.weeks(); week++) {
      int from = grid.weekStart()[week];
      int until = grid.weekStart()[week + 1];
      for (int slot = from; slot < until; slot++) {
        flow.addArcWithCapacityAndUnitCost(firstSlot + slot, firstWeek + week, 1, 0);
      }
      for (int k = 0; k < Math.min(grid.roomInWeek()[week], until - from); k++) {
        long charge = (long) grid.chargePerFurther() * (grid.carriedInWeek()[week] + k);
        flow.addArcWithCapacityAndUnitCost(firstWeek + week, sink, 1, charge);
      }
    }
    flow.setNodeSupply(sink, -requests);
    var status = flow.solve();
    if (status != MinCostFlowBase.Status.OPTIMAL) {
      throw new IllegalStateException("OR-Tools found no optimum: " + status);
    }
    return -flow.getOptimalCost();
  }
}
