package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.assertNameless;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;
import static org.consilium.records.Clinic.vital;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.consilium.records.FhirClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another system reads the record in FHIR; HL7's validator judges every answer. */
class FhirIT {
  private static Clinic clinic;
  private static FhirClient fhir;
  private static TestPerson officer;
  private static ConsultId consult;
  private static String patient;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    fhir = new FhirClient(clinic);
    officer = clinic.world.person("Wambui", clinic.organisation, Role.DATA_OFFICER);
    patient =
        clinic.patient(
            Map.of(
                "guardian",
                "Her mother",
                "allergies",
                Map.of("state", "listed", "list", List.of("penicillin", "groundnuts"))));
    consult = ConsultId.random();
    var form = content(patient, 10957);
    @SuppressWarnings("unchecked")
    var assessment = new java.util.HashMap<>((Map<String, Object>) form.get("assessment"));
    assessment.put(
        "vitals",
        List.of(
            vital("temperature", 38.4, "Cel"),
            vital("diastolic", 70, "mm[Hg]"),
            vital("systolic", 120, "mm[Hg]"),
            vital("glucose", 5.5, "mmol/L"),
            vital("oxygen-saturation", 97, "%"),
            vital("weight", 61, "kg")));
    form.put("assessment", assessment);
    var path = "/consults/" + consult;
    require(clinic.clinician().put(path + "/request", 0, form), 200);
    require(clinic.clinician().post(path + "/submission", submission(1)), 201);
    clinic.join(consult, clinic.specialist.id());
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  private static Reply get(TestPerson person, String path) {
    return fhir.get(person, path);
  }

  private static Reply get(String path) {
    return get(clinic.clinician, path);
  }

  @Test
  void the_capability_statement_tells_what_is_routed() {
    var metadata = fhir.send(fhir.to("/metadata").GET());
    assertThat(metadata.status()).isEqualTo(200);
    assertThat(metadata.body().path("fhirVersion").asText()).isEqualTo("4.0.1");
    for (var resource : metadata.body().at("/rest/0/resource")) {
      var type = resource.path("type").asText();
      if (type.equals("Binary")) {
        assertThat(resource.path("interaction")).as("is read, and never searched").hasSize(1);
        continue;
      }
      var reader = reader(type);
      var found = get(reader, "/" + type);
      assertThat(found.status()).as(type).isEqualTo(200);
      for (var one : found.entries()) {
        var read = get(reader, "/" + type + "/" + one.path("id").asText());
        assertThat(read.status()).as(type).isEqualTo(200);
        assertThat(read.body()).isEqualTo(one);
      }
    }
  }

  private static TestPerson reader(String type) {
    return switch (type) {
      case "AuditEvent" -> officer;
      case "HealthcareService" -> clinic.scheduler;
      default -> clinic.clinician;
    };
  }

