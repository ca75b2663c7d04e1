package org.consilium.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.MessageId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.Uuid7;

/**
 * Plays consults such as those of {@code demo/consults.json}: every step of each, in the order of
 * time, done by the person whose part it is, over HTTP.
 */
final class DemoStory {
  /** The file: consults with their steps, and patients who have no consult. */
  record Book(List<Case> consults, List<Visitor> patients) {}

  /**
   * One consult.
   *
   * @param key what other consults and a reader call it
   * @param clinician who asks, by e-mail
   * @param patient who it is about; absent when {@code samePatientAs} names an earlier consult
   * @param vitals value by code; the unit is the triage rules' own
   * @param present danger signs that were found; all others were looked for and are absent
   * @param giver who consents; absent when the patient does, by word of mouth
   */
  record Case(
      String key,
      String clinician,
      Optional<ObjectNode> patient,
      Optional<String> samePatientAs,
      ObjectNode request,
      Optional<String> consciousness,
      Map<String, JsonNode> vitals,
      List<String> present,
      Optional<ObjectNode> giver,
      List<Step> steps) {}

  /**
   * @param ago before the present
   * @param with what the act needs, as the contract names it
   */
  record Step(Duration ago, Act act, Optional<ObjectNode> with) {}

  record Visitor(String clinician, ObjectNode patient) {}

  enum Act {
    DRAFT,
    SUBMIT,
    TRIAGE,
    OFFER,
    /** The one who is asked lets the time pass. */
    SILENCE,
    REFUSE,
    ACCEPT,
    READ,
    MESSAGE,
    BOOK,
    NOTE,
    DECIDE,
    OUTCOME,
    WITHDRAW
  }

  /** The moment of a step of a case. */
  private record Moment(Instant at, Case about, Step step) {}

  /** What is known of a case as it is played. */
  private static final class Course {
    private final ConsultId consult = ConsultId.random();
    private PatientId patient;
    private JsonNode saved;
    private String specialist;
  }

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Duration MEASURED_BEFORE = Duration.ofMinutes(10);

  private final DemoApi api;
  private final DemoPeople people;
  private final DemoClock clock;
  private final Runnable settle;
  private final String password;
  private final Map<String, Course> courses = new HashMap<>();
  private final Map<String, String> units = new HashMap<>();
  private JsonNode consentTexts;

  /**
   * @param settle lets the server do what is due: timers and events
   */
  DemoStory(DemoApi api, DemoPeople people, DemoClock clock, Runnable settle, String password) {
    this.api = api;
    this.people = people;
    this.clock = clock;
    this.settle = settle;
    this.password = password;
  }

  void play(List<Case> consults, Instant present) {
    var moments = new ArrayList<Moment>();
    for (var consult : consults) {
      courses.put(consult.key(), new Course());
      consult
          .steps()
          .forEach(step -> moments.add(new Moment(present.minus(step.ago()), consult, step)));
    }
    moments.sort(Comparator.comparing(Moment::at));
    for (var moment : moments) {
      clock.goOnTo(moment.at());
      play(moment.about(), moment.step());
      settle.run();
    }
    clock.goOnToPresent();
  }

  void register(List<Visitor> visitors) {
    visitors.forEach(visitor -> register(visitor.clinician(), visitor.patient()));
  }

  ConsultId consult(String key) {
    return courses.get(key).consult;
  }

