package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything that an organisation owns leaves in FHIR, away from the request. */
class BulkExportIT {
  private static final int MORE_THAN_A_FILE = 501;

  private static Clinic clinic;
  private static FhirClient fhir;
  private static TestPerson officer;
  private static String patient;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    fhir = new FhirClient(clinic);
    officer = clinic.world.person("Officer", clinic.organisation, Role.DATA_OFFICER);
    patient = clinic.patient(Map.of());
    var consult = ConsultId.random();
    var path = "/consults/" + consult;
    require(clinic.clinician().put(path + "/request", 0, content(patient, 10957)), 200);
    require(clinic.clinician().post(path + "/submission", submission(1)), 201);
    clinic
        .platform
        .database()
        .asWorker(tx ->
            tx.run(
                """
                INSERT INTO records.message (organisation_id, id, consult_id, author_id, author_role,
                                             relation, text, language, sent_at)
                SELECT organisation_id, uuidv7(), consult_id, requester_id, 'clinician', 'requester',
                       'Day ' || n, 'en', $2
                  FROM records.request, generate_series(1, $3) AS n WHERE consult_id = $1
                """,
                consult,
                tx.now(),
                MORE_THAN_A_FILE));
  }

  @AfterAll
  static void stop() throws Exception {
    clinic.close();
  }

  private static HttpRequest.Builder asking(TestPerson person, String parameters) {
    return fhir.to(person, "/$export" + parameters).header("Prefer", "respond-async");
  }

  /** The status address of a new export. */
  private static String ask(TestPerson person, String parameters) {
    var reply = fhir.send(asking(person, parameters).GET());
    assertThat(reply.status()).as(reply.body().toString()).isEqualTo(202);
    return below(reply.headers().firstValue("content-location").orElseThrow());
  }

  private static String below(String url) {
    return url.substring(url.indexOf(FhirClient.R4) + FhirClient.R4.length());
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    try {
      return Json.MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode manifest(TestPerson person, String status) {
    var response = fhir.bytes(fhir.to(person, status).GET());
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    return json(response);
  }

  private static List<String> lines(TestPerson person, JsonNode manifest) {
    var lines = new ArrayList<String>();
    for (var output : manifest.path("output")) {
      var response = fhir.bytes(fhir.to(person, below(output.path("url").asText())).GET());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).contains("application/fhir+ndjson");
      var some = new String(response.body(), StandardCharsets.UTF_8).lines().toList();
      assertThat(some).hasSize(output.path("count").asInt());
      assertThat(some)
          .allMatch(line ->
              line.startsWith("{\"resourceType\":\"" + output.path("type").asText() + "\""));
      lines.addAll(some);
    }
    return lines;
  }

  private static void owner(String sql) throws SQLException {
    var address = clinic.world.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void everything_owned_is_exported_survives_failures_and_is_audited_once() throws Exception {
    clinic.records.bulkExports().runDue();
    var status = ask(officer, "");
    var running = fhir.send(fhir.to(officer, status).GET());
    assertThat(running.status()).isEqualTo(202);
    assertThat(running.headers().firstValue("x-progress").orElseThrow()).contains("0 of");

    owner("REVOKE SELECT ON records.observation FROM consilium_app");
    try {
      clinic.records.bulkExports().runDue();
    } finally {
      owner("GRANT SELECT ON records.observation TO consilium_app");
    }
    var half = fhir.send(fhir.to(officer, status).GET());
    assertThat(half.status()).isEqualTo(202);
    assertThat(half.headers().firstValue("x-progress").orElseThrow()).doesNotContain("0 of");
    assertThat(clinic.records.bulkExports().runDue()).as("not at once again").isZero();
    clinic.world.clock().advance(Duration.ofSeconds(31));
    assertThat(clinic.records.bulkExports().runDue()).isPositive();

    var manifest = manifest(officer, status);
    assertThat(manifest.path("requiresAccessToken").asBoolean()).isTrue();
    var lines = lines(officer, manifest);
    assertThat(new TreeSet<>(manifest.path("output").findValuesAsText("type")))
        .contains("Patient", "ServiceRequest", "Communication", "Consent", "Practitioner");
    assertThat(lines.stream().filter(line -> line.contains("\"Day "))).hasSize(MORE_THAN_A_FILE);
    assertThat(new TreeSet<>(lines)).as("nothing twice").hasSameSizeAs(lines);
    assertThat(lines).anyMatch(line -> line.contains("Wanjikũ Mwangi"));
    var kinds = new TreeSet<String>();
    for (var line : lines) {
      if (kinds.add(line.substring(0, line.indexOf(',')))) {
        assertThat(FhirJudge.errors(line.getBytes(StandardCharsets.UTF_8))).as(line).isEmpty();
      }
    }
    assertThat(kinds).hasSizeGreaterThan(6);

    var trail =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.list(
                    """
                    SELECT actor_name || ' ' || role || ' ' || subject AS line
                      FROM platform.audit_event WHERE action = 'fhir.export' AND actor_id = $1
                    """,
                    row -> row.getString("line"),
                    officer.id()));
    assertThat(trail).hasSize(1);
    assertThat(trail.getFirst())
        .startsWith("Officer data-officer $export:")
        .contains("Communication=" + MORE_THAN_A_FILE);

    assertThat(taken(officer)).isGreaterThanOrEqualTo(manifest.path("output").size());

    var stranger = clinic.world.person("Far", clinic.elsewhere, Role.DATA_OFFICER);
    assertThat(fhir.get(stranger, status).status()).isEqualTo(404);
    var file = below(manifest.at("/output/0/url").asText());
    assertThat(fhir.get(stranger, file).status()).isEqualTo(404);
    assertThat(fhir.get(clinic.clinician, status).status()).isEqualTo(403);
    assertThat(fhir.get(officer, status.replaceAll("[^/]*$", "x")).status()).isEqualTo(404);
    assertThat(fhir.get(officer, file.replaceAll("[0-9]+$", "99999999999")).status())
        .isEqualTo(404);

    assertThat(fhir.send(fhir.to(officer, status).DELETE()).status()).isEqualTo(202);
    assertThat(fhir.get(officer, status).status()).isEqualTo(404);
    assertThat(fhir.get(officer, file).status()).isEqualTo(404);
  }

  @Test
  void a_part_of_it_by_type_and_time_a_cancelled_one_and_one_that_cannot_be_made()
      throws Exception {
    clinic.records.bulkExports().runDue();
    var patients = ask(officer, "?_type=Patient,Consent&_outputFormat=application/fhir%2Bndjson");
    clinic.records.bulkExports().runDue();
    var some = manifest(officer, patients);
    assertThat(new TreeSet<>(some.path("output").findValuesAsText("type")))
        .containsExactly("Consent", "Patient");
    assertThat(some.path("request").asText()).contains("_type=Patient,Consent");

    var later = clinic.world.clock().instant().plusSeconds(60).toString();
    var none = ask(officer, "?_type=Communication&_since=" + later);
    var other = ask(officer, "?_type=Patient");
    var third = fhir.send(asking(officer, "").GET());
    assertThat(third.status()).isEqualTo(429);
    assertThat(fhir.send(fhir.to(officer, other).DELETE()).status()).isEqualTo(202);
    clinic.records.bulkExports().runDue();
    assertThat(manifest(officer, none).path("output")).isEmpty();
    assertThat(clinic.records.bulkExports().runDue()).as("the other was cancelled").isZero();

    var failing = ask(officer, "?_type=Observation");
    owner("REVOKE SELECT ON records.observation FROM consilium_app");
    try {
      for (int i = 0; i < 5; i++) {
        clinic.records.bulkExports().runDue();
        clinic.world.clock().advance(Duration.ofSeconds(31));
      }
    } finally {
      owner("GRANT SELECT ON records.observation TO consilium_app");
    }
    var failed = fhir.get(officer, failing);
    assertThat(failed.status()).isEqualTo(500);
    assertThat(failed.code()).isEqualTo("export-failed");

    clinic.world.clock().advance(Duration.ofHours(25));
    var again = clinic.world.person("Again", clinic.organisation, Role.DATA_OFFICER);
    assertThat(fhir.get(again, patients).status()).as("gone after a day").isEqualTo(404);
    assertThat(clinic.records.bulkExports().sweep()).isPositive();
  }

  @Test
  void people_export_from_a_page_after_their_password() {
    clinic.records.bulkExports().runDue();
    var http = clinic.http.as(clinic.world.person("Page", clinic.organisation, Role.ADMINISTRATOR));
    var wrong = http.post("/exports", Map.of("password", "guess"));
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.code()).isEqualTo("wrong-password");
    var begun = require(http.post("/exports", Map.of("password", officer.password())), 201).body();
    assertThat(begun.path("state").asText()).isEqualTo("running");
    clinic.records.bulkExports().runDue();
    var listed = require(http.get("/exports"), 200).body().path("items");
    var made =
        java.util.stream.StreamSupport.stream(listed.spliterator(), false)
            .filter(one -> one.path("id").equals(begun.path("id")))
            .findFirst()
            .orElseThrow();
    assertThat(made.path("state").asText()).isEqualTo("done");
    var file = below(made.at("/files/0/url").asText());
    assertThat(fhir.bytes(fhir.to(officer, file).GET()).statusCode()).isEqualTo(200);
    assertThat(clinic.clinician().get("/exports").status()).isEqualTo(403);
    var path = "/exports/" + begun.path("id").asText();
    assertThat(http.delete(path).status()).isEqualTo(204);
    assertThat(http.delete(path).code()).isEqualTo("export-not-found");
  }

  @Test
  void programs_export_what_their_scopes_name_and_wrong_asking_is_refused() {
    var administrator = clinic.world.person("Adm", clinic.organisation, Role.ADMINISTRATOR);
    var keys = Jwks.CRV.Ed25519.keyPair().build();
    var program =
        SmartProgram.register(fhir, administrator, keys, "system/Patient.rs", "system/Consent.r");
    var token = program.token();
    var named =
        fhir.send(
            program
                .to(token, "/$export?_type=Observation")
                .header("Prefer", "respond-async")
                .GET());
    assertThat(named.status()).isEqualTo(403);
    assertThat(named.code()).isEqualTo("scope-missing");
    var all = fhir.send(program.to(token, "/$export").header("Prefer", "respond-async").GET());
    assertThat(all.status()).isEqualTo(202);
    var status = below(all.headers().firstValue("content-location").orElseThrow());
    clinic.records.bulkExports().runDue();
    var manifest = json(fhir.bytes(program.to(token, status).GET()));
    assertThat(new TreeSet<>(manifest.path("output").findValuesAsText("type")))
        .containsExactly("Patient");
    var other = SmartProgram.register(fhir, administrator, keys, "system/*.rs");
    assertThat(other.get(other.token(), status).status()).as("another program's").isEqualTo(404);

    assertThat(fhir.send(fhir.to(officer, "/$export").GET()).status()).isEqualTo(400);
    for (var wrong :
        List.of("?_type=Nothing", "?_since=yesterday", "?_outputFormat=csv", "?_typeFilter=x")) {
      assertThat(fhir.send(asking(officer, wrong).GET()).status()).as(wrong).isEqualTo(400);
    }
    assertThat(fhir.send(asking(clinic.clinician, "").GET()).status()).isEqualTo(403);
    assertThat(fhir.send(fhir.to("/$export").header("Prefer", "respond-async").GET()).status())
        .isEqualTo(401);
    assertThat(fhir.send(fhir.to(officer, "/$export").DELETE()).status()).isEqualTo(405);
    assertThat(fhir.get(officer, "/$export-status/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  /** How many files the trail says that somebody has carried off. */
  private static int taken(TestPerson who) {
    return clinic
        .platform
        .database()
        .asWorker(tx ->
            tx.rows(
                    """
                    SELECT FROM platform.audit_event
                     WHERE action = 'fhir.export-take' AND actor_id = $1
                    """,
                    who.id())
                .size());
  }
}
