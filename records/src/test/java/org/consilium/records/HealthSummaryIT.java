package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.assertNameless;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.particulars;
import static org.consilium.records.Clinic.pointers;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is known of a patient beyond one consult: added, corrected, ended, and never lost. */
class HealthSummaryIT {
  private static Clinic clinic;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  private static TestHttp.Client clinician() {
    return clinic.clinician();
  }

  private static Map<String, Object> entry(String text, Map<String, Object> other) {
    var entry = new HashMap<String, Object>(Map.of("text", text, "verification", "confirmed"));
    entry.putAll(other);
    return entry;
  }

  private static Reply post(String patient, String id, String kind, Object entry) {
    return clinician().post(items(patient), Map.of("id", id, "kind", kind, "entry", entry));
  }

  private static String items(String patient) {
    return "/patients/" + patient + "/health-items";
  }

  private static String add(String patient, String kind, String text, Map<String, Object> other) {
    var id = UUID.randomUUID().toString();
    require(post(patient, id, kind, entry(text, other)), 201);
    return id;
  }

  private static Reply none(String patient, String kind) {
    return clinician()
        .post(
            "/patients/" + patient + "/none-known",
            Map.of("id", UUID.randomUUID().toString(), "kind", kind));
  }

  private static JsonNode summary(String patient) {
    return require(clinician().get("/patients/" + patient + "/health-summary"), 200).body();
  }

  private static List<String> texts(JsonNode list) {
    var texts = new ArrayList<String>();
    list.path("items").forEach(item -> texts.add(item.path("text").asText()));
    return texts;
  }

  @Test
  void what_is_known_is_listed_by_kind_with_what_holds_now_first() {
    var patient =
        clinic.patient(
            Map.of("allergies", Map.of("state", "listed", "list", List.of("penicillin"))));
    assertThat(summary(patient).at("/problems/state").asText()).isEqualTo("not-said");
    add(patient, "problem", "Malaria", Map.of("status", "ended", "ended", "2024-05"));
    var code = Map.of("system", "http://id.who.int/icd/release/11/mms", "code", "5A11");
    add(patient, "problem", "Type 2 diabetes", Map.of("onset", "2019", "code", code));
    add(patient, "medication", "Metformin", Map.of("dose", "500 mg twice a day"));
    add(
        patient,
        "immunization",
        "Tetanus",
        Map.of(
            "onset", "2025-11-03", "doseNumber", 2, "lot", "T-77", "verification", "unconfirmed"));
    var summary = summary(patient);
    assertThat(texts(summary.path("problems"))).containsExactly("Type 2 diabetes", "Malaria");
    assertThat(summary.at("/problems/items/0/onset").asText()).isEqualTo("2019");
    assertThat(summary.at("/problems/items/0/code/code").asText()).isEqualTo("5A11");
    assertThat(summary.at("/problems/items/1/ended").asText()).isEqualTo("2024-05");
    assertThat(summary.at("/medications/items/0/dose").asText()).isEqualTo("500 mg twice a day");
    assertThat(summary.at("/immunizations/items/0/doseNumber").asInt()).isEqualTo(2);
    assertThat(summary.at("/immunizations/items/0/assertedBy/name").asText()).isEqualTo("Amina");
    assertThat(summary.at("/allergies/list/0").asText()).isEqualTo("penicillin");
  }

  @Test
  @Timeout(60)
  void what_is_added_reaches_the_open_page_of_who_helps() throws Exception {
    var patient = clinic.patient(Map.of());
    var consult = ConsultId.random();
    var path = "/consults/" + consult;
    require(clinician().put(path + "/request", 0, content(patient, 10957)), 200);
    require(clinician().post(path + "/submission", submission(1)), 201);
    clinic.join(consult, clinic.specialist.id());
    try (var client = HttpClient.newHttpClient()) {
      var page =
          HttpRequest.newBuilder(clinic.http.url("/api/v1/live"))
              .header("Cookie", clinic.http.cookie(clinic.specialist))
              .build();
      try (var lines = client.send(page, BodyHandlers.ofLines()).body()) {
        var hints = lines.filter(line -> !line.isEmpty()).iterator();
        await(hints, "welcome");
        add(patient, "problem", "Asthma", Map.of());
        await(hints, consult.toString());
      }
      client.shutdownNow();
    }
  }

