package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;

/**
 * Refuses what changes the meaning of all that stands beside it ({@code modifierExtension}, {@code
 * implicitRules}), wherever it is: R4 forbids to go on without understanding it, and here none is.
 */
final class Understood {
  private static final Set<String> CHANGES_THE_MEANING =
      Set.of("modifierExtension", "implicitRules", "_implicitRules");

  private Understood() {}

  /** The shape has been checked, so it is not too deep. */
  static void require(ObjectNode resource) {
    var faults = new ArrayList<FieldError>();
    collect(resource, resource.path("resourceType").asText(), faults);
    if (!faults.isEmpty()) {
      throw new Refusal(
          422,
          "not-understood",
          "This changes what the resource means, and is not understood here.",
          List.copyOf(faults));
    }
  }

  private static void collect(JsonNode node, String path, List<FieldError> faults) {
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(node.get(i), path + "[" + i + "]", faults);
    }
    for (var member : node.properties()) {
      var at = path + "." + member.getKey();
      if (CHANGES_THE_MEANING.contains(member.getKey())) {
        faults.add(new FieldError(at, "Leave it out, if the rest is so without it."));
      } else {
        collect(member.getValue(), at, faults);
      }
    }
  }
}
