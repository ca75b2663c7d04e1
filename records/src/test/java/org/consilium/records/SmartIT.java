package org.consilium.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Other systems get in by their key, do what their scopes say, and nothing else. */
class SmartIT {
  private static final KeyPair KEYS = Jwts.SIG.ES384.keyPair().build();

  private static Clinic clinic;
  private static FhirClient fhir;
  private static TestPerson administrator;
  private static SmartProgram program;
  private static final ConsultId SENT = ConsultId.random();
  private static String patient;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    fhir = new FhirClient(clinic);
    administrator = clinic.world.person("Adm", clinic.organisation, Role.ADMINISTRATOR);
    patient = clinic.patient(Map.of());
    var path = "/consults/" + SENT;
    require(clinic.clinician().put(path + "/request", 0, content(patient, 10957)), 200);
    require(clinic.clinician().post(path + "/submission", submission(1)), 201);
    program =
        SmartProgram.register(fhir, administrator, KEYS, "system/Patient.rs", "system/Consent.s");
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  @Test
  void a_program_sees_what_its_organisation_owns_and_its_scopes_name() throws Exception {
    var told =
        Json.MAPPER.readTree(fhir.bytes(fhir.to("/.well-known/smart-configuration").GET()).body());
    assertThat(told.path("token_endpoint").asText()).isEqualTo(program.audience());
    assertThat(told.path("token_endpoint_auth_methods_supported").toString())
        .contains("private_key_jwt");

    var granted = program.ask(program.assertion(), "");
    assertThat(granted.status()).isEqualTo(200);
    assertThat(granted.body().path("expires_in").asInt()).isEqualTo(300);
    assertThat(granted.body().path("scope").asText())
        .isEqualTo("system/Consent.s system/Patient.rs");
    var token = granted.body().path("access_token").asText();

    var own = program.get(token, "/Patient/" + patient);
    assertThat(own.status()).isEqualTo(200);
    assertThat(own.body().at("/name/0/text").asText()).isEqualTo("Wanjikũ Mwangi");
    assertThat(program.get(token, "/Patient?_id=" + patient).entries()).hasSize(1);
    assertThat(program.get(token, "/Consent").entries()).isNotEmpty();

    for (var closed :
        List.of(
            "/Observation",
            "/ServiceRequest",
            "/Consent/" + UUID.randomUUID(),
            "/Composition/" + UUID.randomUUID() + "/$document",
            "/Binary/" + UUID.randomUUID())) {
      var refused = program.get(token, closed);
      assertThat(refused.status()).as(closed).isEqualTo(403);
      assertThat(refused.code()).as(closed).isEqualTo("scope-missing");
    }
    assertThat(program.get(token, "/metadata").status()).isEqualTo(200);

    var trail =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.list(
                    """
                    SELECT action || ' ' || role || ' ' || actor_name AS line
                      FROM platform.audit_event WHERE actor_id = $1 ORDER BY id
                    """,
                    row -> row.getString("line"),
                    AccountId.parse(program.id())));
    assertThat(trail)
        .contains("program.token program Hospital exchange", "fhir.read program Hospital exchange");

