package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.pointers;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;
import static org.consilium.records.Clinic.vital;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.records.request.TriageRecomputed;
import org.consilium.records.triage.Urgency;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forms over real HTTP and PostgreSQL: answered, refused, published, drawn later; new findings. */
class FormsIT {
  private static final String EYE = "urn:consilium:form:eye|2026-1";
  private static final List<TriageRecomputed> recomputed = new ArrayList<>();
  private static Clinic clinic;
  private static TestPerson administrator;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    administrator = clinic.world.person("Wairimu", clinic.organisation, Role.ADMINISTRATOR);
    clinic
        .platform
        .events()
        .on(TriageRecomputed.class, "test-recomputed", (_, event) -> recomputed.add(event));
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  @Test
  void an_eye_case_is_answered_with_its_form_and_seen_with_that_version() {
    var path = "/consults/" + ConsultId.random();
    var clinician = clinic.clinician();
    var form = eyeCase(List.of());
    require(clinician.put(path + "/request", 0, form), 200);
    var missing = clinician.post(path + "/submission", submission(1));
    assertThat(pointers(missing)).containsExactly("/answers");

    form.put("answers", List.of(eye(given("eye.chemical", yes(true)))));
    require(clinician.put(path + "/request", 1, form), 200);
    missing = clinician.post(path + "/submission", submission(2));
    assertThat(pointers(missing))
        .contains("/answers/0/item/eye.open", "/answers/0/item/eye.side", "/urgencyReason");

    form.put("answers", List.of(eye(complete(true))));
    var saved = require(clinician.put(path + "/request", 2, form), 200).body();
    assertThat(saved.at("/triage/urgency").asText()).isEqualTo("red");
    assertThat(saved.at("/triage/reasons/0/code").asText()).isEqualTo("eye.chemical");
    assertThat(require(clinician.put(path + "/request", 2, form), 200).body().path("revision"))
        .as("the same save again is the same")
        .isEqualTo(saved.path("revision"));
    var sent = submission(3);
    sent.put("urgency", "red");
    require(clinician.post(path + "/submission", sent), 201);
    clinic.join(consult(path), clinic.specialist.id());

    publish(revised("eye", "2027-1", "Eyes, later"), 201);
    var specialist = clinic.specialist();
    var seen = require(specialist.get(path + "/request"), 200).body();
    assertThat(seen.at("/content/answers/0/questionnaire").asText()).isEqualTo(EYE);
    assertThat(seen.at("/content/answers/0/item/0").has("item"))
        .as("nothing empty is sent")
        .isFalse();
    var drawn = require(specialist.get(path + "/forms"), 200).body().path("items");
    assertThat(drawn).hasSize(1);
    assertThat(drawn.at("/0/questionnaire/version").asText()).isEqualTo("2026-1");
    assertThat(observations(consult(path)))
        .contains("visual-acuity-right 6-60", "8310-5 38.4 Cel", "avpu alert")
        .doesNotContain("eye.chemical true");
  }

  @Test
  void what_is_not_asked_is_left_out_with_a_word() {
    var path = "/consults/" + ConsultId.random() + "/request";
    var form = content(clinic.patient(Map.of()), 10957);
    var wound =
        answersTo(
            "urn:consilium:form:wound|2026-1",
            given("wound.kind", code("ulcer")),
            given("wound.airway", yes(true)));
    form.put("answers", List.of(wound));
    var saved = require(clinic.clinician().put(path, 0, form), 200).body();
    assertThat(saved.path("dropped")).hasSize(1);
    assertThat(saved.at("/dropped/0").asText()).contains("Burn in a closed space");
    assertThat(saved.at("/content/answers/0/item")).hasSize(1);
    assertThat(saved.at("/triage/urgency").asText()).isEqualTo("green");
  }