  private static void await(Iterator<String> lines, String text) {
    assertThat(Stream.generate(lines::next).anyMatch(line -> line.contains(text))).isTrue();
  }

  @Test
  void every_saying_about_an_item_is_kept() {
    var patient = clinic.patient(Map.of());
    var id = add(patient, "problem", "Asthma", Map.of("verification", "unconfirmed"));
    var path = items(patient) + "/" + id;
    var changed = require(clinician().put(path, 1, entry("Asthma, mild", Map.of())), 200);
    assertThat(changed.headers().firstValue("etag")).contains("\"2\"");
    var late = clinician().put(path, 1, entry("COPD", Map.of()));
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.body().path("current").asInt()).isEqualTo(2);

    var end = Map.of("version", 2, "on", "2026-02", "reason", "No attack for years");
    require(clinician().post(path + "/end", end), 200);
    assertThat(clinician().post(path + "/end", Map.of("version", 3)).code()).isEqualTo("has-ended");
    require(clinician().put(path, 3, entry("Asthma, mild", Map.of())), 200);
    assertThat(summary(patient).at("/problems/items/0/status").asText()).isEqualTo("active");
    var error = Map.of("version", 4, "reason", "Another patient's");
    require(clinician().post(path + "/error", error), 200);
    assertThat(summary(patient).at("/problems/state").asText()).isEqualTo("not-said");
    assertThat(clinician().put(path, 5, entry("Asthma", Map.of())).code())
        .isEqualTo("was-an-error");