    assertThat(fhir.find(clinic.clinician, "/Practitioner?name=hospital")).isEmpty();
    assertThat(
            clinic
                .http
                .anonymous()
                .post(
                    "/sessions",
                    Map.of("email", program.id() + "@programs.invalid", "password", ""))
                .status())
        .isGreaterThanOrEqualTo(400);
  }

  @Test
  void a_token_of_a_program_opens_no_door_of_people_and_the_reverse() throws Exception {
    var token = program.token();
    var asPerson =
        fhir.bytes(
            java.net.http.HttpRequest.newBuilder(clinic.http.url("/api/v1/sites"))
                .header("Authorization", "Bearer " + token)
                .GET());
    assertThat(asPerson.statusCode()).isEqualTo(401);
    var stranger =
        SmartProgram.register(
            fhir,
            clinic.world.person("Far", clinic.elsewhere, Role.ADMINISTRATOR),
            Jwks.CRV.Ed25519.keyPair().build(),
            "system/*.cruds");
    var theirs = stranger.token();
    assertThat(program.get(theirs, "/Patient/" + patient).status()).isEqualTo(404);
    assertThat(program.get(theirs, "/Patient").entries()).isEmpty();
    assertThat(program.get(theirs, "/Observation").entries()).isEmpty();
    assertThat(program.get("abc.def.ghi", "/Patient").status()).isEqualTo(401);
  }

  @Test
  void an_assertion_is_good_once_for_this_address_and_for_five_minutes() {
    var now = clinic.world.clock().instant();
    var once = program.assertion();
    assertThat(program.ask(once, "system/Patient.r").status()).isEqualTo(200);
    var again = program.ask(once, "system/Patient.r");
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.body().path("error").asText()).isEqualTo("invalid_client");
    assertThat(again.body().path("error_description").asText()).contains("used before");

    var soon = now.plusSeconds(60);
    var other = new SmartProgram(fhir, Jwts.SIG.ES384.keyPair().build(), program.id());
    var strange = new SmartProgram(fhir, KEYS, UUID.randomUUID().toString());
    for (var bad :
        List.of(
            program.assertion("j1", now.plus(Duration.ofMinutes(7)), program.audience()),
            program.assertion("j2", now.minusSeconds(60), program.audience()),
            program.assertion("j3", soon, "https://elsewhere.example/token"),
            program.assertion(" ", soon, program.audience()),
            other.assertion(),
            strange.assertion(),
            once.substring(0, once.length() - 8) + "AAAAAAAA",
            "nonsense",
            once.substring(0, once.lastIndexOf('.') + 1))) {
      var refused = program.ask(bad, "");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body().path("error").asText()).isEqualTo("invalid_client");
    }
    assertThat(program.ask(program.assertion(), "system/*.rs").body().path("error").asText())
        .isEqualTo("invalid_scope");
    assertThat(program.ask(program.assertion(), "patient/Patient.rs").status()).isEqualTo(400);
    assertThat(program.form(Map.of("grant_type", "password")).body().path("error").asText())
        .isEqualTo("unsupported_grant_type");
    assertThat(
            program.form(Map.of("grant_type", "client_credentials")).body().path("error").asText())
        .isEqualTo("invalid_request");
  }

  /** An assertion that was made for another server, and a request that bears its name. */
  @Test
  void a_server_that_does_not_know_its_address_takes_none_from_the_request() throws Exception {
    var soon = clinic.world.clock().instant().plusSeconds(60);
    var meantForOther =
        program.assertion(
            UUID.randomUUID().toString(), soon, "http://elsewhere.example/oauth/token");
    var form =
        "grant_type=client_credentials&client_assertion_type=%s&client_assertion=%s"
            .formatted(
                URLEncoder.encode(SmartProgram.ASSERTION_TYPE, UTF_8),
                URLEncoder.encode(meantForOther, UTF_8));
    try (var socket = new Socket("127.0.0.1", clinic.http.server().actualPort())) {
      socket
          .getOutputStream()
          .write(
              """
              POST /oauth/token HTTP/1.1\r
              Host: elsewhere.example\r
              Connection: close\r
              Content-Type: application/x-www-form-urlencoded\r
              Content-Length: %d\r
              \r
              %s\
              """
                  .formatted(form.length(), form)
                  .getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 400")
          .contains("invalid_request", "CONSILIUM_PUBLIC_URL");
    }
  }

  private static FhirClient.Reply write(SmartProgram by, String token, String json) {
    var resource = Json.read(json.replace('\'', '"').getBytes(UTF_8), JsonNode.class);
    return fhir.send(
        by.to(token, "/" + resource.path("resourceType").asText())
            .header("Content-Type", "application/fhir+json")
            .header("Prefer", "return=representation")
            .POST(BodyPublishers.ofString(resource.toString())));
  }

  @Test
  void a_program_writes_in_its_own_name_what_its_scopes_name() {
    var laboratory =
        SmartProgram.register(
            fhir,
            administrator,
            Jwks.CRV.Ed25519.keyPair().build(),
            "system/Patient.cr",
            "system/Observation.cr",
            "system/ServiceRequest.cr");
    var token = laboratory.token();
    var registered =
        write(
            laboratory,
            token,
            """
            {'resourceType': 'Patient', 'name': [{'text': 'Ouma Were'}], 'gender': 'male',
             'identifier': [{'value': 'LAB-7'}], 'birthDate': '1950',
             'communication': [{'language': {'coding': [{'system': 'urn:ietf:bcp:47', 'code': 'luo'}]},
                                'preferred': true}]}
            """);
    assertThat(registered.status()).as(registered.body().toString()).isEqualTo(201);
    var request =
        write(
            laboratory,
            token,
            """
            {'resourceType': 'ServiceRequest', 'status': 'draft', 'intent': 'order',
             'code': {'text': 'Is this anaemia of iron?'},
             'locationReference': [{'reference': 'Location/%s'}],
             'subject': {'reference': 'Patient/%s'}}
            """
                .formatted(clinic.site, registered.body().path("id").asText()));
    assertThat(request.status()).as(request.body().toString()).isEqualTo(201);
    assertThat(request.body().at("/requester/reference").asText()).endsWith(laboratory.id());
    var measured =
        write(
            laboratory,
            token,
            """
            {'resourceType': 'Observation', 'status': 'final',
             'basedOn': [{'reference': 'ServiceRequest/%s'}],
             'code': {'coding': [{'system': 'http://loinc.org', 'code': '8867-4'}]},
             'valueQuantity': {'value': 92, 'system': 'http://unitsofmeasure.org', 'code': '/min'}}
            """
                .formatted(SENT));
    assertThat(measured.status()).as(measured.body().toString()).isEqualTo(201);
    assertThat(clinic.trail(SENT)).contains("fhir.write");
    var acts =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.list(
                    "SELECT DISTINCT action || ' ' || role AS line FROM platform.audit_event"
                        + " WHERE actor_id = $1",
                    row -> row.getString("line"),
                    AccountId.parse(laboratory.id())));
    assertThat(acts)
        .contains("request.supplement program")
        .allMatch(line -> line.endsWith(" program"));

    var condition = "Patient?identifier=LAB-7";
    var guessed =
        fhir.send(
            laboratory
                .to(token, "/Patient")
                .header("Content-Type", "application/fhir+json")
                .header("If-None-Exist", condition)
                .POST(
                    BodyPublishers.ofString(
                        "{\"resourceType\": \"Patient\", \"name\": [{\"text\": \"X\"}]}")));
    assertThat(guessed.status()).isEqualTo(403);
    var spoken =
        write(
            laboratory,
            token,
            """
            {'resourceType': 'Communication', 'status': 'completed',
             'basedOn': [{'reference': 'ServiceRequest/%s'}],
             'payload': [{'contentString': 'A word'}]}
            """
                .formatted(SENT));
    assertThat(spoken.status()).isEqualTo(403);
    assertThat(spoken.code()).isEqualTo("scope-missing");
  }

  private static final String TWIN =
      """
      {'resourceType': 'Patient', 'name': [{'text': 'Wanjikũ Mwangi'}], 'gender': 'female',
       'identifier': [{'value': '%s'}], 'birthDate': '1996',
       'communication': [{'language': {'coding': [{'system': 'urn:ietf:bcp:47', 'code': 'sw'}]},
                          'preferred': true}]}
      """;

  @Test
  void who_may_only_create_learns_nothing_of_other_patients() {
    for (var scope : List.of("system/Patient.c", "system/Patient.crs")) {
      var keys = Jwks.CRV.Ed25519.keyPair().build();
      var writer = SmartProgram.register(fhir, administrator, keys, scope);
      var twin =
          Json.read(TWIN.formatted(scope).replace('\'', '"').getBytes(UTF_8), JsonNode.class);
      var made =
          fhir.send(
              writer
                  .to(writer.token(), "/Patient")
                  .header("Content-Type", "application/fhir+json")
                  .header("Prefer", "return=OperationOutcome")
                  .POST(BodyPublishers.ofString(twin.toString())));
      assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
      assertThat(made.body().toString().contains(patient)).isEqualTo(scope.endsWith("s"));
      assertThat(made.body().toString().contains("duplicate")).isEqualTo(scope.endsWith("s"));
    }
    var allergies =
        SmartProgram.register(
            fhir, administrator, Jwks.CRV.Ed25519.keyPair().build(), "system/AllergyIntolerance.c");
    var none =
        write(
            allergies,
            allergies.token(),
            """
            {'resourceType': 'AllergyIntolerance', 'patient': {'reference': 'Patient/%s'},
             'clinicalStatus': {'coding': [{'code': 'active', 'system':
               'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical'}]},
             'code': {'coding': [{'code': 'no-known-allergies', 'system':
               'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'}]}}
            """
                .formatted(patient));
    assertThat(none.status()).isEqualTo(403);
    assertThat(none.code()).isEqualTo("scope-missing");
  }

  @Test
  void a_letter_that_a_program_fetched_has_been_read_by_nobody_and_its_words_are_its_own() {
    clinic.join(SENT, clinic.specialist.id());
    var note = clinic.signed(SENT, Clinic.note()).path("id").asText();
    var keys = Jwks.CRV.Ed25519.keyPair().build();
    var exchange =
        SmartProgram.register(
            fhir, administrator, keys, "system/Binary.r", "system/Communication.cr");
    var letter = fhir.bytes(exchange.to(exchange.token(), "/Binary/" + note).GET());
    assertThat(letter.statusCode()).isEqualTo(200);
    assertThat(count("records.note_read WHERE note_id = $1", note)).isZero();
    assertThat(count("records.note_reader WHERE note_id = $1", note)).isZero();
    require(clinic.clinician().get("/consults/" + SENT + "/notes"), 200);
    assertThat(count("records.note_read WHERE note_id = $1", note)).isEqualTo(1);

    var said =
        write(
            exchange,
            exchange.token(),
            """
            {'resourceType': 'Communication', 'status': 'completed', 'language': 'en',
             'basedOn': [{'reference': 'ServiceRequest/%s'}],
             'payload': [{'contentString': 'The sample has come.'}]}
            """
                .formatted(SENT));
    assertThat(said.status()).as(said.body().toString()).isEqualTo(201);
    var id = said.body().path("id").asText();
    assertThat(count("records.message WHERE id = $1 AND author_role = 'program'", id)).isEqualTo(1);
  }

  private static long count(String rows, String id) {
    return clinic
        .platform
        .database()
        .asWorker(tx -> tx.one("SELECT count(*) FROM " + rows, UUID.fromString(id)))
        .orElseThrow()
        .getLong("count");
  }

  @Test
  void what_is_revoked_or_over_is_out_at_once() {
    var leaving =
        SmartProgram.register(
            fhir, administrator, Jwks.CRV.Ed25519.keyPair().build(), "system/*.rs");
    var token = leaving.token();
    assertThat(leaving.get(token, "/Observation").status()).isEqualTo(200);
    var admin = clinic.http.as(administrator);
    var path = "/programs/" + leaving.id() + "/revocation";
    assertThat(clinic.http.as(clinic.clinician).post(path).status()).isEqualTo(403);
    require(admin.post(path), 200);
    assertThat(leaving.get(token, "/Observation").status()).isEqualTo(401);
    assertThat(leaving.ask(leaving.assertion(), "").status()).isEqualTo(401);
    assertThat(require(admin.post(path), 200).body().path("revokedAt").asText()).isNotBlank();
    assertThat(require(admin.get("/programs"), 200).body().toString()).contains(leaving.id());
    var far = clinic.world.person("Faraway", clinic.elsewhere, Role.ADMINISTRATOR);
    assertThat(clinic.http.as(far).post(path).status()).isEqualTo(404);
  }

  @Test
  void what_cannot_be_registered_is_named() {
    var soon = clinic.world.clock().instant().plus(Duration.ofDays(1)).toString();
    var late = clinic.world.clock().instant().plus(Duration.ofDays(3650)).toString();
    var good = SmartProgram.jwk(KEYS);
    var admin = clinic.http.as(administrator);
    var reply =
        admin.post(
            "/programs",
            Map.of(
                "name",
                "  ",
                "publicKey",
                good,
                "scopes",
                List.of("system/Patient.rs", "user/*.rs", "system/Patient."),
                "expiresAt",
                late));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body().path("errors").findValuesAsText("pointer"))
        .containsExactly("/name", "/scopes/1", "/scopes/2", "/expiresAt");
    for (var key :
        List.of(
            Map.<String, Object>of("kty", "oct", "k", "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"),
            SmartProgram.jwk(Jwts.SIG.ES256.keyPair().build()),
            SmartProgram.jwk(Jwks.CRV.Ed448.keyPair().build()),
            Map.<String, Object>of("kty", "nothing"))) {
      var refused =
          admin.post(
              "/programs",
              Map.of(
                  "name",
                  "Lab",
                  "publicKey",
                  key,
                  "scopes",
                  List.of("system/*.rs"),
                  "expiresAt",
                  soon));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body().path("errors").findValuesAsText("pointer"))
          .containsExactly("/publicKey");
    }
  }
}
