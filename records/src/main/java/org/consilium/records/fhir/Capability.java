package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;

/** What this facade can do, told from the table that does it. */
final class Capability {
  private static final String SERVICES =
      "http://terminology.hl7.org/CodeSystem/restful-security-service";

  /** When the facade's table was last changed; the resource must bear a date. */
  private static final Instant DATE = Instant.parse("2026-11-21T00:00:00Z");

  private Capability() {}

  static ObjectNode statement(
      Collection<ResourceType> types, Collection<Operation> operations, String url) {
    var statement =
        Fhir.resource("CapabilityStatement")
            .put("status", "active")
            .put("date", DATE.toString())
            .put("kind", "instance");
    statement.putObject("software").put("name", "Consilium");
    statement
        .putObject("implementation")
        .put("description", "The record of teleconsults, for other systems")
        .put("url", url);
    statement.put("fhirVersion", Fhir.VERSION).putArray("format").add("json");
    var rest = statement.putArray("rest").addObject().put("mode", "server");
    rest.put(
        "documentation",
        "JSON only. A search by a parameter that is not listed is refused, never loosened; there is"
            + " no chaining, no _include and no _filter. Pages hold up to "
            + Search.COUNT_MAX
            + " resources; follow the next link as it is. Whoever may not know of a resource gets"
            + " 404. Reads and writes are audited. What is written goes through the product's own"
            + " rules. An element that is valid and not kept is named in the header"
            + " Consilium-Not-Kept and in an OperationOutcome; Prefer: handling=strict refuses it."
            + " An Idempotency-Key makes a create safe to repeat.");
    var security = rest.putObject("security");
    Fhir.putOne(security, "service", Fhir.concept(SERVICES, "SMART-on-FHIR", "SMART-on-FHIR"));
    security.put(
        "description",
        "Programs: SMART Backend Services with system scopes (see .well-known/smart-configuration);"
            + " an administrator registers them. People: a bearer token of the product (POST"
            + " /api/v1/tokens) or its session cookie, with the same roles and care teams as in the"
            + " product.");
    var resources = rest.putArray("resource");
    types.forEach(type -> resources.add(resource(type, operations)));
    operations.stream()
        .filter(operation -> operation.address().getLast().equals(Operation.ID))
        .filter(operation -> Character.isUpperCase(operation.address().getFirst().charAt(0)))
        .forEach(operation -> {
          var resource = resources.addObject().put("type", operation.address().getFirst());
          resource.putArray("interaction").addObject().put("code", "read");
        });
    var whole = rest.putArray("operation");
    operations.stream()
        .filter(operation -> operation.address().size() == 1)
        .forEach(operation -> listed(whole, operation));
    return statement;
  }

  private static ObjectNode resource(ResourceType type, Collection<Operation> operations) {
    var resource = Fhir.object().put("type", type.name());
    var interactions = resource.putArray("interaction");
    interactions.addObject().put("code", "read");
    interactions.addObject().put("code", "search-type");
    Writing.interactions(type).forEach(code -> interactions.addObject().put("code", code));
    resource
        .put("versioning", type instanceof Updates ? "versioned-update" : "versioned")
        .put("updateCreate", false)
        .put("conditionalCreate", type instanceof Creates)
        .put("conditionalRead", "full-support")
        .put("conditionalUpdate", false);
    var parameters = resource.putArray("searchParam");
    type.parameters()
        .forEach(parameter ->
            parameters.addObject().put("name", parameter.name()).put("type", parameter.type()));
    var offered =
        operations.stream()
            .filter(operation -> operation.address().getFirst().equals(type.name()))
            .filter(operation -> operation.definition().isPresent())
            .toList();
    if (!offered.isEmpty()) {
      var listed = resource.putArray("operation");
      offered.forEach(operation -> listed(listed, operation));
    }
    return resource;
  }

  private static void listed(ArrayNode into, Operation operation) {
    into.addObject()
        .put("name", operation.address().getLast().substring(1))
        .put("definition", operation.definition().orElseThrow());
  }
}
