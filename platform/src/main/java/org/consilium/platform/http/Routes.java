package org.consilium.platform.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A module's operations by the names its contract gives them. */
public final class Routes {
  private final String contract;
  private final Map<String, Function<Call, Answer>> operations = new LinkedHashMap<>();

  /**
   * @param contract the resource with the module's OpenAPI contract
   */
  public Routes(String contract) {
    this.contract = contract;
  }

  /** Says what carries out an operation of the contract. */
  public Routes operation(String operationId, Function<Call, Answer> handler) {
    if (operations.putIfAbsent(operationId, handler) != null) {
      throw new IllegalArgumentException("two handlers for " + operationId);
    }
    return this;
  }

  public String contract() {
    return contract;
  }

  public Map<String, Function<Call, Answer>> operations() {
    return operations;
  }
}