  @Test
  void what_cannot_be_is_refused_with_its_field_and_nothing_is_stored() {
    var patient = clinic.patient(Map.of());
    refuse(patient, given("eye.nowhere", yes(true)), 422, "/answers/0/item/0/linkId");
    refuse(
        patient,
        given("eye.side", code("middle")),
        422,
        "/answers/0/item/0/answer/0/valueCoding/code");
    refuse(
        patient,
        given("eye.chemical", Map.of("valueString", "yes")),
        422,
        "/answers/0/item/0/answer/0");
    refuse(
        patient,
        inWhy(quantity(300, "mm[Hg]")),
        422,
        "/answers/0/item/0/item/0/answer/0/valueQuantity/value");
    refuse(
        patient,
        inWhy(quantity(2, "kPa")),
        422,
        "/answers/0/item/0/item/0/answer/0/valueQuantity/code");
    refuse(
        patient,
        group("why", given("eye.injury", text("a\u0000b"))),
        400,
        "/answers/0/item/0/item/0/answer/0/valueString");
    refuse(
        patient,
        group("why", given("eye.injury", text("\u202eback"))),
        422,
        "/answers/0/item/0/item/0/answer/0/valueString");
    var long1 =
        clinic
            .clinician()
            .put(
                "/consults/" + ConsultId.random() + "/request",
                0,
                withAnswers(
                    patient, eye(group("why", given("eye.injury", text("x".repeat(1_000_000)))))));
    assertThat(long1.status()).isEqualTo(413);

    var unknown = withAnswers(patient, answersTo("urn:consilium:form:eye|1999-1"));
    var reply = clinic.clinician().put("/consults/" + ConsultId.random() + "/request", 0, unknown);
    assertThat(pointers(reply)).containsExactly("/answers/0/questionnaire");
    var twice = withAnswers(patient, eye());
    twice.put("answers", List.of(eye(), eye()));
    reply = clinic.clinician().put("/consults/" + ConsultId.random() + "/request", 0, twice);
    assertThat(pointers(reply)).containsExactly("/answers/1/questionnaire");

    var nested = new HashMap<String, Object>(given("eye.group-why"));
    for (int i = 0; i < 40; i++) {
      nested = new HashMap<>(Map.of("linkId", "x", "item", List.of(nested)));
    }
    reply =
        clinic
            .clinician()
            .put(
                "/consults/" + ConsultId.random() + "/request",
                0,
                withAnswers(patient, eye(nested)));
    assertThat(reply.status()).isBetween(400, 422);

    var plain = Map.of("age", Clinic.age(30, "years"), "sex", "female");
    require(clinic.clinician().post("/triage", plain), 200);
    var asked =
        Map.of(
            "age",
            Clinic.age(30, "years"),
            "sex",
            "female",
            "answers",
            List.of(eye(given("eye.open", yes(true)))));
    assertThat(
            require(clinic.clinician().post("/triage", asked), 200).body().path("urgency").asText())
        .isEqualTo("red");
  }

  private static void refuse(
      String patient, Map<String, Object> given, int status, String pointer) {
    var path = "/consults/" + ConsultId.random() + "/request";
    var reply = clinic.clinician().put(path, 0, withAnswers(patient, eye(given)));
    assertThat(reply.status()).as(pointer).isEqualTo(status);
    assertThat(pointers(reply)).containsExactly(pointer);
    assertThat(clinic.clinician().get(path).status()).isEqualTo(404);
  }

