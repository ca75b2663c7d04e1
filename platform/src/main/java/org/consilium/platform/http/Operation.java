package org.consilium.platform.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;

/**
 * One operation of the contract and what carries it out.
 *
 * @param open whether it needs no session
 * @param roles who may call it; empty means everybody who is signed in
 * @param idempotent whether it needs an Idempotency-Key
 */
record Operation(
    String id, boolean open, Set<Role> roles, boolean idempotent, Function<Call, Answer> handler) {

  /** Reads the rule that the contract states; an operation without one is refused at start. */
  static Operation of(io.vertx.openapi.contract.Operation stated, Function<Call, Answer> handler) {
    var raw = stated.getOpenAPIModel();
    return switch (raw.getValue("x-access")) {
      case String rule when rule.equals("public") -> of(stated, raw, true, Set.of(), handler);
      case String rule when rule.equals("signed-in") -> of(stated, raw, false, Set.of(), handler);
      case JsonArray roles -> of(stated, raw, false, roles(roles), handler);
      case null, default ->
          throw new IllegalStateException(
              "operation " + stated.getOperationId() + " states no x-access");
    };
  }

  private static Operation of(
      io.vertx.openapi.contract.Operation stated,
      JsonObject raw,
      boolean open,
      Set<Role> roles,
      Function<Call, Answer> handler) {
    boolean idempotent = Contract.needsIdempotencyKey(stated.getHttpMethod().name(), raw);
    if (open && idempotent) {
      // Kept answers belong to an account; strangers would share one another's.
      throw new IllegalStateException(
          "operation " + stated.getOperationId() + " is public and must state x-idempotency: none");
    }
    return new Operation(stated.getOperationId(), open, roles, idempotent, handler);
  }

  private static Set<Role> roles(JsonArray names) {
    return names.stream()
        .map(name -> Wire.parse(Role.class, (String) name))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Stops who is not signed in or whose role this is not for. */
  void admit(Caller caller) {
    if (!open) {
      admit(caller, roles);
    }
  }

  /** Stops who is not signed in, or has none of {@code roles} when some are named. */
  static void admit(Caller caller, Set<Role> roles) {
    if (!caller.isPerson()) {
      throw new Refusal(401, "not-signed-in", "Sign in to go on; what you typed is kept.");
    }
    if (!roles.isEmpty() && !roles.contains(caller.role())) {
      throw new Refusal(403, "not-for-your-role", "This is not for your role to do.");
    }
  }

  /** What the wire gets: a status, headers, cookies and bytes. */
  record Reply(
      int status,
      Buffer body,
      java.util.Map<String, String> headers,
      java.util.List<String> cookies) {
    Reply(int status, Buffer body, java.util.Map<String, String> headers) {
      this(status, body, headers, java.util.List.of());
    }
  }
}
