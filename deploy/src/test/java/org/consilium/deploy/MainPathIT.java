package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.deploy.CareWorld.expect;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a rural clinician's question to a signed answer, over HTTP and the real database. */
class MainPathIT {
  private static CareWorld care;

  @BeforeAll
  static void start() {
    care = new CareWorld();
  }

  @AfterAll
  static void stop() throws Exception {
    care.close();
  }

  @Test
  void nobody_calls_about_a_withdrawn_consult_and_it_has_no_outcome() {
    var consult = care.accepted();
    var path = "/consults/" + consult;
    var clinic = care.http.as(care.clinician);
    expect(201, clinic.post(path + "/call/tickets"));
    expect(200, clinic.post(path + "/withdrawal", Map.of("reason", "The patient went home")));

    assertThat(clinic.post(path + "/call/tickets").code()).isEqualTo("consult-not-open");
    assertThat(
            clinic
                .post(path + "/outcome", Map.of("result", "better", "adviceFollowed", "fully"))
                .code())
        .isEqualTo("not-taken");
  }

  @Test
  void a_question_becomes_a_signed_answer_and_an_outcome() {
    var clinic = care.http.as(care.clinician);
    var coordinator = care.http.as(care.scheduler);
    var consult = ConsultId.random();
    var path = "/consults/" + consult;

    var form = new HashMap<>(care.request(care.registerPatient()));
    form.put("recommendation", Map.of("genderWish", Map.of("gender", "female", "required", false)));
    var draft = expect(200, clinic.put(path + "/request", 0, form));
    assertThat(draft.at("/triage/urgency").asText()).isIn("orange", "yellow", "red");
    assertThat(draft.at("/triage/reasons")).isNotEmpty();
    var sent = CareWorld.submission(draft.path("revision").asInt());
    expect(201, clinic.post(path + "/submission", sent));
    expect(201, clinic.post(path + "/submission", sent));
    care.settle();
    assertThat(items(expect(200, coordinator.get("/consults?view=queue")), "id", consult))
        .hasSize(1);

    care.triage(consult);
    assertThat(expect(200, coordinator.get(path)).at("/summary/genderWish/gender").asText())
        .isEqualTo("female");
    var ranked = expect(200, coordinator.get(path + "/candidates"));
    assertThat(ranked.at("/items/0/specialist/id").asText()).isEqualTo(care.ines.id().toString());
    assertThat(ranked.at("/items/0/terms")).isNotEmpty();
    assertThat(ranked.at("/items/0/terms/0/sentence").asText()).isNotBlank();

    var first =
        expect(201, coordinator.post(path + "/offers", Map.of("specialistId", care.arjun.id())));
    assertThat(first.toString()).doesNotContain("Private-Name");
    expect(
        200,
        care.http
            .as(care.arjun)
            .post("/offers/" + first.path("id").asText() + "/refusal", Map.of("reason", "busy")));
    var passedOn = items(expect(200, care.http.as(care.ines).get("/offers")), "consultId", consult);
    assertThat(passedOn).as("a refusal passes on at once").hasSize(1);
    var offer = passedOn.getFirst().path("id").asText();

    assertThat(care.http.as(care.ines).get(path + "/request").status())
        .as("an offer shows no record")
        .isEqualTo(404);
    expect(200, care.http.as(care.ines).post("/offers/" + offer + "/acceptance"));
    assertThat(care.status(consult)).isEqualTo("accepted");
    var shared = expect(200, care.http.as(care.ines).get(path + "/request"));
    assertThat(shared.toString()).doesNotContain("Private-Name").doesNotContain("OL-");

    var worse =
        Map.of(
            "id",
            UUID.randomUUID(),
            "consciousness",
            "pain",
            "vitals",
            List.of(
                CareWorld.vital(
                    "heart-rate", 178, "/min", care.world.clock().instant().toString())));
    expect(201, clinic.post(path + "/supplements", worse));
    care.settle();
    var risen = expect(200, coordinator.get(path));
    assertThat(risen.at("/summary/urgency/computed").asText()).isEqualTo("red");
    assertThat(risen.at("/summary/urgency/confirmed").asText())
        .as("what was set stays")
        .isEqualTo("orange");
    assertThat(risen.path("history").toString()).contains("they now mean red");

    say(care.ines, path, "Is she feeding?");
    say(care.clinician, path, "Yes, but less than usual.");
    care.settle();
    assertThat(care.status(consult)).isEqualTo("in-discussion");

    assertThat(expect(200, clinic.get(path + "/messages")).path("items")).hasSize(2);

    var slots = expect(200, clinic.get(path + "/slots?minutes=30&days=3"));
    var start = slots.at("/items/4/start").asText();
    var booking = Map.of("start", start, "minutes", 30);
    expect(201, clinic.post(path + "/appointments", booking));
    assertThat(clinic.post(path + "/appointments", booking).code()).isEqualTo("slot-taken");
    var mother = Map.of("name", "Mother", "role", "guardian");
    var link = expect(201, clinic.post(path + "/call/guest-links", mother));
    assertThat(Instant.parse(link.path("expiresAt").asText()))
        .as("good until two hours after the appointment")
        .isEqualTo(Instant.parse(start).plus(Duration.ofMinutes(150)));

    var note = care.http.as(care.ines);
    var content =
        Map.of(
            "language", "en",
            "answer", "She can stay with you if she drinks.",
            "impression", "Pneumonia without danger signs.",
            "certainty", "likely",
            "recommendations",
                List.of(
                    Map.of(
                        "kind", "treatment",
                        "text", "Amoxicillin by mouth for five days",
                        "urgency", "now",
                        "drug", "amoxicillin",
                        "dose", "40 mg/kg twice a day"),
                    Map.of(
                        "kind",
                        "watch-for",
                        "text",
                        "Drawing in of the chest",
                        "urgency",
                        "today")),
            "followUpInDays", 2);
    var line = UUID.randomUUID();
    var typed = Map.of("deviceId", line, "kind", "note", "seenVersion", 0, "content", content);
    expect(200, note.put(path + "/notes/drafts/" + line, 0, typed));
    var act = Map.of("kind", "note", "draftId", line, "revision", 1);
    var shown = expect(200, note.post(path + "/notes/preview", act));
    var signature =
        new HashMap<String, Object>(
            Map.of(
                "draftId",
                line,
                "revision",
                1,
                "shownSha256",
                shown.path("sha256").asText(),
                "password",
                "not mine"));
    assertThat(note.post(path + "/notes", signature).code()).isEqualTo("wrong-password");
    signature.put("password", care.ines.password());
    expect(201, note.post(path + "/call/tickets"));
    lastDayOf(care.ines, "DATE '2020-02-29'");
    assertThat(note.post(path + "/notes", signature).code()).isEqualTo("licence-over");
    assertThat(note.post(path + "/call/tickets").code()).isEqualTo("licence-over");
    lastDayOf(care.ines, "NULL");
    var signed = expect(201, note.post(path + "/notes", signature));
    assertThat(signed.path("sha256").asText()).hasSize(64);
    care.settle();
    assertThat(care.status(consult)).isEqualTo("advised");

    var read = expect(200, clinic.get(path + "/notes"));
    for (var recommendation : read.at("/signed/0/recommendations")) {
      expect(
          201,
          clinic.post(
              path + "/recommendations/" + recommendation.path("id").asText() + "/decision",
              Map.of("decision", "accept")));
    }
    assertThat(expect(200, clinic.get(path + "/follow-up")).path("dueOn").asText()).isNotBlank();
    expect(
        201, clinic.post(path + "/outcome", Map.of("result", "better", "adviceFollowed", "fully")));
    care.settle();
    assertThat(care.status(consult)).isEqualTo("closed");
    var seen = expect(200, care.http.as(care.ines).get(path + "/follow-up"));
    assertThat(seen.at("/outcome/result").asText()).isEqualTo("better");

    assertThat(actions(consult))
        .contains(
            "request.submit",
            "consult.triage",
            "note.sign",
            "request.read",
            "thread.read",
            "note.read");

    care.world.clock().advance(Duration.ofMinutes(1));
    say(care.clinician, path, "She coughs again.");
    care.settle();
    assertThat(care.status(consult)).as("news reopens it").isEqualTo("in-discussion");
  }

