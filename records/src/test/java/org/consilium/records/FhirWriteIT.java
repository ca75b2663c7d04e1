package org.consilium.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Another system writes into the record in FHIR; HL7's validator judges every answer. */
class FhirWriteIT {
  private static final String JSON = "application/fhir+json";

  private static Clinic clinic;
  private static FhirClient fhir;
  private static ConsultId consult;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    fhir = new FhirClient(clinic);
    consult = clinic.consult();
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  private static ObjectNode json(String text) {
    return Json.read(text.replace('\'', '"').getBytes(UTF_8), ObjectNode.class);
  }

  private static HttpRequest.Builder post(TestPerson who, JsonNode resource) {
    return post(who, "/" + resource.path("resourceType").asText(), resource.toString());
  }

  private static HttpRequest.Builder post(TestPerson who, String path, String body) {
    return fhir.to(who, path).header("Content-Type", JSON).POST(BodyPublishers.ofString(body));
  }

  private static FhirClient.Reply create(JsonNode resource) {
    return fhir.send(post(clinic.clinician, resource));
  }

  private static FhirClient.Reply put(String path, JsonNode resource, String version) {
    var request =
        fhir.to(clinic.clinician, path)
            .header("Content-Type", JSON)
            .PUT(BodyPublishers.ofString(resource.toString()));
    return fhir.send(version == null ? request : request.header("If-Match", version));
  }

  private static String location(FhirClient.Reply reply) {
    var url = reply.headers().firstValue("location").orElseThrow();
    return url.substring(url.indexOf(FhirClient.R4) + FhirClient.R4.length());
  }

  private static List<String> expressions(FhirClient.Reply reply) {
    var all = new ArrayList<String>();
    reply.body().path("issue").forEach(issue -> all.add(issue.at("/expression/0").asText()));
    return all;
  }

  private static ObjectNode patient(String number) {
    return json(
        """
        {'resourceType': 'Patient',
         'identifier': [{'value': '%s'}, {'system': 'urn:oid:2.16.840.1.113883.4.330.404', 'value': 'N-%s'}],
         'active': true,
         'name': [{'family': 'Achieng', 'given': ['Grace', 'Nyar'], 'use': 'official'}],
         'telecom': [{'system': 'phone', 'value': '+254 733 000 111'},
                     {'system': 'phone', 'value': '+254 733 000 222'}],
         'gender': 'female', 'birthDate': '1991-07',
         'address': [{'line': ['Plot 7'], 'city': 'Narok', 'state': 'Rift Valley'}],
         'contact': [{'relationship': [{'text': 'aunt'}], 'name': {'text': 'Akinyi'}}],
         'communication': [{'language': {'coding': [{'system': 'urn:ietf:bcp:47', 'code': 'luo'}]},
                            'preferred': true}]}
        """
            .formatted(number, number));
  }

  @Test
  void a_patient_is_registered_as_at_the_desk_and_read_again() {
    var made = create(patient("FH-1"));
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(made.headers().firstValue("etag")).contains("W/\"1\"");
    assertThat(made.headers().firstValue("last-modified")).isPresent();
    assertThat(made.headers().firstValue("consilium-not-kept")).contains("Patient.name[0].use");
    assertThat(made.body().path("resourceType").asText()).isEqualTo("OperationOutcome");
    assertThat(made.body().at("/issue/0/code").asText()).isEqualTo("not-supported");

    var read = fhir.get(clinic.clinician, location(made)).body();
    assertThat(read.at("/name/0/text").asText()).isEqualTo("Grace Nyar Achieng");
    assertThat(read.at("/name/0/family").asText()).isEqualTo("Achieng");
    assertThat(read.at("/identifier/1/value").asText()).isEqualTo("N-FH-1");
    assertThat(read.at("/telecom/1/value").asText()).isEqualTo("+254 733 000 222");
    assertThat(read.at("/birthDate").asText()).isEqualTo("1991-07");
    assertThat(read.at("/address/0/text").asText()).isEqualTo("Plot 7, Narok");
    assertThat(read.at("/contact/0/relationship/0/text").asText()).isEqualTo("aunt");
    assertThat(read.at("/communication/0/language/coding/0/code").asText()).isEqualTo("luo");
    assertThat(
            fhir.find(
                clinic.clinician,
                "/Patient?identifier=urn:oid:2.16.840.1.113883.4.330.404%7CN-FH-1"))
        .hasSize(1);

    var twin = patient("FH-1b");
    ((ObjectNode) twin.at("/identifier/1")).put("value", "N-FH-1");
    var taken = create(twin);
    assertThat(taken.status()).isEqualTo(422);
    assertThat(expressions(taken)).containsExactly("Patient.identifier[1]");

    ((ObjectNode) twin.at("/identifier/1")).put("value", "N-FH-1b");
    ((ObjectNode) twin.at("/name/0")).remove("use");
    var alike = create(twin);
    assertThat(alike.status()).isEqualTo(201);
    assertThat(alike.body().at("/issue/0/code").asText()).isEqualTo("duplicate");
    assertThat(alike.body().at("/issue/0/details/text").asText()).contains("same name");
  }

