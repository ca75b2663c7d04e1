package org.consilium.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Tx;

/** An operation's view of a call that a facade makes for the caller of its own request. */
record InnerCall(
    Tx tx,
    String remoteAddress,
    Map<String, String> parameters,
    Optional<Integer> version,
    JsonNode json)
    implements Call {

  @Override
  public <T> T body(Class<T> type) {
    return ContractCall.bound(Json.write(json), type);
  }

  @Override
  public UUID pathId(String name) {
    return UUID.fromString(path(name));
  }

  @Override
  public String path(String name) {
    return parameters.get(name);
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<String> header(String name) {
    return name.equals("If-Match") ? version.map(Object::toString) : Optional.empty();
  }

  @Override
  public Optional<String> cookie(String name) {
    return Optional.empty();
  }
}
