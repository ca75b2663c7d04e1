package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.consilium.platform.id.Uuid7;

/**
 * An International Patient Summary while it is put together: sections with their LOINC codes, each
 * with words that can be read without a program.
 */
final class SummaryDocument {
  private static final String PROFILES = "http://hl7.org/fhir/uv/ips/StructureDefinition/";
  private static final String EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason";
  private static final String ABSENT = "absent-unknown-uv-ips";

  private final Found patient;
  private final List<Found> entries = new ArrayList<>();
  private final ArrayNode sections = Fhir.array();

  SummaryDocument(Found patient) {
    this.patient = patient;
  }

  void problems(List<Found> problems) {
    needed("Problems", "11450-4", "Problem list - Reported", withoutNone(problems));
  }

  void allergies(List<Found> allergies) {
    needed(
        "Allergies and intolerances",
        "48765-2",
        "Allergies and adverse reactions Document",
        allergies);
  }

  void medications(List<Found> medications) {
    needed("Medicines", "10160-0", "History of Medication use Narrative", withoutNone(medications));
  }

  void immunizations(List<Found> immunizations) {
    section("Vaccines", "11369-6", "History of Immunization note", withoutNone(immunizations));
  }

  void pastProblems(List<Found> problems) {
    section("Past problems", "11348-0", "History of Past illness note", problems);
  }

  void vitalSigns(List<Found> measured) {
    section("Vital signs", "8716-3", "Vital signs note", measured);
  }

  void results(List<Found> results) {
    section("Results", "30954-2", "Relevant diagnostic tests/laboratory data note", results);
  }

  void plan(List<Found> plans) {
    section("Advice of specialists", "18776-5", "Plan of care note", plans);
  }

  /** The Composition, the patient, and whatever the sections list. */
  List<Found> whole(Instant now) {
    var whole = new ArrayList<Found>();
    whole.add(composition(now));
    whole.add(with(patient, named(patient.body())));
    entries.forEach(entry -> whole.add(with(entry, aboutThePatient(entry.body()))));
    return whole;
  }

  /** The same as a document of its kind. */
  static ObjectNode bundle(ObjectNode document) {
    var bundle = Fhir.resource("Bundle");
    bundle.putObject("meta").putArray("profile").add(PROFILES + "Bundle-uv-ips");
    bundle.setAll(document);
    return bundle;
  }

  private Found composition(Instant now) {
    var id = Uuid7.next();
    var body = Fhir.resource("Composition");
    body.putObject("meta").putArray("profile").add(PROFILES + "Composition-uv-ips");
    body.putObject("identifier").put("system", Fhir.URIS).put("value", "urn:uuid:" + id);
    body.put("status", "final");
    body.set("type", Fhir.concept(Fhir.LOINC, "60591-5", "Patient summary Document"));
    body.set("subject", Fhir.reference("Patient", patient.id()));
    body.put("date", now.toString());
    var keeper = patient.body().path("managingOrganization");
    body.putArray("author").add(keeper.deepCopy());
    body.put("title", "International Patient Summary").put("confidentiality", "N");
    body.set("custodian", keeper.deepCopy());
    body.set("section", sections);
    return new Found(
        new ResourceId(id, 0), patient.patient(), Optional.empty(), Optional.empty(), body);
  }

  /** A name must stand there: that it is withheld or unknown is said in its place. */
  private static ObjectNode named(ObjectNode patient) {
    var copy = patient.deepCopy();
    copy.remove("link");
    if (!copy.has("name")) {
      var reason = copy.has("identifier") ? "unknown" : "masked";
      copy.putArray("name").addObject().set("_text", Fhir.absent(reason));
    }
    return copy;
  }

  /** What was written in a record that was merged is about this patient now. */
  private ObjectNode aboutThePatient(ObjectNode body) {
    var copy = body.deepCopy();
    for (var member : List.of("subject", "patient")) {
      if (copy.has(member)) {
        copy.set(member, Fhir.reference("Patient", patient.id()));
      }
    }
    return copy;
  }

  private static Found with(Found found, ObjectNode body) {
    return new Found(
        found.id(), found.patient(), found.consult(), found.version(), found.updated(), body);
  }

  /** A section that is there even when nothing is known: then that is said. */
  private void needed(String title, String code, String display, List<Found> found) {
    if (!found.isEmpty()) {
      section(title, code, display, found);
      return;
    }
    var section = section(title, code, display, "<p>Nobody has said anything.</p>");
    section.set("emptyReason", Fhir.concept(EMPTY, "unavailable", "Unavailable"));
  }

  private void section(String title, String code, String display, List<Found> found) {
    if (found.isEmpty()) {
      return;
    }
    var words =
        found.stream()
            .map(one -> "<li>" + line(one.body()) + "</li>")
            .collect(Collectors.joining("", "<ul>", "</ul>"));
    var listed = section(title, code, display, words).putArray("entry");
    for (var one : found) {
      listed.add(Fhir.reference(one.body().path("resourceType").asText(), one.id()));
      entries.add(one);
    }
  }

  private ObjectNode section(String title, String code, String display, String xhtml) {
    var section = sections.addObject().put("title", title);
    section.set("code", Fhir.concept(Fhir.LOINC, code, display));
    section
        .putObject("text")
        .put("status", "generated")
        .put("div", "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + xhtml + "</div>");
    return section;
  }

  /** That there is none holds only where nothing else is listed. */
  private static List<Found> withoutNone(List<Found> found) {
    var listed = found.stream().filter(one -> !one.body().toString().contains(ABSENT)).toList();
    return listed.isEmpty() ? found : listed;
  }

  private static String line(ObjectNode body) {
    return switch (body.path("resourceType").asText()) {
      case "Condition" ->
          words(
              body.at("/code/text"),
              body.path("onsetDateTime"),
              body.path("abatementDateTime"),
              body.at("/verificationStatus/text"));
      case "MedicationStatement" ->
          words(
              body.at("/medicationCodeableConcept/text"),
              body.at("/dosage/0/text"),
              body.at("/effectivePeriod/start"));
      case "Immunization" ->
          words(
              body.at("/vaccineCode/text"), body.path("occurrenceDateTime"), body.at("/lotNumber"));
      case "Observation" -> measured(body);
      case "CarePlan" -> advice(body);
      default -> words(body.at("/code/text"));
    };
  }

  private static String measured(ObjectNode observation) {
    var values =
        observation.has("component")
            ? StreamSupport.stream(observation.path("component").spliterator(), false)
                .map(part -> part.at("/valueQuantity/value").asText("?"))
                .collect(Collectors.joining("/"))
            : observation.at("/valueQuantity/value").asText();
    return words(observation.at("/code/text"))
        + ": "
        + NoteSections.escaped(
            Stream.of(
                    values,
                    observation.at("/valueQuantity/unit").asText(),
                    observation.at("/component/0/valueQuantity/unit").asText(),
                    observation.at("/valueCodeableConcept/text").asText(),
                    observation.path("valueString").asText(),
                    "(" + observation.path("effectiveDateTime").asText() + ")")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" ")));
  }

  private static String advice(ObjectNode plan) {
    var items =
        StreamSupport.stream(plan.path("activity").spliterator(), false)
            .map(activity -> "<li>" + words(activity.at("/detail/description")) + "</li>")
            .collect(Collectors.joining());
    return words(plan.path("created"), plan.path("description"))
        + (items.isEmpty() ? "" : "<ul>" + items + "</ul>");
  }

  private static String words(JsonNode... texts) {
    return Stream.of(texts)
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank())
        .map(NoteSections::escaped)
        .collect(Collectors.joining(", "));
  }
}