  @Test
  void another_system_reads_in_fhir_what_scheduling_and_signaling_keep() throws Exception {
    var consult = care.accepted();
    var path = "/consults/" + consult;
    var clinic = care.http.as(care.clinician);
    var slots = expect(200, clinic.get(path + "/slots?minutes=30&days=3"));
    var booking = Map.of("start", slots.at("/items/0/start").asText(), "minutes", 30);
    expect(201, clinic.post(path + "/appointments", booking));
    expect(201, clinic.post(path + "/call/tickets"));

    for (var person : List.of(care.clinician, care.ines)) {
      var task = fhir(person, "/Task?focus=ServiceRequest/" + consult).at("/entry/0/resource");
      assertThat(task.path("status").asText()).isEqualTo("in-progress");
      assertThat(task.at("/businessStatus/text").asText()).isEqualTo("booked");
      assertThat(task.at("/owner/reference").asText()).isEqualTo("Practitioner/" + care.ines.id());
      var appointment = fhir(person, "/Appointment?based-on=" + consult).at("/entry/0/resource");
      assertThat(appointment.path("status").asText()).isEqualTo("booked");
      assertThat(appointment.path("participant").toString())
          .contains("Practitioner/" + care.ines.id(), "Location/" + care.olkeri);
      var call = fhir(person, "/Encounter?based-on=" + consult).at("/entry/0/resource");
      assertThat(call.path("status").asText()).isEqualTo("arrived");
    }
    assertThat(fhir(care.arjun, "/Task?focus=" + consult).has("entry")).isFalse();
    assertThat(
            fhir(care.scheduler, "/Schedule?actor=" + care.ines.id())
                .at("/entry/0/resource/active")
                .asBoolean())
        .isTrue();
    assertThat(fhir(care.scheduler, "/Slot").path("type").asText()).isEqualTo("searchset");
    assertThat(fhir(care.scheduler, "/HealthcareService").path("type").asText())
        .isEqualTo("searchset");
  }

