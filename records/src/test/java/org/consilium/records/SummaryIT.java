package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.assertNameless;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.note;
import static org.consilium.records.Clinic.particulars;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;
import static org.consilium.records.Clinic.vital;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A patient's summary for other systems, judged by the profiles of HL7's patient summary. */
class SummaryIT {
  private static final String PROFILE =
      "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";

  private static Clinic clinic;
  private static FhirClient fhir;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    fhir = new FhirClient(clinic);
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  private static void add(String patient, String kind, String text, Map<String, Object> other) {
    var entry = new HashMap<String, Object>(Map.of("text", text, "verification", "confirmed"));
    entry.putAll(other);
    var item = Map.of("id", UUID.randomUUID().toString(), "kind", kind, "entry", entry);
    require(clinic.clinician().post("/patients/" + patient + "/health-items", item), 201);
  }

  private static void none(String patient, String kind) {
    var none = Map.of("id", UUID.randomUUID().toString(), "kind", kind);
    require(clinic.clinician().post("/patients/" + patient + "/none-known", none), 201);
  }

  private static ConsultId consult(String patient) {
    var consult = ConsultId.random();
    var form = content(patient, 10957);
    @SuppressWarnings("unchecked")
    var assessment = new HashMap<>((Map<String, Object>) form.get("assessment"));
    assessment.put(
        "vitals",
        List.of(
            vital("temperature", 38.4, "Cel"),
            vital("diastolic", 70, "mm[Hg]"),
            vital("systolic", 120, "mm[Hg]"),
            vital("glucose", 5.5, "mmol/L")));
    form.put("assessment", assessment);
    var path = "/consults/" + consult;
    require(clinic.clinician().put(path + "/request", 0, form), 200);
    require(clinic.clinician().post(path + "/submission", submission(1)), 201);
    clinic.join(consult, clinic.specialist.id());
    return consult;
  }

  private static JsonNode summary(TestPerson person, String patient) {
    var reply = fhir.get(person, "/Patient/" + patient + "/$summary");
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    assertThat(reply.body().at("/meta/profile/0").asText()).isEqualTo(PROFILE);
    return reply.body();
  }

  private static JsonNode section(JsonNode bundle, String code) {
    for (var section : bundle.at("/entry/0/resource/section")) {
      if (section.at("/code/coding/0/code").asText().equals(code)) {
        return section;
      }
    }
    return MissingNode.getInstance();
  }

  private static JsonNode entry(JsonNode bundle, JsonNode section, int at) {
    var wanted = section.at("/entry/" + at + "/reference").asText();
    for (var entry : bundle.path("entry")) {
      if (!wanted.isEmpty() && entry.path("fullUrl").asText().endsWith("/" + wanted)) {
        return entry.path("resource");
      }
    }
    return MissingNode.getInstance();
  }