  @Test
  void a_patient_is_read_by_the_owner_with_name_and_by_the_team_without() {
    var own = get("/Patient/" + patient).body();
    assertThat(own.at("/name/0/text").asText()).isEqualTo("Wanjikũ Mwangi");
    assertThat(own.at("/identifier/0/value").asText()).isEqualTo("OPD-17/26");
    assertThat(own.at("/birthDate").asText()).isEqualTo("1996");
    assertThat(own.at("/contact/0/name/text").asText()).isEqualTo("Her mother");

    var shared = get(clinic.specialist, "/Patient/" + patient).body();
    assertNameless(shared.toString());
    assertThat(shared.path("gender").asText()).isEqualTo("female");
    assertThat(get(clinic.specialist, "/Patient?name=wan").body().has("entry")).isFalse();
    assertThat(get(clinic.specialist, "/Patient").entries()).hasSize(1);
    assertThat(get(clinic.specialist, "/Patient?birthdate=1996").entries()).hasSize(1);
    for (var half : List.of("lt1996-07-01", "ge1996-01-02")) {
      int others = get(clinic.specialist, "/Patient?birthdate=" + half).entries().size();
      assertThat(others).as(half).isEqualTo(half.startsWith("lt") ? 1 : 0);
    }

    assertThat(get(clinic.stranger, "/Patient/" + patient).status()).isEqualTo(404);
    assertThat(get(clinic.stranger, "/Patient").entries()).isEmpty();
    assertThat(get(clinic.strangeSpecialist, "/ServiceRequest/" + consult).status()).isEqualTo(404);
    assertThat(get(clinic.strangeSpecialist, "/Observation").entries()).isEmpty();
    var administrator = clinic.world.person("Adm", clinic.organisation, Role.ADMINISTRATOR);
    assertThat(get(administrator, "/Patient").status()).isEqualTo(403);
    assertThat(get(administrator, "/Location").status()).isEqualTo(200);

    var seen =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.rows(
                    "SELECT FROM platform.audit_event WHERE action = 'fhir.read' AND patient_id = $1"
                        + " AND actor_id = $2",
                    PatientId.parse(patient),
                    clinic.specialist.id()));
    assertThat(seen).hasSize(1);
  }

  @Test
  void a_version_that_is_known_is_not_sent_again() {
    var first = get("/Patient/" + patient);
    var tag = first.headers().firstValue("etag").orElseThrow();
    assertThat(tag).isEqualTo("W/\"1\"");
    assertThat(first.headers().firstValue("last-modified"))
        .contains("Mon, 02 Mar 2026 09:00:00 GMT");
    var again =
        fhir.send(
            fhir.to(clinic.clinician, "/Patient/" + patient).header("If-None-Match", tag).GET());
    assertThat(again.status()).isEqualTo(304);
    var other =
        fhir.send(
            fhir.to(clinic.clinician, "/Patient/" + patient)
                .header("If-None-Match", "W/\"7\"")
                .GET());
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void the_request_and_its_measurements_are_found_by_what_they_are_about() {
    var request = get("/ServiceRequest/" + consult).body();
    assertThat(request.path("status").asText()).isEqualTo("active");
    assertThat(request.path("priority").asText()).isEqualTo("urgent");
    assertThat(request.at("/code/text").asText()).startsWith("Is this cellulitis");
    assertThat(
            get("/ServiceRequest?patient=Patient/" + patient + "&priority=urgent,stat").entries())
        .hasSize(1);
    assertThat(get("/ServiceRequest?patient=" + patient + "&priority=stat").entries()).isEmpty();
    assertThat(get("/ServiceRequest?authored=ge2026-03-02&patient=" + patient).entries())
        .hasSize(1);
    assertThat(get("/ServiceRequest?authored=lt2026-03&patient=" + patient).entries()).isEmpty();

    var all = get("/Observation?based-on=ServiceRequest/" + consult).entries();
    assertThat(all).hasSize(6);
    var pressure =
        get("/Observation?code=http://loinc.org%7C85354-9&patient=" + patient).entries().getFirst();
    assertThat(pressure.at("/component/0/valueQuantity/value").asText()).isEqualTo("120");
    assertThat(pressure.at("/component/1/valueQuantity/value").asText()).isEqualTo("70");
    var warm = get("/Observation?code=8310-5&patient=" + patient).entries().getFirst();
    assertThat(warm.at("/valueQuantity/value").asText()).isEqualTo("38.4");
    assertThat(get("/Observation?_id=" + warm.path("id").asText()).entries()).hasSize(1);

    var message =
        Map.of("id", UUID.randomUUID().toString(), "text", "Since Monday.", "language", "en");
    require(clinic.clinician().post("/consults/" + consult + "/messages", message), 201);
    var written = get(clinic.specialist, "/Communication?based-on=" + consult).entries();
    assertThat(written.getFirst().at("/payload/0/contentString").asText())
        .isEqualTo("Since Monday.");
    assertThat(get("/Consent?patient=" + patient).entries())
        .extracting(consent -> consent.at("/provision/type").asText())
        .containsExactly("permit", "permit");
    assertThat(get(clinic.stranger, "/Communication").entries()).isEmpty();
    assertThat(get(clinic.stranger, "/Consent").entries()).isEmpty();

    assertThat(get("/AllergyIntolerance?patient=" + patient).entries())
        .extracting(allergy -> allergy.at("/code/text").asText())
        .containsExactly("penicillin", "groundnuts");
    var none = clinic.patient(Map.of());
    assertThat(
            get("/AllergyIntolerance?patient=" + none)
                .entries()
                .getFirst()
                .at("/code/coding/0/code")
                .asText())
        .isEqualTo("no-known-allergies");
  }

  @Test
  void pages_follow_one_another_until_all_is_seen() {
    for (int i = 0; i < 3; i++) {
      clinic.patient(Map.of("name", "Zawadi " + i, "localNumber", "Z-" + i));
    }
    var seen = new ArrayList<String>();
    var address = "/Patient?name=zaw&_count=2";
    while (address != null) {
      var page = get(address);
      assertThat(page.status()).isEqualTo(200);
      page.entries().forEach(one -> seen.add(one.at("/identifier/0/value").asText()));
      String next = null;
      for (var link : page.body().path("link")) {
        if (link.path("relation").asText().equals("next")) {
          var url = link.path("url").asText();
          next = url.substring(url.indexOf(FhirClient.R4) + FhirClient.R4.length());
        }
      }
      address = next;
    }
    assertThat(seen).containsExactlyInAnyOrder("Z-0", "Z-1", "Z-2");
    assertThat(get("/Patient?name=adi").entries()).isEmpty();
    assertThat(get("/Patient?identifier=Z-1").entries()).hasSize(1);
    assertThat(get("/Patient?phone=254712345678&name=zawadi").entries()).hasSize(3);
    assertThat(get("/Patient?birthdate=1996&gender=female&name=zawadi").entries()).hasSize(3);
    assertThat(get("/Practitioner?name=ines").entries()).hasSize(1);
  }

  @Test
  void every_no_is_an_operation_outcome() {
    var stranger = fhir.send(fhir.to("/Patient").GET());
    assertThat(stranger.status()).isEqualTo(401);
    assertThat(stranger.body().at("/issue/0/code").asText()).isEqualTo("login");
    var chained = get("/Patient?organization.name=x");
    assertThat(chained.status()).isEqualTo(400);
    assertThat(chained.code()).isEqualTo("search-not-supported");
    assertThat(chained.body().at("/issue/0/expression/0").asText()).isNotBlank();
    assertThat(get("/Patient?_count=0").status()).isEqualTo(400);
    assertThat(get("/Patient?_cursor=abc").status()).isEqualTo(400);
    assertThat(get("/ServiceRequest?authored=yesterday").status()).isEqualTo(400);
    assertThat(get("/ServiceRequest?patient=Group/" + patient).status()).isEqualTo(400);
    assertThat(get("/Patient?name=%00").status()).isEqualTo(400);
    assertThat(get("/Patient/nobody").status()).isEqualTo(404);
    assertThat(get("/Patient/" + PatientId.random()).status()).isEqualTo(404);
    assertThat(get("/Medication").status()).isEqualTo(404);
    assertThat(get("/Patient/" + patient + "/_history").status()).isEqualTo(404);
    assertThat(get("").status()).isEqualTo(404);
    assertThat(fhir.send(fhir.to(clinic.clinician, "/Patient/" + patient).DELETE()).status())
        .isEqualTo(405);
    assertThat(get("/Patient?_format=xml").status()).isEqualTo(406);
    assertThat(
            fhir.send(
                    fhir.to(clinic.clinician, "/Patient")
                        .header("Accept", "application/fhir+xml")
                        .GET())
                .status())
        .isEqualTo(406);
    assertThat(post("/Patient", "<Patient/>", "application/fhir+xml").status()).isEqualTo(415);
    assertThat(post("/Patient", "{\"a\":1,\"a\":2}", "application/fhir+json").status())
        .isEqualTo(400);
    assertThat(post("/Patient", "x".repeat(300_000), "application/fhir+json").status())
        .isEqualTo(413);
  }

  private static Reply post(String path, String body, String type) {
    return fhir.send(
        fhir.to(clinic.clinician, path)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }
}
