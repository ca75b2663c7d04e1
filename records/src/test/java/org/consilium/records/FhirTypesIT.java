package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.act;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.note;
import static org.consilium.records.Clinic.particulars;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;
import static org.consilium.records.Clinic.typed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.consilium.records.attachment.TusClient;
import org.consilium.records.attachment.intake.Pictures;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Notes, files, forms and consents as another system reads them; HL7's validator judges all. */
class FhirTypesIT {
  private static final String EYE = "urn:consilium:form:eye|2026-1";

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

  private static JsonNode read(TestPerson person, String path) {
    var reply = fhir.get(person, path);
    assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
    return reply.body();
  }

  private static JsonNode read(String path) {
    return read(clinic.clinician, path);
  }

  private static List<JsonNode> find(String path) {
    return fhir.find(clinic.clinician, path);
  }

  private static String id(JsonNode resource) {
    return resource.path("id").asText();
  }

  /** Adds to, replaces or takes back a signed note. */
  private static JsonNode amend(
      ConsultId consult, JsonNode note, String kind, String where, Map<String, Object> more) {
    var act = new HashMap<String, Object>(Map.of("kind", kind, "amends", id(note)));
    if (!kind.equals("retraction")) {
      var draft = UUID.randomUUID().toString();
      var body = typed(kind, note());
      body.put("amends", id(note));
      var path = "/consults/" + consult + "/notes/drafts/" + draft;
      require(clinic.specialist().put(path, 0, body), 200);
      act.putAll(act(draft, 1));
      act.put("kind", kind);
    }
    act.putAll(more);
    var path = "/consults/" + consult + "/notes/" + id(note) + "/" + where;
    var signature = clinic.signature(clinic.specialist, consult, act);
    return require(clinic.specialist().post(path, signature), 201).body();
  }

  private static void withdraw(ConsultId consult, String purpose) {
    var withdrawal =
        Map.of("purpose", purpose, "givenBy", "patient", "form", "spoken", "reason", "Did not say");
    var path = "/consults/" + consult + "/consent-withdrawals";
    require(clinic.clinician().post(path, withdrawal), 201);
    clinic.world.clock().advance(Duration.ofMillis(10));
  }

  private static String patientOf(ConsultId consult) {
    var request = read("/ServiceRequest/" + consult);
    return request.at("/subject/reference").asText();
  }