  private void play(Case about, Step step) {
    var with = step.with().map(ObjectNode::deepCopy).orElseGet(NODES::objectNode);
    var course = courses.get(about.key());
    try {
      switch (step.act()) {
        case DRAFT -> draft(about, course);
        case SUBMIT -> submit(about, course, with);
        case TRIAGE -> triage(about, course, with);
        case OFFER -> offer(about, course, with);
        case SILENCE -> {}
        case REFUSE -> asked(about, course).post(offerPath(about, course) + "/refusal", with);
        case ACCEPT -> accept(about, course);
        case READ -> specialist(course).get(path(course) + "/request");
        case MESSAGE -> message(about, course, with);
        case BOOK -> book(about, course, with);
        case NOTE -> note(course, with);
        case DECIDE -> decide(about, course, with);
        case OUTCOME -> clinician(about).post(path(course) + "/outcome", with);
        case WITHDRAW -> clinician(about).post(path(course) + "/withdrawal", with);
      }
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "At the step \"%s\" of \"%s\": %s".formatted(step.act(), about.key(), e.getMessage()), e);
    }
  }

  private PatientId register(String clinician, ObjectNode particulars) {
    var id = PatientId.random();
    var patient = NODES.objectNode().put("id", id.toString());
    patient.set("particulars", particulars);
    api.as(clinician).post("/patients", patient);
    return id;
  }

  private void draft(Case about, Course course) {
    course.patient =
        about
            .samePatientAs()
            .map(earlier -> courses.get(earlier).patient)
            .orElseGet(() -> register(about.clinician(), about.patient().orElseThrow()));
    var content = about.request().deepCopy().put("patientId", course.patient.toString());
    content.withObject("/assessment").setAll(assessment(about, course));
    course.saved = clinician(about).put(path(course) + "/request", 0, content);
  }

  /** What was measured, and an answer to every danger sign that applies. */
  private ObjectNode assessment(Case about, Course course) {
    var found = NODES.objectNode();
    about.consciousness().ifPresent(state -> found.put("consciousness", state));
    var vitals = found.putArray("vitals");
    about
        .vitals()
        .forEach((code, value) ->
            vitals
                .addObject()
                .put("code", code)
                .put("unit", unit(about, code))
                .put("takenAt", clock.instant().minus(MEASURED_BEFORE).toString())
                .set("value", value));
    var signs = found.putArray("dangerSigns");
    about.present().forEach(code -> signs.addObject().put("code", code).put("present", true));
    unanswered(about, course, found)
        .forEach(code -> signs.addObject().put("code", code.asText()).put("present", false));
    return found;
  }

  private String unit(Case about, String code) {
    if (units.isEmpty()) {
      api.as(about.clinician())
          .get("/triage-rules")
          .get("vitals")
          .forEach(vital -> units.put(vital.get("code").asText(), vital.get("unit").asText()));
    }
    return units.get(code);
  }

  private JsonNode unanswered(Case about, Course course, ObjectNode found) {
    var patient = clinician(about).get("/patients/" + course.patient);
    var findings = found.deepCopy();
    findings.set("age", patient.get("age"));
    findings.set("sex", patient.get("sex"));
    var pregnancy = about.request().at("/background/pregnancy");
    if (pregnancy.isObject()) {
      findings.set("pregnancy", pregnancy);
    }
    return clinician(about).post("/triage", findings).get("unanswered");
  }

  private void submit(Case about, Course course, ObjectNode with) {
    with.put("revision", course.saved.get("revision").asInt());
    if (!with.has("urgency")) {
      with.set("urgency", course.saved.at("/triage/urgency"));
    }
    with.set("consents", consents(about, course));
    clinician(about).post(path(course) + "/submission", with);
  }

  private JsonNode consents(Case about, Course course) {
    if (consentTexts == null) {
      consentTexts = clinician(about).get("/consent-texts").get("items");
    }
    var texts = consentTexts;
    var spoken = course.saved.at("/patient/language").asText();
    var read = language(texts, List.of(spoken, about.request().get("language").asText(), "en"));
    var video = !about.request().get("mode").asText().equals("clinician-advice");
    var consents = NODES.arrayNode();
    for (var text : texts) {
      boolean asked =
          text.get("required").asBoolean()
              || text.get("purpose").asText().equals("images")
              || (video && text.get("purpose").asText().equals("live-video"));
      if (asked && text.get("language").asText().equals(read)) {
        var consent = consents.addObject().put("decision", "granted").put("language", read);
        consent.set("purpose", text.get("purpose"));
        consent.set("textVersion", text.get("version"));
        consent.put("givenBy", "patient").put("form", "spoken");
        about.giver().ifPresent(consent::setAll);
      }
    }
    return consents;
  }

  private static String language(JsonNode texts, List<String> wanted) {
    return wanted.stream()
        .filter(code -> each(texts).anyMatch(t -> t.get("language").asText().equals(code)))
        .findFirst()
        .orElseThrow();
  }

  /** What the clinic asked for, where the step does not say otherwise. */
  private void triage(Case about, Course course, ObjectNode with) {
    var summary = coordinator(about).get(path(course)).get("summary");
    if (summary.get("status").asText().equals("offered")) {
      // Red does not wait for the coordinator: the server's own ladder was quicker.
      return;
    }
    var triage = NODES.objectNode();
    triage.set("urgency", summary.get("urgencyNow"));
    triage.set("mode", summary.get("mode"));
    if (summary.has("specialty")) {
      triage.set("specialty", summary.get("specialty"));
    }
    coordinator(about).post(path(course) + "/triage", triage.setAll(with));
  }

  /** To the one whom the step names, when the rules let them be asked now; else to the best. */
  private void offer(Case about, Course course, ObjectNode with) {
    if (!with.has("to") && openOffers(about, course).findFirst().isPresent()) {
      // The server's own ladder was quicker.
      return;
    }
    var named =
        Optional.ofNullable(with.remove("to")).map(to -> people.account(to.asText()).toString());
    var free =
        each(coordinator(about).get(path(course) + "/candidates").get("items"))
            .filter(candidate -> candidate.get("barred").isEmpty())
            .map(candidate -> candidate.at("/specialist/id").asText())
            .toList();
    var chosen = named.filter(free::contains).orElseGet(free::getFirst);
    coordinator(about).post(path(course) + "/offers", with.put("specialistId", chosen));
  }

  private JsonNode openOffer(Case about, Course course) {
    return openOffers(about, course)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nobody is asked"));
  }

  private Stream<JsonNode> openOffers(Case about, Course course) {
    return each(coordinator(about).get(path(course)).get("offers"))
        .filter(offer -> offer.get("status").asText().equals("open"));
  }

  private String offerPath(Case about, Course course) {
    return "/offers/" + openOffer(about, course).get("id").asText();
  }

  private DemoApi.Person asked(Case about, Course course) {
    var id = openOffer(about, course).at("/specialist/id").asText();
    return api.as(people.email(AccountId.parse(id)));
  }

  private void accept(Case about, Course course) {
    var offer = openOffer(about, course);
    course.specialist = people.email(AccountId.parse(offer.at("/specialist/id").asText()));
    specialist(course)
        .post("/offers/" + offer.get("id").asText() + "/acceptance", NODES.objectNode());
    specialist(course).get(path(course) + "/request");
  }

  private void message(Case about, Course course, ObjectNode with) {
    var author =
        switch (with.remove("by").asText()) {
          case "clinic" -> clinician(about);
          case "coordinator" -> coordinator(about);
          case "specialist" -> specialist(course);
          case String email -> api.as(email);
        };
    with.put("id", MessageId.random().toString());
    if (!with.has("language")) {
      with.set("language", about.request().get("language"));
    }
    author.post(path(course) + "/messages", with.put("writtenAt", clock.instant().toString()));
  }

  /** The first time that all have from tomorrow on, kept and then confirmed. */
  private void book(Case about, Course course, ObjectNode with) {
    var interpreter =
        Optional.ofNullable(with.remove("interpreter"))
            .map(email -> people.account(email.asText()).toString());
    interpreter.ifPresent(id -> with.put("interpreterId", id));
    var devices =
        Optional.ofNullable(with.remove("devices")).map(names -> devices(about, course, names));
    devices.ifPresent(ids -> with.set("deviceIds", Json.MAPPER.valueToTree(ids)));
    var query =
        "?days=4&minutes="
            + with.get("minutes").asInt()
            + interpreter.map(id -> "&interpreterId=" + id).orElse("")
            + devices.map(ids -> "&deviceIds=" + String.join(",", ids)).orElse("");
    var tomorrow = clock.instant().plus(Duration.ofHours(20));
    var start =
        each(clinician(about).get(path(course) + "/slots" + query).get("items"))
            .map(slot -> slot.get("start").asText())
            .filter(text -> Instant.parse(text).isAfter(tomorrow))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no time is free for all"));
    var held = coordinator(about).post(path(course) + "/holds", with.put("start", start));
    coordinator(about)
        .post("/holds/" + held.get("id").asText() + "/confirmation", NODES.objectNode());
  }

  /** Rooms and devices of the site, by name. */
  private List<String> devices(Case about, Course course, JsonNode names) {
    var wanted = each(names).map(JsonNode::asText).toList();
    var choices = coordinator(about).get(path(course) + "/booking-choices").get("devices");
    return each(choices)
        .filter(device -> wanted.contains(device.get("name").asText()))
        .map(device -> device.get("id").asText())
        .toList();
  }

  private void note(Course course, ObjectNode with) {
    var id = Uuid7.next().toString();
    var typed =
        NODES
            .objectNode()
            .put("deviceId", id)
            .put("kind", "note")
            .put("seenVersion", 0)
            .<ObjectNode>set("content", with);
    var draft = specialist(course).put(path(course) + "/notes/drafts/" + id, 0, typed);
    var act = NODES.objectNode().put("draftId", id).put("revision", draft.get("revision").asInt());
    var shown =
        specialist(course)
            .post(path(course) + "/notes/preview", act.deepCopy().put("kind", "note"));
    act.put("shownSha256", shown.get("sha256").asText()).put("password", password);
    specialist(course).post(path(course) + "/notes", act);
  }

  /** The clinic's decisions in the order of the recommendations; those not named stay open. */
  private void decide(Case about, Course course, ObjectNode with) {
    var signed = clinician(about).get(path(course) + "/notes").at("/signed/0/recommendations");
    int next = 0;
    for (var decision : with.get("decisions")) {
      var id = signed.get(next++).get("id").asText();
      clinician(about).post(path(course) + "/recommendations/" + id + "/decision", decision);
    }
  }

  private DemoApi.Person clinician(Case about) {
    return api.as(about.clinician());
  }

  private DemoApi.Person coordinator(Case about) {
    var organisation = people.home(about.clinician());
    return api.as(people.coordinator(organisation), organisation);
  }

  private DemoApi.Person specialist(Course course) {
    return api.as(course.specialist);
  }

  private static String path(Course course) {
    return "/consults/" + course.consult;
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