    var versions = require(clinician().get(path + "/versions"), 200).body();
    assertThat(texts(versions))
        .containsExactly("Asthma, mild", "Asthma, mild", "Asthma, mild", "Asthma, mild", "Asthma");
    assertThat(versions.at("/items/0/reason").asText()).isEqualTo("Another patient's");
    assertThat(versions.at("/items/2/reason").asText()).isEqualTo("No attack for years");
    var all = require(clinician().get("/patients/" + patient + "/health-summary?errors=true"), 200);
    assertThat(all.body().at("/problems/items/0/status").asText()).isEqualTo("entered-in-error");
    assertThat(trail(patient))
        .contains(
            "health-item.add",
            "health-item.change",
            "health-item.end",
            "health-item.mark-error",
            "health-summary.read");
  }

  private static List<String> trail(String patient) {
    return clinic
        .platform
        .database()
        .asWorker(tx ->
            tx.list(
                "SELECT action FROM platform.audit_event WHERE patient_id = $1 ORDER BY id",
                row -> row.getString("action"),
                PatientId.parse(patient)));
  }

  @Test
  void that_there_is_none_is_said_and_ends_by_itself() {
    var patient = clinic.patient(Map.of());
    require(none(patient, "medication"), 201);
    assertThat(require(none(patient, "medication"), 201).body().path("version").asInt())
        .isEqualTo(2);
    var said = summary(patient).path("medications");
    assertThat(said.path("state").asText()).isEqualTo("none-known");
    assertThat(said.at("/noneKnown/assertedBy/name").asText()).isEqualTo("Amina");
    var path = items(patient) + "/" + said.at("/noneKnown/id").asText();
    assertThat(clinician().put(path, 2, entry("Aspirin", Map.of())).code())
        .isEqualTo("nothing-to-change");

    var aspirin = add(patient, "medication", "Aspirin", Map.of());
    var listed = summary(patient).path("medications");
    assertThat(listed.path("state").asText()).isEqualTo("listed");
    assertThat(listed.has("noneKnown")).isFalse();
    assertThat(none(patient, "medication").code()).isEqualTo("items-listed");
    require(clinician().post(items(patient) + "/" + aspirin + "/end", Map.of("version", 1)), 200);
    require(none(patient, "medication"), 201);
    assertThat(summary(patient).at("/medications/state").asText()).isEqualTo("none-known");
    assertThat(texts(summary(patient).path("medications"))).containsExactly("Aspirin");
  }

  @Test
  void the_same_again_adds_nothing_and_an_id_is_never_two_things() {
    var patient = clinic.patient(Map.of());
    var id = add(patient, "problem", "Epilepsy", Map.of("onset", "2020-02-29"));
    var again = post(patient, id, "problem", entry("Epilepsy", Map.of("onset", "2020-02-29")));
    assertThat(require(again, 201).body().path("version").asInt()).isEqualTo(1);
    assertThat(post(patient, id, "problem", entry("Migraine", Map.of())).code())
        .isEqualTo("item-id-taken");
    var other = clinic.patient(Map.of());
    assertThat(post(other, id, "problem", entry("Epilepsy", Map.of())).code())
        .isEqualTo("item-id-taken");
    assertThat(clinician().get(items(other) + "/" + id + "/versions").status()).isEqualTo(404);
    assertThat(texts(summary(patient).path("problems"))).containsExactly("Epilepsy");
  }

  @Test
  void what_cannot_be_is_refused_with_the_field_named() {
    var patient = clinic.patient(Map.of());
    var id = UUID.randomUUID().toString();
    assertThat(pointers(post(patient, id, "problem", entry("  ", Map.of("onset", "2026-04")))))
        .containsExactly("/entry/text", "/entry/onset");
    assertThat(pointers(post(patient, id, "problem", entry("Goitre\u0000", Map.of()))))
        .containsExactly("/entry/text");
    assertThat(
            pointers(post(patient, id, "problem", entry("Goitre", Map.of("onset", "2023-02-29")))))
        .containsExactly("/entry/onset");
    assertThat(pointers(post(patient, id, "problem", entry("Goitre", Map.of("onset", "1066")))))
        .containsExactly("/entry/onset");
    assertThat(
            pointers(
                post(
                    patient,
                    id,
                    "medication",
                    entry(
                        "Aspirin",
                        Map.of(
                            "onset",
                            "2026",
                            "ended",
                            "2025-12-31",
                            "status",
                            "ended",
                            "lot",
                            "x")))))
        .containsExactly("/entry/lot", "/entry/ended");
    assertThat(
            pointers(
                post(
                    patient,
                    id,
                    "immunization",
                    entry("BCG", Map.of("status", "ended", "dose", "1")))))
        .containsExactly("/entry/status", "/entry/dose");
    assertThat(
            pointers(
                post(
                    patient,
                    id,
                    "problem",
                    entry("Goitre", Map.of("consultId", UUID.randomUUID().toString())))))
        .containsExactly("/entry/consultId");
    assertThat(post(patient, id, "problem", entry("x".repeat(301), Map.of())).status())
        .isEqualTo(400);
    var code = Map.of("system", "ICD", "code", "5A11");
    assertThat(post(patient, id, "problem", entry("Goitre", Map.of("code", code))).status())
        .isEqualTo(400);
    assertThat(post(patient, id, "allergy", entry("Nuts", Map.of())).status()).isEqualTo(400);
    assertThat(summary(patient).at("/problems/state").asText()).isEqualTo("not-said");

    var bcg = add(patient, "immunization", "BCG", Map.of());
    var path = items(patient) + "/" + bcg;
    assertThat(clinician().post(path + "/end", Map.of("version", 1)).code())
        .isEqualTo("does-not-end");
    var goitre = add(patient, "problem", "Goitre", Map.of("onset", "2025"));
    assertThat(
            pointers(
                clinician()
                    .post(
                        items(patient) + "/" + goitre + "/end",
                        Map.of("version", 1, "on", "2024-12"))))
        .containsExactly("/on");
  }

  @Test
  void the_care_team_reads_it_as_long_as_the_patient_agrees_and_strangers_never() {
    var patient = clinic.patient(Map.of());
    var id = add(patient, "problem", "Sickle cell disease", Map.of());
    var consult = ConsultId.random();
    var path = "/consults/" + consult;
    require(clinician().put(path + "/request", 0, content(patient, 10957)), 200);
    require(clinician().post(path + "/submission", submission(1)), 201);
    assertThat(clinic.specialist().get(path + "/health-summary").status()).isEqualTo(404);
    clinic.join(consult, clinic.specialist.id());
    var read = require(clinic.specialist().get(path + "/health-summary"), 200).body();
    assertThat(texts(read.path("problems"))).containsExactly("Sickle cell disease");
    assertNameless(read.toString());
    assertThat(clinic.specialist().get("/patients/" + patient + "/health-summary").status())
        .isEqualTo(403);
    require(clinician().get(path + "/health-summary"), 200);
    require(clinic.http.as(clinic.scheduler).get("/patients/" + patient + "/health-summary"), 200);
    assertThat(
            clinic
                .http
                .as(clinic.scheduler)
                .post(items(patient) + "/" + id + "/end", Map.of("version", 1))
                .status())
        .isEqualTo(403);
    var stranger = clinic.http.as(clinic.stranger);
    for (var foreign : List.of("/health-summary", "/health-items/" + id + "/versions")) {
      assertThat(stranger.get("/patients/" + patient + foreign).status()).isEqualTo(404);
    }
    assertThat(stranger.put(items(patient) + "/" + id, 1, entry("Nothing", Map.of())).status())
        .isEqualTo(404);
    assertThat(clinic.http.as(clinic.strangeSpecialist).get(path + "/health-summary").status())
        .isEqualTo(404);

    var wrong = add(patient, "problem", "Typed for another", Map.of());
    var error = Map.of("version", 1, "reason", "Another patient");
    require(clinician().post(items(patient) + "/" + wrong + "/error", error), 200);
    var fhir = new FhirClient(clinic);
    assertThat(fhir.get(clinic.clinician, "/Condition/" + wrong).status()).isEqualTo(200);
    assertThat(fhir.get(clinic.specialist, "/Condition/" + id).status()).isEqualTo(200);
    assertThat(fhir.get(clinic.specialist, "/Condition/" + wrong).status()).isEqualTo(404);

    var withdrawal =
        Map.of("purpose", "advice", "givenBy", "patient", "form", "spoken", "reason", "No more");
    require(clinician().post(path + "/consent-withdrawals", withdrawal), 201);
    assertThat(clinic.specialist().get(path + "/health-summary").code())
        .isEqualTo("consent-withdrawn");
    require(clinician().get(path + "/health-summary"), 200);
  }

  @Test
  void records_of_one_person_have_one_summary_and_are_two_again() {
    var survivor = clinic.patient(Map.of("localNumber", "S-1"));
    var merged = clinic.patient(Map.of("localNumber", "S-2"));
    require(none(survivor, "problem"), 201);
    add(merged, "problem", "Hypertension", Map.of());
    var merge =
        Map.of(
            "version",
            1,
            "mergedId",
            merged,
            "mergedVersion",
            1,
            "particulars",
            particulars(Map.of("localNumber", "S-1")),
            "reason",
            "The same person");
    require(clinician().post("/patients/" + survivor + "/merge", merge), 200);
    for (var one : List.of(survivor, merged)) {
      assertThat(texts(summary(one).path("problems"))).containsExactly("Hypertension");
      assertThat(summary(one).at("/problems/state").asText()).isEqualTo("listed");
    }
    assertThat(
            post(merged, UUID.randomUUID().toString(), "problem", entry("Gout", Map.of())).code())
        .isEqualTo("patient-merged");
    var id = summary(survivor).at("/problems/items/0/id").asText();
    require(
        clinician().put(items(survivor) + "/" + id, 1, entry("High blood pressure", Map.of())),
        200);
    require(
        clinician().post("/patients/" + merged + "/unmerge", Map.of("reason", "Two sisters")), 200);
    assertThat(texts(summary(merged).path("problems"))).containsExactly("High blood pressure");
    assertThat(summary(survivor).at("/problems/state").asText()).isEqualTo("none-known");
  }
}