  private static JsonNode fhir(TestPerson person, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(care.http.url("/fhir/R4" + path))
            .header("Cookie", care.http.cookie(person));
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(request.build(), BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).as(new String(answer.body())).isEqualTo(200);
      return Json.MAPPER.readTree(answer.body());
    }
  }

  @Test
  void a_silent_specialist_is_passed_over_in_time() {
    var consult = care.submitted();
    care.triage(consult);
    var path = "/consults/" + consult;
    var offer =
        expect(
            201,
            care.http
                .as(care.scheduler)
                .post(path + "/offers", Map.of("specialistId", care.arjun.id())));
    care.world.clock().advance(Duration.ofMinutes(31));
    care.settle();
    assertThat(
            care.http
                .as(care.arjun)
                .post("/offers/" + offer.path("id").asText() + "/acceptance")
                .code())
        .isEqualTo("offer-expired");
    var offers =
        expect(200, care.http.as(care.scheduler).get("/consults/" + consult)).path("offers");
    assertThat(offers).hasSize(2);
    assertThat(offers.toString()).contains(care.ines.id().toString());
  }

  private static void lastDayOf(TestPerson specialist, String day) {
    care.asServer(tx ->
        tx.run(
            "UPDATE scheduling.volunteer_licence SET valid_until = "
                + day
                + " WHERE account_id = $1",
            specialist.id()));
  }

  private static void say(
      org.consilium.platform.testing.TestPerson author, String path, String text) {
    expect(
        201,
        care.http
            .as(author)
            .post(
                path + "/messages",
                Map.of("id", UUID.randomUUID(), "text", text, "language", "en")));
  }

  private static List<JsonNode> items(JsonNode page, String field, ConsultId consult) {
    return StreamSupport.stream(page.path("items").spliterator(), false)
        .filter(item -> item.path(field).asText().equals(consult.toString()))
        .toList();
  }

  private static List<String> actions(ConsultId consult) {
    var trail =
        expect(200, care.http.as(care.officer).get("/audit-events?limit=200&consultId=" + consult));
    return StreamSupport.stream(trail.path("items").spliterator(), false)
        .map(event -> event.path("action").asText())
        .toList();
  }
}