  @Test
  void a_version_is_published_once_and_frozen_and_its_faults_are_named() {
    var http = clinic.http.as(administrator);
    var list = require(clinic.clinician().get("/forms"), 200).body().path("items");
    assertThat(list.findValuesAsText("name"))
        .contains("more", "child", "pregnancy", "skin", "wound", "imaging", "ecg", "eye")
        .contains("mental-health", "infectious", "ent");
    list.forEach(head -> assertThat(head.path("approval").asText()).contains("needs a clinician"));

    var mine = revised("skin", "mv-1", "Skin at Mara Valley");
    assertThat(
            require(http.post("/form-preview", Map.of("questionnaire", mine)), 200)
                .body()
                .path("own")
                .asBoolean())
        .isTrue();
    assertThat(clinic.clinician().post("/forms", Map.of("questionnaire", mine)).status())
        .isEqualTo(403);
    assertThat(
            require(clinic.clinician().get("/forms/skin/2026-1"), 200)
                .body()
                .path("own")
                .asBoolean())
        .isFalse();
    var published = publish(mine, 201).body();
    assertThat(publish(mine, 201).body().path("sha256")).isEqualTo(published.path("sha256"));
    var other = publish(revised("skin", "mv-1", "Something else"), 409);
    assertThat(other.code()).isEqualTo("form-frozen");
    assertThat(pointers(other)).containsExactly("/questionnaire/version");
    assertThat(titleOf(clinic.clinician().get("/forms"), "skin")).isEqualTo("Skin at Mara Valley");
    assertThat(titleOf(clinic.http.as(clinic.stranger).get("/forms"), "skin")).isEqualTo("Skin");
    assertThat(clinic.http.as(clinic.stranger).get("/forms/skin/mv-1").status()).isEqualTo(404);

    var broken = revised("skin", "mv-2", "");
    broken.put("colour", "blue");
    assertThat(pointers(http.post("/form-preview", Map.of("questionnaire", broken))))
        .containsExactly("/questionnaire/colour");
    broken.remove("colour");
    broken.put(
        "item",
        List.of(
            Map.of("linkId", "a", "type", "choice", "text", "Which?"),
            Map.of("linkId", "a", "type", "quantity", "text", "How much?"),
            Map.of(
                "linkId",
                "b",
                "type",
                "string",
                "text",
                "Why?",
                "enableWhen",
                List.of(Map.of("question", "c", "operator", "exists", "answerBoolean", true)))));
    assertThat(pointers(publish(broken, 422)))
        .containsExactly(
            "/questionnaire/title",
            "/questionnaire/item/0/answerOption",
            "/questionnaire/item/1/linkId",
            "/questionnaire/item/1/extension",
            "/questionnaire/item/2/enableWhen/0/question");
    broken.put("item", List.of(Map.of("linkId", "a", "type", "slider", "text", "How?")));
    assertThat(pointers(publish(broken, 422))).containsExactly("/questionnaire/item/0/type");
  }

  @Test
  void new_findings_compute_the_urgency_anew_and_say_so() {
    var consult = clinic.consult();
    var path = "/consults/" + consult;
    var clinician = clinic.clinician();
    clinic.world.clock().advance(Duration.ofMinutes(30));
    var id = UUID.randomUUID().toString();
    var worse =
        Map.of(
            "id",
            id,
            "consciousness",
            "voice",
            "vitals",
            List.of(vital("heart-rate", 134, "/min")),
            "text",
            "Drowsy since noon");
    var added = require(clinician.post(path + "/supplements", worse), 201).body();
    assertThat(added.path("urgencyBefore").asText()).isEqualTo("green");
    assertThat(added.at("/triage/urgency").asText()).isEqualTo("red");
    assertThat(added.at("/triage/reasons/0/sentence").asText()).startsWith("NEWS2 is 7");
    assertThat(require(clinician.post(path + "/supplements", worse), 201).body()).isEqualTo(added);
    var seen = require(clinic.specialist().get(path + "/request"), 200).body();
    assertThat(seen.at("/triage/urgency").asText()).isEqualTo("red");
    assertThat(seen.at("/content/assessment/consciousness").asText()).isEqualTo("alert");
    assertThat(seen.path("urgencyRequested").asText()).isEqualTo("yellow");
    assertThat(seen.path("supplements")).hasSize(1);

    var better =
        Map.of(
            "id",
            UUID.randomUUID().toString(),
            "consciousness",
            "alert",
            "vitals",
            List.of(vital("heart-rate", 88, "/min")));
    clinic.world.clock().advance(Duration.ofMinutes(30));
    assertThat(
            require(clinician.post(path + "/supplements", better), 201)
                .body()
                .at("/triage/urgency")
                .asText())
        .isEqualTo("green");
    clinic.platform.delivery().deliverDue();
    assertThat(recomputed)
        .filteredOn(event -> event.consult().equals(consult))
        .extracting(TriageRecomputed::computed)
        .containsExactly(Urgency.RED, Urgency.GREEN);
    assertThat(observations(consult)).contains("8867-4 134 /min", "8867-4 88 /min", "avpu voice");

    var hot =
        Map.of(
            "id",
            UUID.randomUUID().toString(),
            "vitals",
            List.of(vital("temperature", 101, "Cel")));
    assertThat(pointers(clinician.post(path + "/supplements", hot)))
        .containsExactly("/vitals/0/value");
    var nothing = Map.of("id", UUID.randomUUID().toString());
    assertThat(clinician.post(path + "/supplements", nothing).status()).isEqualTo(422);
    var other = Map.of("id", id, "text", "Something else");
    assertThat(clinician.post(path + "/supplements", other).code())
        .isEqualTo("supplement-id-taken");
    assertThat(clinic.specialist().post(path + "/supplements", worse).status()).isEqualTo(403);
    assertThat(clinic.http.as(clinic.stranger).post(path + "/supplements", worse).status())
        .isEqualTo(404);
  }

