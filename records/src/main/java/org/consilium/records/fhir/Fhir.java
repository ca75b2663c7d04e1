package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Json;

/** Writes FHIR JSON: members in the order in which they are put, nothing empty. */
final class Fhir {
  static final String MEDIA_TYPE = "application/fhir+json";
  static final String VERSION = "4.0.1";
  static final String LOINC = "http://loinc.org";
  static final String UCUM = "http://unitsofmeasure.org";
  static final String URIS = "urn:ietf:rfc:3986";
  static final String LANGUAGES = "urn:ietf:bcp:47";

  private Fhir() {}

  static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return Json.MAPPER.createArrayNode();
  }

  static ObjectNode resource(String type) {
    return object().put("resourceType", type);
  }

  static ObjectNode reference(String type, Object id) {
    return object().put("reference", type + "/" + id);
  }

  static ObjectNode text(String text) {
    return object().put("text", text);
  }

  static ObjectNode coding(String system, String code, String display) {
    return object().put("system", system).put("code", code).put("display", display);
  }

  /** One coded concept, with the same words as its text. */
  static ObjectNode concept(String system, String code, String display) {
    var concept = object();
    concept.putArray("coding").add(coding(system, code, display));
    return concept.put("text", display);
  }

  /** A language as Patient and Communication want it. */
  static ObjectNode language(String code) {
    var concept = object();
    concept.putArray("coding").addObject().put("system", LANGUAGES).put("code", code);
    return concept;
  }

  /** Puts a list of one. */
  static void putOne(ObjectNode into, String name, ObjectNode value) {
    into.putArray(name).add(value);
  }

  static void put(ObjectNode into, String name, Optional<String> value) {
    value.filter(text -> !text.isBlank()).ifPresent(text -> into.put(name, text));
  }

  /** Stands where a value must be, with why there is none: unknown, masked … */
  static ObjectNode absent(String reason) {
    var element = object();
    element
        .putArray("extension")
        .addObject()
        .put("url", "http://hl7.org/fhir/StructureDefinition/data-absent-reason")
        .put("valueCode", reason);
    return element;
  }

  /** The namespace of the numbers that an organisation gives its patients. */
  static String numbersOf(UUID organisation) {
    return "urn:uuid:" + organisation;
  }

  static Answer.Raw raw(ObjectNode resource) {
    return new Answer.Raw(MEDIA_TYPE, Json.write(resource));
  }
}