  @Test
  void what_would_be_lost_is_told_or_refused_as_the_sender_wishes() {
    var resource = patient("FH-2");
    resource.putArray("photo").addObject().put("contentType", "image/png").put("data", "aGVsbG8=");
    resource.putObject("maritalStatus").put("text", "married");
    ((ObjectNode) resource.at("/name/0")).put("text", "Lost Kept");
    var strict = fhir.send(post(clinic.clinician, resource).header("Prefer", "handling=strict"));
    assertThat(strict.status()).isEqualTo(422);
    assertThat(expressions(strict)).contains("Patient.photo[0]", "Patient.maritalStatus");
    assertThat(fhir.find(clinic.clinician, "/Patient?identifier=FH-2")).isEmpty();

    var whole =
        fhir.send(post(clinic.clinician, resource).header("Prefer", "return=representation"));
    assertThat(whole.status()).isEqualTo(201);
    assertThat(whole.body().path("resourceType").asText()).isEqualTo("Patient");
    assertThat(whole.headers().firstValue("consilium-not-kept").orElseThrow())
        .contains("Patient.photo[0]", "Patient.maritalStatus");
    resource = patient("FH-3");
    ((ObjectNode) resource.at("/identifier/1")).put("value", "N-FH-3");
    var none = fhir.send(post(clinic.clinician, resource).header("Prefer", "return=minimal"));
    assertThat(none.status()).isEqualTo(201);
    assertThat(none.body().isMissingNode()).isTrue();
  }

  @Test
  void a_create_may_be_repeated_and_may_depend_on_what_is_there() {
    var resource = patient("FH-4").without(List.of("contact"));
    var key = UUID.randomUUID().toString();
    var first = fhir.send(post(clinic.clinician, resource).header("Idempotency-Key", key));
    var again = fhir.send(post(clinic.clinician, resource).header("Idempotency-Key", key));
    assertThat(again.status()).isEqualTo(201);
    assertThat(location(again)).isEqualTo(location(first));
    var other = fhir.send(post(clinic.clinician, patient("FH-5")).header("Idempotency-Key", key));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("key-reused");

    var there =
        fhir.send(post(clinic.clinician, resource).header("If-None-Exist", "identifier=FH-4"));
    assertThat(there.status()).isEqualTo(200);
    assertThat(location(there)).isEqualTo(location(first));
    var several =
        fhir.send(post(clinic.clinician, resource).header("If-None-Exist", "gender=female"));
    assertThat(several.status()).isEqualTo(412);
    var unknown =
        fhir.send(post(clinic.clinician, resource).header("If-None-Exist", "colour=blue"));
    assertThat(unknown.status()).isEqualTo(400);
    var anew =
        fhir.send(
            post(clinic.clinician, patient("FH-6")).header("If-None-Exist", "identifier=FH-6"));
    assertThat(anew.status()).isEqualTo(201);
  }