  @Test
  void a_signed_note_and_what_became_of_it_are_compositions() {
    var consult = clinic.consult();
    var first = clinic.signed(consult, note());
    var composition = read(clinic.specialist, "/Composition/" + id(first));
    assertThat(composition.path("status").asText()).isEqualTo("final");
    assertThat(composition.at("/section/0/text/div").asText()).contains("Most likely cellulitis");
    assertThat(composition.toString()).doesNotContain("Wanjik", "OPD-17");
    var drug = composition.at("/section/2/entry/0/reference").asText();
    var proposal = read("/" + drug);
    assertThat(proposal.path("intent").asText()).isEqualTo("proposal");
    assertThat(proposal.path("status").asText()).isEqualTo("active");
    assertThat(proposal.at("/dosageInstruction/0/doseAndRate/0/doseQuantity/code").asText())
        .isEqualTo("mg");
    assertThat(proposal.at("/dosageInstruction/0/timing/repeat/frequency").asInt()).isEqualTo(4);
    var patient = patientOf(consult);
    assertThat(find("/MedicationRequest?status=active&intent=proposal&patient=" + patient))
        .hasSize(1);

    amend(consult, first, "addendum", "addenda", Map.of());
    assertThat(read("/Composition/" + id(first)).path("status").asText()).isEqualTo("amended");
    var corrected =
        amend(consult, first, "correction", "corrections", Map.of("reasonText", "Side was wrong."));
    var correction = read("/Composition/" + id(corrected));
    assertThat(correction.path("status").asText()).isEqualTo("final");
    assertThat(correction.at("/relatesTo/0/code").asText()).isEqualTo("replaces");
    assertThat(correction.at("/relatesTo/0/targetReference/reference").asText())
        .isEqualTo("Composition/" + id(first));
    assertThat(read("/Composition/" + id(first)).path("title").asText()).contains("replaced");
    assertThat(read("/" + drug).path("status").asText()).isEqualTo("cancelled");
    assertThat(read("/DocumentReference/" + id(first)).path("status").asText())
        .isEqualTo("superseded");
    assertThat(find("/Composition?status=final&patient=" + patient)).hasSize(2);

    var retraction =
        amend(consult, corrected, "retraction", "retraction", Map.of("reason", "entered-in-error"));
    for (var note : List.of(id(first), id(corrected))) {
      var gone = read("/Composition/" + note);
      assertThat(gone.path("status").asText()).isEqualTo("entered-in-error");
      assertThat(gone.toString()).doesNotContain("cellulitis");
      assertThat(fhir.bytes(fhir.to(clinic.clinician, "/Binary/" + note).GET()).statusCode())
          .isEqualTo(404);
    }
    assertThat(read("/" + drug).toString()).doesNotContain("loxacillin");
    assertThat(find("/Composition?status=entered-in-error&patient=" + patient)).hasSize(3);
    assertThat(fhir.get(clinic.clinician, "/Composition/" + id(retraction)).status())
        .isEqualTo(404);

    var acts = find("/Provenance?patient=" + patient);
    assertThat(acts)
        .extracting(act -> act.at("/activity/coding/0/code").asText())
        .containsExactlyInAnyOrder("CREATE", "APPEND", "UPDATE", "NULLIFY");
    var taken = read("/Provenance/" + id(retraction));
    assertThat(taken.at("/target/0/reference").asText()).isEqualTo("Composition/" + id(corrected));
    assertThat(taken.at("/reason/0/text").asText()).isEqualTo("entered in error");
    assertSigned(taken);
    assertThat(find("/Provenance?target=Composition/" + id(first))).hasSize(1);
    assertThat(told(clinic.clinician)).as("who read the addendum here is told").isPositive();

    for (var type : List.of("Composition", "MedicationRequest", "Provenance")) {
      assertThat(fhir.find(clinic.strangeSpecialist, "/" + type)).isEmpty();
      var interpreter = clinic.world.person("Ali", clinic.elsewhere, Role.INTERPRETER);
      assertThat(fhir.get(interpreter, "/" + type).status()).isEqualTo(403);
    }
  }

  /** The server's key has signed the hash that is named. */
  private static void assertSigned(JsonNode provenance) {
    var hash = provenance.at("/entity/1/what/identifier/value").asText();
    var signature = provenance.at("/signature/0");
    assertThat(
            clinic
                .platform
                .signer()
                .verify(
                    HexFormat.of().parseHex(hash),
                    Base64.getDecoder().decode(signature.path("data").asText())))
        .isTrue();
    assertThat(signature.at("/who/identifier/value").asText())
        .isEqualTo(clinic.platform.signer().keyId());
  }

  private static int told(TestPerson person) {
    return require(clinic.http.as(person).get("/note-notices"), 200).body().path("items").size();
  }

  @Test
  void a_document_holds_what_the_note_refers_to() {
    var consult = clinic.consult();
    var note = clinic.signed(consult, note());
    for (var person : List.of(clinic.clinician, clinic.specialist)) {
      var document = read(person, "/Composition/" + id(note) + "/$document");
      assertThat(document.path("type").asText()).isEqualTo("document");
      assertThat(document.path("entry").findValuesAsText("resourceType"))
          .startsWith("Composition")
          .contains("Patient", "Practitioner", "Organization", "ServiceRequest")
          .contains("MedicationRequest");
      assertThat(document.toString().contains("Wanjik")).isEqualTo(person.equals(clinic.clinician));
    }
    assertThat(fhir.get(clinic.stranger, "/Composition/" + id(note) + "/$document").status())
        .isEqualTo(404);
    assertThat(clinic.trail(consult)).contains("fhir.read", "note.sign");
  }

