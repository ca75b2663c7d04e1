package org.consilium.records.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.identity.Directory;

/**
 * Fills in the case form from a ServiceRequest, and sends it when it is active. What the form asks
 * beside the request itself comes contained and is named in {@code supportingInfo}: findings as
 * Observations, answers to forms as QuestionnaireResponses, decisions as Consents.
 */
final class RequestWriting {
  /** Whom the specialist speaks to, as a category. */
  static final String MODES = "urn:consilium:code:consult-mode";

  /** What stands before a note's text, and where it goes; the same as is read. */
  private static final Map<String, String> HEADINGS =
      Map.of(
          "Onset", "/background/onset",
          "History", "/background/history",
          "Medicines", "/background/medicines",
          "Social", "/background/social",
          "Findings", "/assessment/findings",
          "Tests", "/assessment/tests",
          "Working diagnosis", "/assessment/diagnosis",
          "Treatment given", "/recommendation/treatmentGiven",
          "Possible here", "/recommendation/possibleHere",
          "Transfer", "/recommendation/transfer");

  private static final String URGENCY = "Urgency";

  private static final String PREGNANCY = "82810-3";

  private static final Map<String, String> PREGNANT =
      Map.of("LA15173-0", "yes", "LA26683-5", "no", "LA4489-6", "unknown");

  private static final Map<String, String> URGENCIES =
      Map.of("stat", "red", "asap", "orange", "urgent", "yellow", "routine", "green");

  private final Write write;
  private final Given given;
  private final Command form = new Command();
  private final Command submission = new Command();

  private RequestWriting(Write write, Given given) {
    this.write = write;
    this.given = given;
  }

  static ResourceId create(Write write, Given given, Directory directory) {
    var writing = new RequestWriting(write, given);
    boolean send = writing.isActive();
    writing.fill(directory);
    if (send) {
      writing.requireEnough();
    }
    write.check();
    var id = Uuid7.next();
    var path = Map.of("consultId", id.toString());
    var saved = write.perform("saveRequest", path, Optional.of(0), writing.form);
    warnOfDropped(write, saved);
    if (send) {
      writing.submission.body().set("revision", saved.get("revision"));
      write.perform("submitRequest", path, Optional.empty(), writing.submission.and(writing.form));
    }
    return new ResourceId(id, 0);
  }

  /** Answers that the form does not ask for are left out by the engine, and that is told. */
  static void warnOfDropped(Write write, JsonNode saved) {
    saved
        .path("dropped")
        .forEach(sentence -> write.warn("not-supported", sentence.asText(), List.of()));
  }

  private boolean isActive() {
    if (!given.says("intent", "order")) {
      write.fault(given.at("intent"), "A request for a consult is an order.");
    }
    if (!given.says("status", "active") && !given.says("status", "draft")) {
      write.fault(given.at("status"), "A new request is active (sent now) or a draft.");
    }
    return given.peek().path("status").asText().equals("active");
  }

  private void fill(Directory directory) {
    write
        .reference(given.at("subject"), "Patient", "Say whom the request is about.")
        .ifPresent(id -> form.put("/patientId", id.toString(), given.at("subject")));
    write.mustBeCaller(given.at("requester"));
    form.put("/language", language(directory), given.at("language"));
    mode();
    var code = given.at("code");
    form.put("/situation/question", code.concept(), code);
    var reason = given.at("reasonCode");
    form.put("/situation/concern", reason.concept(), reason);
    var specialty = given.at("performerType");
    form.put("/specialty", specialty.concept(), specialty);
    var place = given.at("locationReference");
    write
        .reference(place, "Location", "")
        .ifPresent(site -> form.put("/siteId", site.toString(), place));
    given.all("note").forEach(this::note);
    var priority = given.at("priority");
    submission.put("/urgency", URGENCIES.get(priority.text().orElse("routine")), priority);
    submission.body().putArray("consents");
    given.all("supportingInfo").forEach(this::support);
    expect();
  }