  @Test
  void a_patient_is_corrected_at_the_version_that_was_read() {
    var numbers =
        List.of(
            Map.of("system", "NHIF", "value", "77-1", "from", "2020-01-01"),
            Map.of("system", "urn:x:insurance", "value", "88-2"));
    var more =
        Map.of(
            "native",
            "ግሬስ",
            "identifiers",
            numbers,
            "otherPhones",
            List.of("0711 1"),
            "address",
            "By the river",
            "region",
            "West");
    var id =
        clinic.patient(
            Map.of(
                "localNumber", "UP-1", "name", "Before", "guardian", "Mother", "identity", more));
    var before = clinic.clinician().get("/patients/" + id).body();
    var same = fhir.get(clinic.clinician, "/Patient/" + id).body();
    var unchanged = put("/Patient/" + id, same, "W/\"1\"");
    assertThat(unchanged.status()).as(unchanged.body().toString()).isEqualTo(200);
    assertThat(unchanged.headers().firstValue("consilium-not-kept")).isEmpty();
    ObjectNode after = clinic.clinician().get("/patients/" + id).body().deepCopy();
    assertThat(after.put("version", 1)).isEqualTo(before);
    var read = (ObjectNode) fhir.get(clinic.clinician, "/Patient/" + id).body();
    read.withArray("name").removeAll().addObject().put("text", "After");
    var path = "/Patient/" + id;
    assertThat(put(path, read, null).status()).isEqualTo(428);
    assertThat(put(path, read, "W/\"7\"").status()).isEqualTo(412);
    assertThat(put(path, read, "yesterday").status()).isEqualTo(400);
    assertThat(put("/Patient/" + UUID.randomUUID(), read, "W/\"1\"").status()).isEqualTo(400);
    var absent = read.deepCopy().put("id", UUID.randomUUID().toString());
    assertThat(put("/Patient/" + absent.path("id").asText(), absent, "W/\"1\"").status())
        .isEqualTo(404);
    var corrected = put(path, read, "W/\"2\"");
    assertThat(corrected.status()).as(corrected.body().toString()).isEqualTo(200);
    assertThat(corrected.headers().firstValue("etag")).contains("W/\"3\"");
    assertThat(corrected.body().at("/name/0/text").asText()).isEqualTo("After");
    assertThat(corrected.body().at("/contact/0/name/text").asText()).isEqualTo("Mother");
    var shown = clinic.clinician().get("/patients/" + id).body();
    assertThat(shown.at("/birthDate/precision").asText()).isEqualTo("estimated");
    assertThat(shown.at("/allergies/state").asText()).isEqualTo("none");
  }

  @Test
  void an_allergy_joins_the_list_of_the_patient() {
    var id = clinic.patient(Map.of("localNumber", "AL-1"));
    var allergy =
        json(
            """
            {'resourceType': 'AllergyIntolerance', 'clinicalStatus': {'coding': [{'system':
               'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
               'code': 'active'}]},
             'code': {'text': 'penicillin'}, 'patient': {'reference': 'Patient/%s'},
             'criticality': 'high'}
            """
                .formatted(id));
    var made = create(allergy);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(expressions(made)).containsExactly("AllergyIntolerance.criticality");
    assertThat(location(create(allergy))).isEqualTo(location(made));
    assertThat(fhir.find(clinic.clinician, "/AllergyIntolerance?patient=" + id)).hasSize(1);
    ((ObjectNode) allergy.at("/clinicalStatus/coding/0")).put("code", "resolved");
    assertThat(create(allergy).status()).isEqualTo(422);
  }