  @Test
  void a_full_record_is_a_patient_summary_by_the_profiles() {
    var patient =
        clinic.patient(
            Map.of("allergies", Map.of("state", "listed", "list", List.of("groundnuts <all>"))));
    var code = Map.of("system", "http://id.who.int/icd/release/11/mms", "code", "5A11");
    add(patient, "problem", "Type 2 diabetes", Map.of("onset", "2019", "code", code));
    add(patient, "problem", "Malaria", Map.of("status", "ended", "ended", "2024-05"));
    add(patient, "medication", "Metformin", Map.of("dose", "500 mg twice a day"));
    add(patient, "medication", "Ibuprofen", Map.of("status", "ended"));
    add(patient, "immunization", "Tetanus", Map.of("onset", "2025-11-03", "doseNumber", 2));
    var consult = consult(patient);
    var note = clinic.signed(consult, note());
    var bundle = summary(clinic.clinician, patient);

    var problems = section(bundle, "11450-4");
    assertThat(problems.path("entry")).hasSize(1);
    var diabetes = entry(bundle, problems, 0);
    assertThat(diabetes.at("/code/coding/0/code").asText()).isEqualTo("5A11");
    assertThat(diabetes.path("onsetDateTime").asText()).isEqualTo("2019");
    assertThat(section(bundle, "48765-2").at("/text/div").asText())
        .contains("groundnuts &lt;all&gt;");
    var medicines = section(bundle, "10160-0");
    assertThat(medicines.path("entry")).hasSize(1);
    assertThat(entry(bundle, medicines, 0).at("/dosage/0/text").asText())
        .isEqualTo("500 mg twice a day");
    assertThat(entry(bundle, section(bundle, "11369-6"), 0).at("/occurrenceDateTime").asText())
        .isEqualTo("2025-11-03");
    assertThat(entry(bundle, section(bundle, "11348-0"), 0).at("/code/text").asText())
        .isEqualTo("Malaria");
    var vitals = section(bundle, "8716-3");
    assertThat(vitals.path("entry")).hasSize(2);
    assertThat(vitals.at("/text/div").asText()).contains("120/70 mm[Hg]", "38.4");
    assertThat(section(bundle, "30954-2").at("/text/div").asText()).contains("5.5 mmol/L");
    var plan = entry(bundle, section(bundle, "18776-5"), 0);
    assertThat(plan.path("id").asText()).isEqualTo(note.path("id").asText());
    assertThat(plan.at("/activity/0/detail/description").asText()).contains("cloxacillin");
    assertThat(bundle.toString()).contains("Wanjik", "OPD-17/26", "Amina", "Ines");
  }

  @Test
  void what_nobody_has_said_and_what_is_known_to_be_none_are_told_apart() {
    var asked = clinic.patient(Map.of());
    for (var kind : List.of("problem", "medication", "immunization")) {
      none(asked, kind);
    }
    var known = summary(clinic.clinician, asked);
    assertThat(entry(known, section(known, "11450-4"), 0).at("/code/coding/0/code").asText())
        .isEqualTo("no-known-problems");
    assertThat(entry(known, section(known, "48765-2"), 0).at("/code/coding/0/code").asText())
        .isEqualTo("no-known-allergies");
    assertThat(
            entry(known, section(known, "10160-0"), 0)
                .at("/medicationCodeableConcept/coding/0/code")
                .asText())
        .isEqualTo("no-known-medications");
    assertThat(entry(known, section(known, "11369-6"), 0).at("/vaccineCode/coding/0/code").asText())
        .isEqualTo("no-known-immunizations");

    var fresh = clinic.patient(Map.of("allergies", Map.of("state", "unknown")));
    var unknown = summary(clinic.clinician, fresh);
    for (var code : List.of("11450-4", "10160-0")) {
      assertThat(section(unknown, code).at("/emptyReason/coding/0/code").asText())
          .isEqualTo("unavailable");
      assertThat(section(unknown, code).has("entry")).isFalse();
    }
    assertThat(entry(unknown, section(unknown, "48765-2"), 0).at("/code/coding/0/code").asText())
        .isEqualTo("no-allergy-info");
    assertThat(section(unknown, "11369-6").isMissingNode()).isTrue();
  }

  /** The judge knows the profiles: what they need is missed. */
  @Test
  void the_profiles_refuse_a_summary_without_its_needed_parts() {
    var patient = clinic.patient(Map.of());
    var bundle = (ObjectNode) summary(clinic.clinician, patient).deepCopy();
    var composition = (ObjectNode) bundle.at("/entry/0/resource");
    ((ArrayNode) composition.path("section")).remove(0);
    ((ObjectNode) bundle.at("/entry/1/resource")).remove("name");
    bundle.remove("timestamp");
    assertThat(FhirJudge.errors(Json.write(bundle)))
        .anyMatch(error -> error.contains("section") && error.contains("minimum"))
        .anyMatch(error -> error.contains("Bundle.entry:patient"))
        .anyMatch(error -> error.contains("timestamp"));
  }