  /** What the product asks for before it looks at the rest. */
  private void requireEnough() {
    if (form.body().at("/situation/question").isMissingNode()) {
      write.fault(given.at("code"), "Ask the specialist one question in a sentence.");
    }
    if (submission.body().path("consents").isEmpty()) {
      write.fault(
          "ServiceRequest.supportingInfo",
          "Enclose the patient's consents: advice and storage-abroad are needed.");
    }
  }

  /** Where what is missing would have stood. */
  private void expect() {
    form.expect("/situation", "ServiceRequest.code")
        .expect("/assessment", "ServiceRequest.supportingInfo")
        .expect("/background", "ServiceRequest.supportingInfo")
        .expect("/answers", "ServiceRequest.supportingInfo");
    submission
        .expect("/consents", "ServiceRequest.supportingInfo")
        .expect("/urgencyReason", "ServiceRequest.note");
  }

  private String language(Directory directory) {
    return given
        .text("language")
        .orElseGet(() -> directory.person(write.tx(), write.caller().account()).language());
  }

  private void mode() {
    var categories = given.all("category").toList();
    var mode = categories.stream().flatMap(one -> one.code(MODES).stream()).findFirst();
    categories.forEach(one -> one.says("text", ServiceRequestType.CATEGORY));
    form.put("/mode", mode.orElse("clinician-advice"), given.at("category"));
  }

  /** A note whose heading the form knows goes there, any other to the history. */
  private void note(Given note) {
    var text = note.at("text");
    var words = text.text().orElse("");
    int colon = words.indexOf(": ");
    var heading = colon < 0 ? "" : words.substring(0, colon);
    if (heading.equals(URGENCY)) {
      submission.put("/urgencyReason", words.substring(colon + 2), text);
      return;
    }
    var place = HEADINGS.getOrDefault(heading, "/background/history");
    var plain = HEADINGS.containsKey(heading) ? words.substring(colon + 2) : words;
    var before = form.body().at(place).asText();
    form.put(place, before.isEmpty() ? plain : before + "\n" + plain, text);
  }

  private void support(Given reference) {
    var named = reference.peek().path("reference").asText();
    given
        .contained(named)
        .ifPresent(part -> {
          reference.at("reference").keep();
          switch (part.peek().path("resourceType").asText()) {
            case "Observation" -> observed(part);
            case "QuestionnaireResponse" -> answered(part);
            case "Consent" -> consented(part);
            default -> {
              // Stays unread, and so is told.
            }
          }
        });
  }

  private void observed(Given observation) {
    mustBeSamePatient(observation.at("subject"));
    var code = observation.at("code");
    if (code.code(Fhir.LOINC).filter(PREGNANCY::equals).isEmpty()) {
      new Findings(write, form).add(observation, "/assessment");
      return;
    }
    code.keep();
    observation.says("status", "final");
    observation.all("category").forEach(Given::keep);
    var value = observation.at("valueCodeableConcept");
    var state = value.code(Fhir.LOINC).map(PREGNANT::get);
    if (state.isEmpty()) {
      write.fault(value, "Write one of LOINC's answers: %s.".formatted(PREGNANT));
    }
    value.keep();
    form.put("/background/pregnancy/state", state, value);
  }

  private void answered(Given response) {
    mustBeSamePatient(response.at("subject"));
    int at = form.body().path("answers").size();
    form.add("/answers", FormAnswers.read(write, response, form, "/answers/" + at), response);
  }

  private void consented(Given consent) {
    mustBeSamePatient(consent.at("patient"));
    var pointer = "/consents/" + submission.body().path("consents").size();
    submission.body().withArray("consents").addObject();
    ConsentWriting.read(write, consent, submission, pointer);
  }

  private void mustBeSamePatient(Given subject) {
    var patient = form.body().path("patientId").asText();
    if (subject.isThere()
        && write
            .reference(subject, "Patient", "")
            .map(UUID::toString)
            .filter(id -> !id.equals(patient))
            .isPresent()) {
      write.fault(subject, "This is about another patient.");
    }
  }
}
