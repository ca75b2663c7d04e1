package org.consilium.records.fhir.shape;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.context.support.ValueSetExpansionOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.consilium.platform.http.Json;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.TypeRefComponent;
import org.hl7.fhir.r4.model.Enumerations.BindingStrength;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;

/** Writes {@code r4-shapes.json} from HL7's definitions of R4, which are public domain (CC0). */
final class ShapeTableMaker {
  /** What the facade reads or writes, and what others are likely to send contained in it. */
  private static final List<String> RESOURCES =
      List.of(
          "AllergyIntolerance",
          "Appointment",
          "AuditEvent",
          "Binary",
          "CarePlan",
          "CareTeam",
          "Communication",
          "Composition",
          "Condition",
          "Consent",
          "Device",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "Group",
          "HealthcareService",
          "Immunization",
          "Location",
          "Media",
          "Medication",
          "MedicationRequest",
          "MedicationStatement",
          "Observation",
          "Organization",
          "Patient",
          "Practitioner",
          "PractitionerRole",
          "Procedure",
          "Provenance",
          "Questionnaire",
          "QuestionnaireResponse",
          "RelatedPerson",
          "Schedule",
          "ServiceRequest",
          "Slot",
          "Specimen",
          "Substance",
          "Task");

  /** Larger lists, for example media types and units, are open-ended in practice. */
  private static final int CODES_MAX = 300;

  private static final String REGEX = "http://hl7.org/fhir/StructureDefinition/regex";

  private final IValidationSupport support;
  private final Map<String, StructureDefinition> definitions = new HashMap<>();
  private final Map<String, Map<String, String>> types = new TreeMap<>();
  private final Map<String, String> codes = new TreeMap<>();
  private final Map<String, String> primitives = new TreeMap<>();
  private final Deque<String> wanted = new ArrayDeque<>(RESOURCES);

  ShapeTableMaker(IValidationSupport support) {
    this.support = support;
    support.<StructureDefinition>fetchAllStructureDefinitions().stream()
        .filter(one -> one.getDerivation() != StructureDefinition.TypeDerivationRule.CONSTRAINT)
        .forEach(one -> definitions.put(one.getType(), one));
    wanted.add("Element");
  }

  /** The table, one type a line. */
  String json() {
    while (!wanted.isEmpty()) {
      define(wanted.pop());
    }
    types.put("SimpleQuantity", types.get("Quantity"));
    var written = new StringBuilder("{\"primitives\": ").append(lines(primitives));
    written.append(",\n\"codes\": ").append(lines(codes));
    return written.append(",\n\"types\": ").append(lines(types)).append("}\n").toString();
  }

  private static String lines(Map<String, ?> map) {
    return map.entrySet().stream()
        .map(entry -> Json.text(entry.getKey()) + ": " + Json.text(entry.getValue()))
        .collect(Collectors.joining(",\n", "{\n", "}"));
  }

  private void define(String type) {
    if (types.containsKey(type) || primitives.containsKey(type) || type.equals("Resource")) {
      return;
    }
    var definition = definitions.get(type);
    if (definition.getKind() == StructureDefinitionKind.PRIMITIVETYPE) {
      primitives.put(type, pattern(definition));
      return;
    }
    var elements = definition.getSnapshot().getElement();
    var groups =
        elements.stream()
            .map(element -> parent(element.getPath()))
            .collect(Collectors.toCollection(TreeSet::new));
    for (var element : elements) {
      if (element.getPath().contains(".") && !element.getMax().equals("0")) {
        types
            .computeIfAbsent(parent(element.getPath()), _ -> new LinkedHashMap<>())
            .put(name(element.getPath()), written(element, groups, definition));
      }
    }
  }

  private static String pattern(StructureDefinition primitive) {
    return primitive.getSnapshot().getElement().stream()
        .filter(element -> element.getPath().endsWith(".value"))
        .flatMap(element -> element.getType().stream())
        .flatMap(type -> type.getExtensionsByUrl(REGEX).stream())
        .map(extension -> extension.getValue().primitiveValue())
        .findFirst()
        .orElse("(?s).*");
  }

  private static String parent(String path) {
    return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private String written(
      ElementDefinition element, Set<String> groups, StructureDefinition definition) {
    var parts = new LinkedHashSet<String>();
    parts.add((element.getMin() > 0 ? "1" : "0") + (element.getMax().equals("1") ? "1" : "*"));
    if (element.hasContentReference()) {
      parts.add(element.getContentReference().substring(1));
    } else if (groups.contains(element.getPath())) {
      parts.add(element.getPath());
    } else {
      element.getType().forEach(type -> parts.add(type(element, type, definition)));
    }
    list(element).ifPresent(list -> parts.add("@" + list));
    return String.join(" ", parts);
  }

  private String type(
      ElementDefinition element, TypeRefComponent type, StructureDefinition definition) {
    var code = type.getCode();
    if (code.startsWith("http://hl7.org/fhirpath/")) {
      code = system(element, definition);
    }
    wanted.add(code);
    if (type.getProfile().stream().anyMatch(one -> one.getValue().endsWith("/SimpleQuantity"))) {
      return "SimpleQuantity";
    }
    var targets =
        type.getTargetProfile().stream()
            .map(one -> one.getValue().substring(one.getValue().lastIndexOf('/') + 1))
            .distinct()
            .sorted()
            .toList();
    return targets.isEmpty() || targets.contains("Resource")
        ? code
        : code + ":" + String.join(",", targets);
  }

  /** R4 gives ids and the addresses of extensions a type of FHIRPath's. */
  private static String system(ElementDefinition element, StructureDefinition definition) {
    if (name(element.getPath()).equals("url")) {
      return "uri";
    }
    boolean logical =
        definition.getKind() == StructureDefinitionKind.RESOURCE
            && parent(element.getPath()).equals(definition.getType());
    return logical ? "id" : "string";
  }

  /** The name of the list of codes that must be used, where there is one that ends. */
  private Optional<String> list(ElementDefinition element) {
    if (element.getBinding().getStrength() != BindingStrength.REQUIRED) {
      return Optional.empty();
    }
    var address = element.getBinding().getValueSet().replaceFirst("\\|.*", "");
    var bound = element.getType().getFirst().getCode();
    boolean coded = bound.equals("code");
    if (!coded && !bound.equals("CodeableConcept") && !bound.equals("Coding")) {
      return Optional.empty();
    }
    var name = address.substring(address.lastIndexOf('/') + 1) + (coded ? "" : "|");
    if (!codes.containsKey(name)) {
      codes.put(name, expanded(address, coded));
    }
    return codes.get(name).isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private String expanded(String address, boolean coded) {
    var outcome =
        support.expandValueSet(
            new ValidationSupportContext(support), new ValueSetExpansionOptions(), address);
    if (outcome == null || !(outcome.getValueSet() instanceof ValueSet set)) {
      return "";
    }
    var all = new TreeSet<String>();
    collect(set.getExpansion().getContains(), coded, all);
    return all.size() > CODES_MAX ? "" : String.join(" ", all);
  }

  private static void collect(
      List<ValueSetExpansionContainsComponent> contained, boolean coded, Set<String> all) {
    for (var one : contained) {
      all.add(coded ? one.getCode() : one.getSystem() + "|" + one.getCode());
      collect(one.getContains(), coded, all);
    }
  }
}