  @Test
  void a_measurement_becomes_a_supplement_of_the_consult() {
    var pressure =
        json(
            """
            {'resourceType': 'Observation', 'status': 'final',
             'basedOn': [{'reference': 'ServiceRequest/%s'}],
             'code': {'coding': [{'system': 'http://loinc.org', 'code': '85354-9'}]},
             'effectiveDateTime': '2026-03-02T11:30:00+03:00',
             'component': [
               {'code': {'coding': [{'system': 'http://loinc.org', 'code': '8480-6'}]},
                'valueQuantity': {'value': 82, 'system': 'http://unitsofmeasure.org',
                                  'code': 'mm[Hg]'}},
               {'code': {'coding': [{'system': 'http://loinc.org', 'code': '8462-4'}]},
                'valueQuantity': {'value': 50, 'system': 'http://unitsofmeasure.org',
                                  'code': 'mm[Hg]'}}]}
            """
                .formatted(consult));
    var made = create(pressure);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(made.body().at("/component/0/valueQuantity/value").asInt()).isEqualTo(82);
    assertThat(made.body().path("effectiveDateTime").asText()).isEqualTo("2026-03-02T08:30:00Z");
    var request = clinic.clinician().get("/consults/" + consult + "/request").body();
    assertThat(request.at("/supplements/0/vitals")).hasSize(2);
    assertThat(clinic.trail(consult)).contains("request.supplement", "fhir.write");

    var warm =
        json(
            """
            {'resourceType': 'Observation', 'status': 'final',
             'basedOn': [{'reference': 'ServiceRequest/%s'}],
             'code': {'coding': [{'system': 'http://loinc.org', 'code': '8310-5'}]},
             'valueQuantity': {'value': 104, 'system': 'http://unitsofmeasure.org',
                               'code': '[degF]'}}
            """
                .formatted(consult));
    var impossible = create(warm);
    assertThat(impossible.status()).isEqualTo(422);
    assertThat(expressions(impossible)).containsExactly("Observation.valueQuantity");
    var odd = warm.deepCopy();
    ((ObjectNode) odd.at("/code/coding/0")).put("code", "718-7");
    assertThat(expressions(create(odd))).containsExactly("Observation.code");
    var loose = warm.without(List.of("basedOn"));
    assertThat(expressions(create(loose))).contains("Observation.basedOn");
    assertThat(fhir.send(post(clinic.stranger, pressure)).status()).isEqualTo(404);
    assertThat(fhir.send(post(clinic.specialist, pressure)).status()).isEqualTo(403);
  }

  @Test
  void a_danger_sign_is_kept_and_answered_as_itself() {
    var code = Clinic.answers(10957).getFirst().get("code").toString();
    var sign =
        json(
            """
            {'resourceType': 'Observation', 'status': 'final', 'valueBoolean': true,
             'basedOn': [{'reference': 'ServiceRequest/%s'}],
             'code': {'coding': [{'system': 'urn:consilium:code:danger-sign', 'code': '%s'}]}}
            """
                .formatted(clinic.consult(), code));
    var made = create(sign);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(made.body().at("/code/coding/0/code").asText()).isEqualTo(code);
    assertThat(made.body().path("valueBoolean").asBoolean()).isTrue();
    var consult = sign.at("/basedOn/0/reference").asText().replace("ServiceRequest/", "");
    assertThat(fhir.find(clinic.clinician, "/Observation?code=" + code + "&based-on=" + consult))
        .hasSize(1);
    var request = clinic.clinician().get("/consults/" + consult + "/request").body();
    assertThat(request.at("/supplements/0/dangerSigns/0/present").asBoolean()).isTrue();
  }

  @Test
  void what_changes_the_meaning_of_the_rest_is_refused() {
    var resource = patient("FH-10").put("implicitRules", "urn:x:rules");
    var not = json("{'modifierExtension': [{'url': 'urn:x:not', 'valueBoolean': true}]}");
    ((ObjectNode) resource.at("/contact/0")).setAll(not.deepCopy());
    var refused = create(resource);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("not-understood");
    assertThat(expressions(refused))
        .containsExactlyInAnyOrder("Patient.implicitRules", "Patient.contact[0].modifierExtension");
    var request = request(clinic.patient(Map.of("localNumber", "ME-1")));
    ((ObjectNode) request.at("/contained/0")).setAll(not);
    assertThat(expressions(create(request)))
        .containsExactly("ServiceRequest.contained[0].modifierExtension");
  }

  @Test
  void a_consent_that_is_narrowed_or_old_is_not_kept_as_a_whole_one() {
    var request = fhir.get(clinic.clinician, "/ServiceRequest/" + consult).body();
    var patient = request.at("/subject/reference").asText().replace("Patient/", "");
    var whole = consent(patient, "live-video").put("dateTime", "2019-05-01");
    ((ObjectNode) whole.path("provision"))
        .setAll(
            json(
                """
                {'period': {'end': '2031-01-01'},
                 'actor': [{'role': {'text': 'recipient'}, 'reference': {'display': 'One only'}}],
                 'purpose': [{'system': 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
                              'code': 'TREAT'}],
                 'provision': [{'type': 'deny'}],
                 'data': [{'meaning': 'related', 'reference': {'reference': 'ServiceRequest/%s'}}]}
                """
                    .formatted(consult)));
    var refused = create(whole);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(expressions(refused))
        .containsExactlyInAnyOrder(
            "Consent.provision.period",
            "Consent.provision.actor[0]",
            "Consent.provision.purpose[0]",
            "Consent.provision.provision[0]",
            "Consent.dateTime");
    ((ObjectNode) whole.path("provision"))
        .remove(List.of("period", "actor", "purpose", "provision"));
    whole.put("dateTime", clinic.world.clock().instant().minusSeconds(3600).toString());
    assertThat(create(whole).status()).isEqualTo(201);
  }

