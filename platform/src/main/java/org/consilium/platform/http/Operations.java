package org.consilium.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The contract's operations as a {@link Facade} reaches them, inside its own transaction: the same
 * roles, the same check of the body, the same handler as over their own addresses. So another
 * standard's words can never do what the product's own may not. A program, whose scopes the facade
 * has looked at before, may do in its own name what a clinician of its organisation may.
 */
public interface Operations {
  /**
   * Carries out one operation.
   *
   * @param path the parameters of its path, by name
   * @param ifMatch the version that was edited, where the operation asks for one
   * @param body what the operation asks for; null for none
   * @return its answer's body; missing when it has none
   * @throws Refusal what the operation says no to, with pointers into {@code body}
   */
  JsonNode perform(
      String operation, Map<String, String> path, Optional<Integer> ifMatch, JsonNode body);

  /**
   * Runs {@code act} once for the request's Idempotency-Key, and gives what it made to every
   * repetition of the same request; without a key it just runs.
   *
   * @param act gives what names its result
   */
  String once(Supplier<String> act);
}