  @Test
  void files_and_letters_are_documents_whose_bytes_are_binaries() {
    var consult = clinic.consult();
    var attachment = AttachmentId.random();
    var details = Map.of("kind", "photo", "title", "Left calf", "laterality", "left");
    var path = "/consults/" + consult + "/attachments";
    require(clinic.clinician().post(path, Map.of("id", attachment, "details", details)), 201);
    upload(consult, attachment, Pictures.gossiping(Pictures.jpeg(800, 600, 4), 6));
    var documents = find("/DocumentReference?related=ServiceRequest/" + consult);
    assertThat(documents).hasSize(1);
    var parts = documents.getFirst().path("content");
    assertThat(parts).hasSize(3);
    assertThat(parts.at("/0/attachment/title").asText()).isEqualTo("Left calf (thumbnail)");

    var binary = "/" + parts.at("/0/attachment/url").asText();
    var bytes = fhir.bytes(fhir.to(clinic.clinician, binary).GET());
    assertThat(bytes.statusCode()).isEqualTo(307);
    var where = bytes.headers().firstValue("location").orElseThrow();
    assertThat(where).endsWith(path + "/" + attachment + "/files/thumbnail");
    var json = json(clinic.clinician, binary);
    assertThat(json.status()).isEqualTo(200);
    var picture = Base64.getDecoder().decode(json.body().path("data").asText());
    assertThat(Pictures.decoded(picture).getHeight()).isEqualTo(320);
    assertThat(json(clinic.specialist, binary).code()).isEqualTo("pictures-not-agreed");
    assertThat(json(clinic.stranger, binary).status()).isEqualTo(404);
    assertThat(json(clinic.clinician, "/Binary/" + attachment + "-9").status()).isEqualTo(404);

    var note = clinic.signed(consult, note());
    var letter = read(clinic.specialist, "/DocumentReference/" + id(note));
    assertThat(letter.at("/type/coding/0/code").asText()).isEqualTo("11488-4");
    var pdf =
        fhir.bytes(
            fhir.to(clinic.clinician, "/" + letter.at("/content/0/attachment/url").asText()).GET());
    assertThat(pdf.headers().firstValue("content-type")).contains("application/pdf");
    assertThat(new String(pdf.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    var observer = clinic.world.person("Osei", clinic.organisation, Role.OBSERVER);
    clinic.join(consult, observer.id());
    read(observer, "/DocumentReference/" + id(note));
    assertThat(json(observer, "/Binary/" + id(note)).code()).isEqualTo("not-for-your-role");
    assertThat(json(clinic.clinician, "/Binary/" + id(note)).body().path("contentType").asText())
        .isEqualTo("application/pdf");
    assertThat(find("/DocumentReference?type=11488-4&patient=" + patientOf(consult))).hasSize(1);
    var signed = read("/Composition/" + id(note));
    assertThat(signed.toString()).contains("DocumentReference/" + attachment);
  }

  private static FhirClient.Reply json(TestPerson person, String path) {
    return fhir.send(fhir.to(person, path).header("Accept", "application/fhir+json").GET());
  }

  private static void upload(ConsultId consult, AttachmentId attachment, byte[] bytes) {
    try (var tus = new TusClient(clinic.http.url("/"), clinic.http.cookie(clinic.clinician))) {
      var id = UUID.randomUUID();
      assertThat(tus.create(id, consult, attachment, "original", bytes).statusCode())
          .isEqualTo(201);
      assertThat(tus.patch(id, 0, bytes).statusCode()).isEqualTo(204);
    }
    clinic.records.attachments().lookAtArrivals();
  }

  @Test
  void answers_name_the_form_that_they_were_given_to() {
    var consult = ConsultId.random();
    var form = content(clinic.patient(Map.of()), 10957);
    form.put("specialty", "ophthalmology");
    var given =
        List.of(
            given("eye.chemical", Map.of("valueBoolean", false)),
            given("eye.open", Map.of("valueBoolean", false)),
            given("eye.sudden", Map.of("valueBoolean", false)),
            given("eye.baby-pus", Map.of("valueBoolean", false)),
            given("eye.side", Map.of("valueCoding", Map.of("code", "right"))),
            given("eye.acuity-right", Map.of("valueCoding", Map.of("code", "6-60"))));
    form.put("answers", List.of(Map.of("questionnaire", EYE, "item", given)));
    var path = "/consults/" + consult;
    require(clinic.clinician().put(path + "/request", 0, form), 200);
    assertThat(find("/QuestionnaireResponse?status=in-progress&based-on=" + consult))
        .as("a draft, for its author alone")
        .hasSize(1);
    assertThat(fhir.find(clinic.scheduler, "/QuestionnaireResponse?based-on=" + consult)).isEmpty();
    require(clinic.clinician().post(path + "/submission", submission(1)), 201);
    clinic.join(consult, clinic.specialist.id());

    var answers =
        fhir.find(
            clinic.specialist, "/QuestionnaireResponse?questionnaire=" + EYE.replace("|", "%7C"));
    assertThat(answers).hasSize(1);
    assertThat(answers.getFirst().path("questionnaire").asText()).isEqualTo(EYE);
    assertThat(answers.getFirst().path("item")).hasSize(6);
    assertThat(find("/QuestionnaireResponse?questionnaire=urn:consilium:form:skin")).isEmpty();
    assertThat(fhir.find(clinic.stranger, "/QuestionnaireResponse")).isEmpty();
    var forms = fhir.find(clinic.specialist, "/Questionnaire?url=urn:consilium:form:eye");
    assertThat(forms).hasSize(1);
    assertThat(forms.getFirst().path("version").asText()).isEqualTo("2026-1");
    assertThat(find("/Questionnaire?_count=200")).hasSizeGreaterThan(5);
  }

  private static Map<String, Object> given(String linkId, Map<String, Object> value) {
    return Map.of("linkId", linkId, "answer", List.of(value));
  }

  @Test
  void whoever_may_read_no_more_finds_nothing_at_once() {
    var consult = clinic.consult();
    var note = clinic.signed(consult, note());
    var patient = patientOf(consult);
    var paths =
        new HashMap<String, String>(
            Map.of(
                "Composition", id(note),
                "DocumentReference", id(note),
                "Provenance", id(note),
                "ServiceRequest", consult.toString(),
                "Patient", patient.substring(patient.indexOf('/') + 1)));
    for (var type : List.of("Observation", "MedicationRequest", "Consent", "AllergyIntolerance")) {
      var found = fhir.find(clinic.specialist, "/" + type + "?patient=" + patient);
      assertThat(found).as(type).isNotEmpty();
      paths.put(type, id(found.getFirst()));
    }
    paths.forEach((type, id) -> read(clinic.specialist, "/" + type + "/" + id));
    // A colleague on the team from the owner's own house is no more than a specialist.
    var inHouse = clinic.world.person("Grace", clinic.organisation, Role.SPECIALIST);
    clinic.join(consult, inHouse.id());
    paths.forEach((type, id) -> read(inHouse, "/" + type + "/" + id));

    withdraw(consult, "advice");
    for (var person : List.of(clinic.specialist, inHouse)) {
      paths.forEach((type, id) -> {
        assertThat(fhir.get(person, "/" + type + "/" + id).status()).as(type).isEqualTo(404);
        assertThat(fhir.find(person, "/" + type + "?_id=" + id)).as(type).isEmpty();
      });
      assertThat(fhir.get(person, "/Composition/" + id(note) + "/$document").status())
          .isEqualTo(404);
      assertThat(fhir.bytes(fhir.to(person, "/Binary/" + id(note)).GET()).statusCode())
          .isEqualTo(404);
    }
    paths.forEach((type, id) -> read("/" + type + "/" + id));

    var before = read("/Consent/" + paths.get("Consent"));
    assertThat(before.path("status").asText()).isEqualTo("inactive");
    var now = find("/Consent?category=advice&status=active&patient=" + patient);
    assertThat(now).hasSize(1);
    assertThat(now.getFirst().at("/provision/type").asText()).isEqualTo("deny");
  }

  @Test
  void two_records_of_one_person_refer_to_each_other() {
    var consult = clinic.consult();
    var merged = patientOf(consult).replace("Patient/", "");
    var particulars =
        Map.of(
            "name", "Right Name",
            "localNumber", "R-1",
            "allergies", Map.of("state", "listed", "list", List.of("penicillin")));
    var survivor = clinic.patient(particulars);
    var merge =
        Map.of(
            "version",
            1,
            "mergedId",
            merged,
            "mergedVersion",
            1,
            "particulars",
            particulars(particulars),
            "reason",
            "Registered twice.");
    require(clinic.clinician().post("/patients/" + survivor + "/merge", merge), 200);
    var gone = read("/Patient/" + merged);
    assertThat(gone.path("active").asBoolean(true)).isFalse();
    assertThat(gone.at("/link/0/type").asText()).isEqualTo("replaced-by");
    assertThat(gone.at("/link/0/other/reference").asText()).isEqualTo("Patient/" + survivor);
    var stays = read("/Patient/" + survivor);
    assertThat(stays.at("/link/0/type").asText()).isEqualTo("replaces");
    assertThat(find("/ServiceRequest?patient=" + survivor)).hasSize(1);
    assertThat(find("/Observation?patient=" + survivor)).isNotEmpty();
    assertThat(fhir.find(clinic.stranger, "/ServiceRequest?patient=" + survivor)).isEmpty();

    var abroad = fhir.find(clinic.specialist, "/AllergyIntolerance?patient=" + merged);
    assertThat(abroad)
        .extracting(one -> one.at("/code/text").asText())
        .containsExactly("penicillin");
    var shared = read(clinic.specialist, "/Patient/" + merged);
    assertThat(shared.has("link")).isFalse();
    assertThat(fhir.get(clinic.specialist, "/Patient/" + survivor).status()).isEqualTo(404);
  }

  @Test
  void how_far_a_consult_is_its_times_and_its_calls_are_told() {
    var consult = clinic.consult();
    var patient = patientOf(consult);
    var task = read(clinic.specialist, "/Task/" + consult);
    assertThat(task.path("status").asText()).isEqualTo("received");
    assertThat(task.at("/statusReason/text").asText())
        .isEqualTo("Waits on the specialist, for first answer");
    assertThat(find("/Task?status=received&focus=" + consult + "&patient=" + patient)).hasSize(1);
    assertThat(find("/Task?status=completed")).isEmpty();

    var booked = find("/Appointment?status=booked&date=ge2026-03-03&patient=" + patient);
    assertThat(booked).hasSize(1);
    assertThat(booked.getFirst().at("/participant/1/status").asText()).isEqualTo("accepted");
    assertThat(find("/Appointment?actor=Practitioner/" + clinic.clinician.id())).isNotEmpty();
    assertThat(find("/Appointment?actor=Location/" + clinic.site)).isNotEmpty();
    var call = find("/Encounter?patient=" + patient).getFirst();
    assertThat(call.at("/class/code").asText()).isEqualTo("VR");
    assertThat(call.path("status").asText()).isEqualTo("finished");
    assertThat(find("/Encounter?participant=" + clinic.clinician.id() + "&status=finished"))
        .isNotEmpty();
    for (var type : List.of("Task", "Appointment", "Encounter")) {
      assertThat(fhir.find(clinic.stranger, "/" + type)).isEmpty();
      assertThat(fhir.get(clinic.strangeSpecialist, "/" + type + "/" + consult).status())
          .isEqualTo(404);
    }

    var schedules = find("/Schedule?specialty=dermatology&actor=" + clinic.specialist.id());
    assertThat(schedules).hasSize(1);
    assertThat(find("/Slot?start=ge2026-03-02&schedule=Schedule/" + id(schedules.getFirst())))
        .hasSize(1);
    assertThat(fhir.find(clinic.scheduler, "/HealthcareService?name=skin")).hasSize(1);
    assertThat(fhir.get(clinic.clinician, "/HealthcareService").status()).isEqualTo(403);

    withdraw(consult, "storage-abroad");
    for (var type : List.of("Task", "Appointment", "Encounter")) {
      assertThat(fhir.get(clinic.specialist, "/" + type + "/" + consult).status()).isEqualTo(404);
    }
  }

  @Test
  void the_owners_data_officer_learns_who_read_whichever_door_they_came_by() {
    var consult = clinic.consult();
    var patient = patientOf(consult);
    read(clinic.specialist, "/" + patient);
    assertThat(fhir.find(clinic.specialist, "/Observation?patient=" + patient)).isNotEmpty();
    var officer = clinic.world.person("Wambui", clinic.organisation, Role.DATA_OFFICER);
    var reads = "/AuditEvent?action=R&agent=" + clinic.specialist.id() + "&patient=" + patient;
    assertThat(fhir.find(officer, reads))
        .extracting(event -> event.at("/subtype/0/code").asText())
        .containsExactly("fhir.read", "fhir.search");
    var page = fhir.get(officer, "/AuditEvent?_count=1&entity=ServiceRequest/" + consult);
    assertThat(page.entries()).hasSize(1);
    assertThat(page.body().at("/link/1/relation").asText()).isEqualTo("next");
    assertThat(fhir.find(officer, "/AuditEvent?subtype=audit.read")).isNotEmpty();
    var another = clinic.world.person("Okello", clinic.elsewhere, Role.DATA_OFFICER);
    assertThat(fhir.find(another, "/AuditEvent?patient=" + patient)).isEmpty();
    assertThat(fhir.get(clinic.clinician, "/AuditEvent").status()).isEqualTo(403);
  }
}