  @Test
  void a_message_joins_the_thread_in_the_name_of_its_sender() {
    var message =
        json(
            """
            {'resourceType': 'Communication', 'status': 'completed', 'language': 'en',
             'basedOn': [{'reference': 'ServiceRequest/%s'}],
             'payload': [{'contentString': 'The leg is warmer.'},
                         {'contentString': 'No fever.'}]}
            """
                .formatted(consult));
    var made = fhir.send(post(clinic.specialist, message));
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(made.body().at("/payload/0/contentString").asText())
        .isEqualTo("The leg is warmer.\nNo fever.");
    assertThat(made.body().at("/sender/reference").asText())
        .isEqualTo("Practitioner/" + clinic.specialist.id());
    message.putObject("sender").put("reference", "Practitioner/" + clinic.clinician.id());
    assertThat(expressions(fhir.send(post(clinic.specialist, message))))
        .containsExactly("Communication.sender");
    message.remove("sender");
    assertThat(fhir.send(post(clinic.strangeSpecialist, message)).status()).isEqualTo(404);
    message.putArray("payload").addObject().put("contentString", "x".repeat(8001));
    var long_ = create(message);
    assertThat(long_.status()).isEqualTo(422);
    assertThat(expressions(long_)).containsExactly("Communication.payload");
  }

  /** A request that lacks nothing: all that the form asks beside it is contained. */
  private static ObjectNode request(String patient) {
    var request =
        json(
            """
            {'resourceType': 'ServiceRequest', 'status': 'active', 'intent': 'order',
             'priority': 'urgent', 'code': {'text': 'Is this cellulitis?'},
             'subject': {'reference': 'Patient/%s'},
             'performerType': {'text': 'surgery'},
             'reasonCode': [{'text': 'Red leg'}],
             'note': [{'text': 'Onset: three days ago'}, {'text': 'Walks with a stick.'}]}
            """
                .formatted(patient));
    support(request, weight());
    support(
        request,
        json(
            """
            {'resourceType': 'Observation', 'status': 'final',
             'code': {'coding': [{'system': 'http://loinc.org', 'code': '82810-3'}]},
             'valueCodeableConcept': {'coding': [{'system': 'http://loinc.org',
                                                  'code': 'LA26683-5'}]}}
            """));
    support(
        request,
        json(
            """
            {'resourceType': 'Observation', 'status': 'final',
             'code': {'coding': [{'system': 'urn:consilium:code:observation', 'code': 'avpu'}]},
             'valueCodeableConcept': {'text': 'alert'}}
            """));
    for (var answer : Clinic.answers(10957)) {
      var sign =
          json(
              """
              {'resourceType': 'Observation', 'status': 'final', 'valueBoolean': false,
               'code': {'coding': [{'system': 'urn:consilium:code:danger-sign', 'code': '%s'}]}}
              """
                  .formatted(answer.get("code")));
      support(request, sign);
    }
    support(request, consent(patient, "advice"));
    support(request, consent(patient, "storage-abroad"));
    return request;
  }

  private static ObjectNode weight() {
    return json(
        """
        {'resourceType': 'Observation', 'status': 'final',
         'code': {'coding': [{'system': 'http://loinc.org', 'code': '29463-7'}]},
         'valueQuantity': {'value': 61, 'unit': 'kg', 'system': 'http://unitsofmeasure.org',
                           'code': 'kg'}}
        """);
  }

  private static ObjectNode consent(String patient, String purpose) {
    return json(
        """
        {'resourceType': 'Consent', 'status': 'active',
         'extension': [{'url': 'urn:consilium:extension:consent-form', 'valueCode': 'spoken'}],
         'scope': {'coding': [{'system': 'http://terminology.hl7.org/CodeSystem/consentscope',
                               'code': 'treatment'}]},
         'category': [{'coding': [{'system': 'urn:consilium:code:consent-purpose',
                                   'code': '%s'}]}],
         'patient': {'reference': 'Patient/%s'}, 'performer': [{'reference': 'Patient/%s'}],
         'policyRule': {'coding': [{'system': 'urn:consilium:code:consent-text',
                                    'version': '2026-1', 'code': 'sw'}]},
         'provision': {'type': 'permit'}}
        """
            .formatted(purpose, patient, patient));
  }