  @Test
  void a_care_team_elsewhere_gets_it_without_identity_until_the_patient_disagrees() {
    var patient = clinic.patient(Map.of("guardian", "Her mother"));
    add(patient, "problem", "Sickle cell disease", Map.of());
    assertThat(fhir.get(clinic.specialist, "/Patient/" + patient + "/$summary").status())
        .isEqualTo(404);
    var consult = consult(patient);
    clinic.signed(consult, note());
    var shared = summary(clinic.specialist, patient);
    assertNameless(shared.toString());
    assertThat(shared.toString()).contains("Sickle cell disease", "masked", "cloxacillin");
    assertThat(fhir.find(clinic.specialist, "/Condition?patient=" + patient)).hasSize(1);

    assertThat(fhir.get(clinic.stranger, "/Patient/" + patient + "/$summary").status())
        .isEqualTo(404);
    assertThat(fhir.get(clinic.strangeSpecialist, "/Patient/" + patient + "/$summary").status())
        .isEqualTo(404);
    var administrator = clinic.world.person("Adm", clinic.organisation, Role.ADMINISTRATOR);
    assertThat(fhir.get(administrator, "/Patient/" + patient + "/$summary").status())
        .isEqualTo(403);
    var seen =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.rows(
                    "SELECT FROM platform.audit_event WHERE action = 'fhir.read'"
                        + " AND patient_id = $1 AND actor_id = $2 AND subject LIKE '%$summary'",
                    PatientId.parse(patient), clinic.specialist.id()));
    assertThat(seen).hasSize(1);

