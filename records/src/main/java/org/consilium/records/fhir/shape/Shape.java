package org.consilium.records.fhir.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.consilium.records.fhir.shape.ShapeTable.Element;

/**
 * Holds one resource against the shapes of R4: names, bounds, types, primitive values, required
 * codes, what a reference may refer to, narratives, and the invariants that {@link Invariants} has.
 * It tells all faults at once, up to a bound. What a profile or a terminology server would know
 * besides, it does not.
 */
public final class Shape {
  /** Deeper than any resource that people write. */
  private static final int DEPTH_MAX = 60;

  private static final int FAULTS_MAX = 30;

  private final ShapeTable table = ShapeTable.R4;
  private final List<Fault> faults = new ArrayList<>();

  private Shape() {}

  /** What is wrong with a resource; empty when nothing is. */
  public static List<Fault> faults(ObjectNode resource) {
    var shape = new Shape();
    var type = resource.path("resourceType").asText();
    shape.resource(resource, type.isEmpty() ? "resourceType" : type, 1);
    Contained.check(resource, shape::fault);
    return List.copyOf(shape.faults);
  }

  private void fault(String path, String detail) {
    if (faults.size() < FAULTS_MAX) {
      faults.add(new Fault(path, detail));
    }
  }

  private void resource(JsonNode node, String path, int depth) {
    var type = node.path("resourceType").asText();
    if (type.indexOf('.') >= 0
        || !table.types().getOrDefault(type, Map.of()).containsKey("implicitRules")) {
      fault(path, "This type of resource is not known here: “%s”.".formatted(type));
      return;
    }
    object(node, type, path, depth);
  }

  private void object(JsonNode node, String type, String path, int depth) {
    if (!node.isObject()) {
      fault(path, "This is a %s, so it is written as an object.".formatted(type));
      return;
    }
    if (node.isEmpty()) {
      fault(path, "An element that says nothing is left out.");
      return;
    }
    if (depth > DEPTH_MAX) {
      fault(path, "This is nested too deeply.");
      return;
    }
    var elements = table.types().get(type);
    var seen = new HashSet<Set<String>>();
    for (var member : node.properties()) {
      var name = member.getKey();
      if (name.startsWith("_")) {
        extended(node, name.substring(1), elements, path, depth);
      } else if (!(name.equals("resourceType") && elements.containsKey("implicitRules"))) {
        var element = elements.get(name);
        if (element == null) {
          fault(path + "." + name, "R4 has no element of this name here.");
        } else if (!seen.add(element.names())) {
          fault(path + "." + name, "Only one of %s may be there.".formatted(element.names()));
        } else {
          member(node, name, element, path + "." + name, depth);
        }
      }
    }
    required(node, elements, path);
    Invariants.check(type, node, path, this::fault);
  }

  private void required(JsonNode node, Map<String, Element> elements, String path) {
    var told = new HashSet<Set<String>>();
    elements.values().stream()
        .filter(Element::required)
        .filter(element ->
            element.names().stream().noneMatch(name -> node.has(name) || node.has("_" + name)))
        .filter(element -> told.add(element.names()))
        .forEach(element -> fault(path + "." + element.name(), "This is needed."));
  }

  /** What stands beside a primitive value: an id and extensions. */
  private void extended(
      JsonNode node, String name, Map<String, Element> elements, String path, int depth) {
    var at = path + "." + name;
    var element = elements.get(name);
    if (element == null || !isPrimitive(element.type())) {
      fault(path + "._" + name, "R4 has no element of this name here.");
      return;
    }
    var beside = node.get("_" + name);
    if (beside.isArray() != element.list()) {
      fault(at, element.list() ? "This is a list." : "This is no list.");
      return;
    }
    for (var one : element.list() ? beside : List.of(beside)) {
      if (!(element.list() && one.isNull())) {
        object(one, "Element", at, depth + 1);
      }
    }
  }

  private void member(JsonNode node, String name, Element element, String path, int depth) {
    var value = node.get(name);
    if (!element.list()) {
      if (value.isArray()) {
        fault(path, "This is there once, so it is no list.");
      } else {
        value(value, element, path, depth);
      }
      return;
    }
    if (!value.isArray() || value.isEmpty()) {
      fault(path, "This is a list, with at least one in it.");
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      boolean extended = node.path("_" + name).path(i).isObject();
      if (!(value.get(i).isNull() && extended)) {
        value(value.get(i), element, path + "[" + i + "]", depth);
      }
    }
  }

  private void value(JsonNode value, Element element, String path, int depth) {
    switch (element.type()) {
      case "Resource" -> resource(value, path, depth + 1);
      case "xhtml" -> Narrative.fault(value).ifPresent(detail -> fault(path, detail));
      case String type when isPrimitive(type) -> primitive(value, element, path);
      case String type -> {
        object(value, type, path, depth + 1);
        element.codes().ifPresent(codes -> concept(value, type, codes, path));
        if (type.equals("Reference")) {
          target(value, element.targets(), path);
        }
      }
    }
  }

  private boolean isPrimitive(String type) {
    return Character.isLowerCase(type.charAt(0)) && table.primitives().containsKey(type);
  }

  private void primitive(JsonNode value, Element element, String path) {
    var fault = Primitives.fault(element.type(), table.primitives().get(element.type()), value);
    fault.ifPresent(detail -> fault(path, detail));
    if (fault.isEmpty()) {
      element
          .codes()
          .filter(codes -> !codes.contains(value.asText()))
          .ifPresent(codes -> fault(path, oneOf(codes)));
    }
  }

  /** A concept that has codes must have one of the list; words alone are well. */
  private void concept(JsonNode value, String type, Set<String> codes, String path) {
    Iterable<JsonNode> codings =
        type.equals("CodeableConcept") ? value.path("coding") : List.of(value);
    var given =
        StreamSupport.stream(codings.spliterator(), false)
            .map(coding -> coding.path("system").asText() + "|" + coding.path("code").asText())
            .toList();
    if (!given.isEmpty() && given.stream().noneMatch(codes::contains)) {
      fault(path, oneOf(codes));
    }
  }

  private static String oneOf(Set<String> codes) {
    var some = codes.stream().sorted().limit(12).toList();
    return "Use a code of the required list: %s%s."
        .formatted(String.join(", ", some), codes.size() > some.size() ? ", and more" : "");
  }

  private void target(JsonNode reference, Set<String> targets, String path) {
    var said =
        Optional.of(reference.path("type").asText())
            .filter(type -> !type.isEmpty())
            .or(() -> named(reference.path("reference").asText()));
    said.filter(type -> !targets.isEmpty() && !targets.contains(type))
        .filter(table.types()::containsKey)
        .ifPresent(type -> fault(path, "This may refer to %s.".formatted(targets)));
  }

  /** The type in {@code Patient/42} or {@code https://example.org/fhir/Patient/42}. */
  private static Optional<String> named(String reference) {
    var parts = reference.split("/");
    return parts.length < 2 || reference.startsWith("#")
        ? Optional.empty()
        : Optional.of(parts[parts.length - 2]);
  }
}