  private static void support(ObjectNode request, ObjectNode part) {
    int at = request.withArray("contained").size();
    request.withArray("contained").add(part.put("id", "p" + at));
    request.withArray("supportingInfo").addObject().put("reference", "#p" + at);
  }

  @Test
  void a_request_is_sent_when_the_form_lacks_nothing() {
    var patient = clinic.patient(Map.of("localNumber", "SR-1"));
    var made = create(request(patient));
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(made.body().path("status").asText()).isEqualTo("active");
    assertThat(made.body().path("priority").asText()).isEqualTo("urgent");
    var id = location(made).replace("/ServiceRequest/", "");
    assertThat(clinic.taken)
        .anySatisfy(sent -> {
          assertThat(sent.consult()).hasToString(id);
          assertThat(sent.question()).isEqualTo("Is this cellulitis?");
          assertThat(sent.specialty()).contains("surgery");
        });
    var content = clinic.clinician().get("/consults/" + id + "/request").body().path("content");
    assertThat(content.at("/background/onset").asText()).isEqualTo("three days ago");
    assertThat(content.at("/background/history").asText()).isEqualTo("Walks with a stick.");
    assertThat(content.at("/assessment/vitals/0/value").asDouble()).isEqualTo(61);
    assertThat(fhir.find(clinic.clinician, "/Observation?based-on=" + id)).isNotEmpty();

    var consents = fhir.find(clinic.clinician, "/Consent?patient=" + patient);
    assertThat(consents).hasSize(2);
    var video = consent(patient, "live-video");
    var data = ((ObjectNode) video.path("provision")).putArray("data").addObject();
    data.put("meaning", "related").putObject("reference").put("reference", "ServiceRequest/" + id);
    var agreed = create(video);
    assertThat(agreed.status()).as(agreed.body().toString()).isEqualTo(201);
    assertThat(agreed.body().at("/category/0/coding/0/code").asText()).isEqualTo("live-video");
    ((ObjectNode) video.at("/policyRule/coding/0")).put("version", "1999-1");
    assertThat(expressions(create(video))).containsExactly("Consent.policyRule.coding[0].version");
  }

  @Test
  void a_request_that_lacks_something_is_refused_whole_with_all_of_it_named() {
    var patient = clinic.patient(Map.of("localNumber", "SR-2"));
    var lacking = request(patient);
    lacking.remove(List.of("contained", "supportingInfo", "code"));
    support(lacking, weight());
    var bare = create(lacking);
    assertThat(bare.status()).isEqualTo(422);
    assertThat(expressions(bare))
        .containsExactly("ServiceRequest.code", "ServiceRequest.supportingInfo");
    lacking.putObject("code").put("text", "Is this cellulitis?");
    support(lacking, consent(patient, "advice"));
    lacking.withArray("note").addObject().put("text", "Transfer: two hours by boat");
    lacking.put("priority", "routine");
    var refused = create(lacking);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(expressions(refused)).contains("ServiceRequest.supportingInfo");
    assertThat(refused.body().toString()).contains("pregnant", "kept abroad", "Answer yes or no");
    assertThat(fhir.find(clinic.clinician, "/ServiceRequest?patient=" + patient)).isEmpty();
    var strange = request(clinic.patient(Map.of("localNumber", "SR-3")));
    ((ObjectNode) strange.at("/contained/0"))
        .putObject("subject")
        .put("reference", "Patient/" + patient);
    assertThat(expressions(create(strange))).containsExactly("ServiceRequest.contained[0].subject");
    assertThat(fhir.send(post(clinic.specialist, request(patient))).status()).isEqualTo(403);
    assertThat(create(request(UUID.randomUUID().toString())).status()).isEqualTo(422);
  }

