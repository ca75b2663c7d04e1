package org.consilium.signaling.call;

import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * This server among those that work on one database.
 *
 * @param name no other has it, and it is new after each start
 * @param reachesOthers whether there is nobody else, or the others can be reached now
 */
public record Node(String name, BooleanSupplier reachesOthers) {
  public Node {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(reachesOthers, "reachesOthers");
  }
}