  private static Map<String, Object> eyeCase(List<Object> answers) {
    var form = content(clinic.patient(Map.of()), 10957);
    form.put("specialty", "ophthalmology");
    form.put("answers", answers);
    return form;
  }

  private static Map<String, Object> withAnswers(String patient, Object answers) {
    var form = content(patient, 10957);
    form.put("answers", List.of(answers));
    return form;
  }

  @SafeVarargs
  private static Map<String, Object> eye(Map<String, Object>... given) {
    return answersTo(EYE, given);
  }

  @SafeVarargs
  private static Map<String, Object> answersTo(String version, Map<String, Object>... given) {
    return Map.of("questionnaire", version, "item", List.of(given));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object>[] complete(boolean chemical) {
    return new Map[] {
      given("eye.chemical", yes(chemical)),
      given("eye.open", yes(false)),
      given("eye.sudden", yes(false)),
      given("eye.baby-pus", yes(false)),
      given("eye.side", code("right")),
      given("eye.acuity-right", code("6-60"))
    };
  }

  private static Map<String, Object> inWhy(Map<String, Object> pressure) {
    return group("why", given("eye.pressure", pressure));
  }

  private static Map<String, Object> group(String name, Map<String, Object> given) {
    return Map.of("linkId", "eye.group-" + name, "item", List.of(given));
  }

  @SafeVarargs
  private static Map<String, Object> given(String linkId, Map<String, Object>... values) {
    return Map.of("linkId", linkId, "answer", List.of(values));
  }

  private static Map<String, Object> yes(boolean value) {
    return Map.of("valueBoolean", value);
  }

  private static Map<String, Object> text(String value) {
    return Map.of("valueString", value);
  }

  private static Map<String, Object> code(String code) {
    return Map.of("valueCoding", Map.of("code", code));
  }

  private static Map<String, Object> quantity(double value, String unit) {
    return Map.of("valueQuantity", Map.of("value", value, "code", unit));
  }

  /** A shipped form under another version and title. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> revised(String name, String version, String title) {
    var form =
        require(clinic.clinician().get("/forms/" + name + "/2026-1"), 200)
            .body()
            .path("questionnaire");
    var copy = new HashMap<>(Json.MAPPER.convertValue(form, Map.class));
    copy.put("version", version);
    copy.put("title", title);
    return copy;
  }

  private static Reply publish(Map<String, Object> form, int status) {
    return require(
        clinic.http.as(administrator).post("/forms", Map.of("questionnaire", form)), status);
  }

  private static String titleOf(Reply list, String name) {
    for (JsonNode head : list.body().path("items")) {
      if (head.path("name").asText().equals(name)) {
        return head.path("title").asText();
      }
    }
    return "";
  }

  private static ConsultId consult(String path) {
    return ConsultId.parse(path.replaceFirst(".*/", ""));
  }

  private static List<String> observations(ConsultId consult) {
    return clinic
        .platform
        .database()
        .asWorker(tx ->
            tx.list(
                """
                SELECT concat_ws(' ', code, value_num::text, value_unit, value_code, value_text) AS line
                  FROM records.observation WHERE consult_id = $1 ORDER BY seq
                """,
                row -> row.getString("line"),
                consult));
  }
}