  @Test
  void a_draft_takes_answers_to_forms_and_waits_for_a_person_to_send_it() {
    var patient = clinic.patient(Map.of("localNumber", "SR-4"));
    var draft = request(patient).put("status", "draft");
    draft.remove(List.of("contained", "supportingInfo", "priority"));
    var made = create(draft);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
    assertThat(made.body().path("status").asText()).isEqualTo("draft");
    var other = clinic.person();
    assertThat(fhir.get(other, location(made)).status()).isEqualTo(404);
    var answers =
        json(
            """
            {'resourceType': 'QuestionnaireResponse', 'status': 'in-progress',
             'questionnaire': 'urn:consilium:form:skin|2026-1',
             'basedOn': [{'reference': '%s'}],
             'item': [{'linkId': 'no-such-question', 'answer': [{'valueBoolean': true}]}]}
            """
                .formatted(location(made).substring(1)));
    var unknown = create(answers);
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(expressions(unknown)).containsExactly("QuestionnaireResponse.item[0]");
    answers.remove("item");
    var kept = create(answers);
    assertThat(kept.status()).as(kept.body().toString()).isEqualTo(201);
    assertThat(kept.body().path("status").asText()).isEqualTo("in-progress");
    assertThat(location(create(answers))).isEqualTo(location(kept));
  }

  @Test
  void a_file_comes_inline_and_goes_the_way_of_every_other() {
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var document =
        json(
            """
            {'resourceType': 'DocumentReference', 'status': 'current', 'type': {'text': 'photo'},
             'context': {'related': [{'reference': 'ServiceRequest/%s'}]},
             'content': [{'attachment': {'contentType': 'image/png', 'title': 'Left shin',
                                         'data': '%s'}}]}
            """
                .formatted(consult, Base64.getEncoder().encodeToString(bytes.toByteArray())));
    var made = create(document);
    assertThat(made.status()).as(made.body().toString()).isEqualTo(202);
    assertThat(fhir.get(clinic.clinician, location(made)).status()).isEqualTo(404);
    clinic.records.attachments().lookAtArrivals();
    var read = fhir.get(clinic.clinician, location(made));
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.body().at("/content/0/attachment/contentType").asText()).startsWith("image/");
    assertThat(read.body().at("/type/text").asText()).isEqualTo("photo");

    var file = (ObjectNode) document.at("/content/0/attachment");
    file.put("data", Base64.getEncoder().encodeToString("MZ, a program".repeat(9).getBytes(UTF_8)));
    assertThat(create(document).status()).isEqualTo(415);
    file.remove("data");
    file.put("url", "https://example.org/a.png");
    assertThat(expressions(create(document)))
        .containsExactly("DocumentReference.content[0].attachment.data");
  }

  @Test
  void what_is_not_fhir_is_refused_with_every_fault_named() {
    var broken = patient("FH-9").put("gender", "f").put("colour", "blue");
    var refused = create(broken);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(expressions(refused)).containsExactly("Patient.gender", "Patient.colour");
    assertThat(refused.code()).isEqualTo("not-fhir");
    var misplaced = fhir.send(post(clinic.clinician, "/Observation", patient("FH-9").toString()));
    assertThat(misplaced.status()).isEqualTo(400);
    assertThat(fhir.send(post(clinic.clinician, "/Patient", "")).status()).isEqualTo(400);
    assertThat(fhir.send(post(clinic.clinician, "/Patient", "[]")).status()).isEqualTo(400);
    var nul = patient("FH-9").toString().replace("Grace", "Gra\\u0000ce");
    var kept = fhir.send(post(clinic.clinician, "/Patient", nul));
    assertThat(kept.status()).isEqualTo(400);
    assertThat(expressions(kept)).containsExactly("name[0].given[0]");
    var lacking = create(json("{'resourceType': 'Patient', 'gender': 'male'}"));
    assertThat(lacking.status()).isEqualTo(422);
    assertThat(expressions(lacking))
        .containsExactlyInAnyOrder(
            "Patient.identifier", "Patient.birthDate", "Patient.communication");
    var made = json("{'resourceType': 'Organization', 'name': 'New'}");
    assertThat(create(made).status()).isEqualTo(405);
    assertThat(fhir.send(post(clinic.specialist, patient("FH-9"))).status()).isEqualTo(403);
    var late = patient("FH-9").put("birthDate", "2031-01-01");
    assertThat(expressions(create(late))).containsExactly("Patient.birthDate");
    require(clinic.clinician().get("/patients?query=Achieng"), 200);
  }
}