    var withdrawal =
        Map.of("purpose", "advice", "givenBy", "patient", "form", "spoken", "reason", "No more");
    require(
        clinic.clinician().post("/consults/" + consult + "/consent-withdrawals", withdrawal), 201);
    assertThat(fhir.get(clinic.specialist, "/Patient/" + patient + "/$summary").status())
        .isEqualTo(404);
    assertThat(fhir.find(clinic.specialist, "/Condition?patient=" + patient)).isEmpty();
    summary(clinic.clinician, patient);
  }

  @Test
  void records_of_one_person_are_one_summary() {
    var survivor = clinic.patient(Map.of("localNumber", "S-1"));
    var merged = clinic.patient(Map.of("localNumber", "S-2"));
    none(survivor, "problem");
    add(merged, "problem", "Hypertension", Map.of("verification", "unconfirmed"));
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
    require(clinic.clinician().post("/patients/" + survivor + "/merge", merge), 200);
    for (var one : List.of(survivor, merged)) {
      var bundle = summary(clinic.clinician, one);
      var problems = section(bundle, "11450-4");
      assertThat(problems.path("entry")).hasSize(1);
      var condition = entry(bundle, problems, 0);
      assertThat(condition.at("/code/text").asText()).isEqualTo("Hypertension");
      assertThat(condition.at("/subject/reference").asText()).isEqualTo("Patient/" + survivor);
      assertThat(bundle.at("/entry/1/resource/identifier/0/value").asText()).isEqualTo("S-1");
    }
  }

  @Test
  void items_are_found_by_what_they_are_and_errors_say_so() {
    var patient = clinic.patient(Map.of());
    var code = Map.of("system", "http://id.who.int/icd/release/11/mms", "code", "8A60");
    add(patient, "problem", "Epilepsy", Map.of("onset", "2020-02-29", "code", code));
    add(patient, "problem", "Scabies", Map.of("status", "ended"));
    add(patient, "medication", "Valproate", Map.of("onset", "2021"));
    add(patient, "immunization", "BCG", Map.of("lot", "B-1"));
    assertThat(fhir.find(clinic.clinician, "/Condition?patient=" + patient)).hasSize(2);
    for (var search :
        List.of(
            "/Condition?code=8A60&patient=",
            "/Condition?code=http://id.who.int/icd/release/11/mms%7C8A60&patient=",
            "/Condition?clinical-status=resolved&patient=",
            "/Condition?onset-date=2020-02&patient=",
            "/MedicationStatement?status=active&effective=2021&patient=",
            "/Immunization?lot-number=B-1&status=completed&patient=")) {
      assertThat(fhir.find(clinic.clinician, search + patient)).as(search).hasSize(1);
    }
    assertThat(fhir.find(clinic.clinician, "/Condition?code=urn:other%7C8A60&patient=" + patient))
        .isEmpty();
    var scabies =
        fhir.find(clinic.clinician, "/Condition?clinical-status=resolved&patient=" + patient)
            .getFirst();
    var path = "/patients/" + patient + "/health-items/" + scabies.path("id").asText();
    var error = Map.of("version", 1, "reason", "Another patient's");
    require(clinic.clinician().post(path + "/error", error), 200);
    var wrong = fhir.get(clinic.clinician, "/Condition/" + scabies.path("id").asText());
    assertThat(wrong.body().at("/verificationStatus/coding/0/code").asText())
        .isEqualTo("entered-in-error");
    assertThat(wrong.body().has("clinicalStatus")).isFalse();
    assertThat(wrong.headers().firstValue("etag")).contains("W/\"2\"");
    var interpreter = clinic.world.person("Int", clinic.organisation, Role.INTERPRETER);
    assertThat(fhir.get(interpreter, "/Condition").status()).isEqualTo(403);
  }

  private static FhirClient.Reply create(TestPerson person, String resource) {
    var type =
        Json.read(resource.getBytes(StandardCharsets.UTF_8), JsonNode.class).path("resourceType");
    return fhir.send(
        fhir.to(person, "/" + type.asText())
            .header("Content-Type", "application/fhir+json")
            .header("Prefer", "return=representation")
            .POST(BodyPublishers.ofString(resource)));
  }

  @Test
  void another_system_adds_what_it_knows_by_the_products_own_rules() {
    var patient = clinic.patient(Map.of());
    var condition =
        """
        {"resourceType": "Condition",
         "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical",
                                        "code": "resolved"}]},
         "verificationStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
                                            "code": "confirmed"}]},
         "code": {"coding": [{"system": "http://id.who.int/icd/release/11/mms", "code": "1F40"}],
                  "text": "Malaria"},
         "subject": {"reference": "Patient/%s"},
         "onsetDateTime": "2024-04", "abatementDateTime": "2024-05-07"}
        """
            .formatted(patient);
    var made = create(clinic.clinician, condition);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(made.body().path("abatementDateTime").asText()).isEqualTo("2024-05-07");
    assertThat(made.body().at("/code/coding/0/code").asText()).isEqualTo("1F40");
    assertThat(create(clinic.stranger, condition).status()).isEqualTo(404);
    assertThat(create(clinic.specialist, condition).status()).isIn(403, 404);
    var future = create(clinic.clinician, condition.replace("2024-04", "2031"));
    assertThat(future.status()).isEqualTo(422);
    assertThat(future.body().toString()).contains("Condition.onsetDateTime");
    assertThat(create(clinic.clinician, condition.replace("confirmed", "refuted")).status())
        .isEqualTo(422);

    var medicine =
        """
        {"resourceType": "MedicationStatement", "status": "active",
         "medicationCodeableConcept": {"text": "Artemether and lumefantrine"},
         "subject": {"reference": "Patient/%s"}, "effectivePeriod": {"start": "2026-03-01"},
         "dosage": [{"text": "4 tablets twice a day"}]}
        """
            .formatted(patient);
    assertThat(create(clinic.clinician, medicine).body().at("/dosage/0/text").asText())
        .isEqualTo("4 tablets twice a day");
    var vaccine =
        """
        {"resourceType": "Immunization", "status": "completed", "vaccineCode": {"text": "Measles"},
         "patient": {"reference": "Patient/%s"}, "occurrenceDateTime": "2025", "primarySource": true,
         "protocolApplied": [{"doseNumberPositiveInt": 1}]}
        """
            .formatted(patient);
    var given = create(clinic.clinician, vaccine);
    assertThat(given.body().at("/protocolApplied/0/doseNumberPositiveInt").asInt()).isEqualTo(1);
    var none =
        """
        {"resourceType": "Condition",
         "code": {"coding": [{"system": "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
                              "code": "no-known-problems"}]},
         "subject": {"reference": "Patient/%s"}}
        """
            .formatted(patient);
    var said = create(clinic.clinician, none);
    assertThat(said.body().at("/code/coding/0/code").asText()).isEqualTo("no-known-problems");
    assertThat(section(summary(clinic.clinician, patient), "11348-0").path("entry")).hasSize(1);
  }
}
