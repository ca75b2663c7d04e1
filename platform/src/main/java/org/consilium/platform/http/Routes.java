package org.consilium.platform.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A module's operations by the names its contract gives them. */
public final class Routes {
  private final List<String> contracts;
  private final Map<String, Function<Call, Answer>> operations = new LinkedHashMap<>();
  private final List<StreamRoute> streams = new ArrayList<>();
  private final List<Facade> facades = new ArrayList<>();

  /**
   * @param contracts the resources with the module's OpenAPI contract
   */
  public Routes(String... contracts) {
    this.contracts = List.of(contracts);
  }

  /** Says what carries out an operation of the contract. */
  public Routes operation(String operationId, Function<Call, Answer> handler) {
    if (operations.putIfAbsent(operationId, handler) != null) {
      throw new IllegalArgumentException("two handlers for " + operationId);
    }
    return this;
  }

  /** Adds an address whose bytes flow, which no JSON contract describes. */
  public Routes stream(StreamRoute route) {
    streams.add(route);
    return this;
  }

  public List<StreamRoute> streams() {
    return List.copyOf(streams);
  }

  /** Serves a door of its own beside the contract. */
  public Routes facade(Facade facade) {
    facades.add(facade);
    return this;
  }

  public List<Facade> facades() {
    return List.copyOf(facades);
  }

  public List<String> contracts() {
    return contracts;
  }

  public Map<String, Function<Call, Answer>> operations() {
    return operations;
  }
}
