package org.consilium.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.records.Clinic.content;
import static org.consilium.records.Clinic.require;
import static org.consilium.records.Clinic.submission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.sql.Connection;
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
import org.junit.jupiter.api.Timeout;

/** Everything that an organisation owns leaves in FHIR, away from the request. */
class BulkExportIT {
  private static final int MORE_THAN_A_FILE = 501;
  private static final KeyPair KEYS = Jwks.CRV.Ed25519.keyPair().build();

  private static Clinic clinic;
  private static FhirClient fhir;
  private static TestPerson officer;
  private static TestPerson administrator;
  private static SmartProgram exchange;
  private static String patient;

  @BeforeAll
  static void start() {
    clinic = new Clinic();
    fhir = new FhirClient(clinic);
    officer = clinic.world.person("Officer", clinic.organisation, Role.DATA_OFFICER);
    administrator = clinic.world.person("Adm", clinic.organisation, Role.ADMINISTRATOR);
    exchange = SmartProgram.register(fhir, administrator, KEYS, "system/*.cruds");
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

  /** The status address of a new export that a person began with their password. */
  private static String begin(TestPerson person) {
    var begun = clinic.http.as(person).post("/exports", Map.of("password", person.password()));
    return "/$export-status/" + require(begun, 201).body().path("id").asText();
  }

  private static FhirClient.Reply asked(SmartProgram program, String parameters) {
    return fhir.send(
        program
            .to(program.token(), "/$export" + parameters)
            .header("Prefer", "respond-async")
            .GET());
  }

  /** The status address of a new export of a program. */
  private static String ask(String parameters) {
    var reply = asked(exchange, parameters);
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

  private static Connection connect() throws SQLException {
    var address = clinic.world.address();
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private static void owner(String sql) throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void everything_owned_is_exported_survives_failures_and_is_audited_once() throws Exception {
    clinic.records.bulkExports().runDue();
    var status = begin(officer);
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
    var patients = ask("?_type=Patient,Consent&_outputFormat=application/fhir%2Bndjson");
    clinic.records.bulkExports().runDue();
    var some = manifest(officer, patients);
    assertThat(new TreeSet<>(some.path("output").findValuesAsText("type")))
        .containsExactly("Consent", "Patient");
    assertThat(some.path("request").asText()).contains("_type=Patient,Consent");

    var later = clinic.world.clock().instant().plusSeconds(60).toString();
    var none = ask("?_type=Communication&_since=" + later);
    var other = ask("?_type=Patient");
    var third = asked(exchange, "");
    assertThat(third.status()).isEqualTo(429);
    assertThat(fhir.send(fhir.to(officer, other).DELETE()).status()).isEqualTo(202);
    clinic.records.bulkExports().runDue();
    assertThat(manifest(officer, none).path("output")).isEmpty();
    assertThat(clinic.records.bulkExports().runDue()).as("the other was cancelled").isZero();

    var failing = ask("?_type=Observation");
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
    clinic.http.forgetSessions();
    assertThat(fhir.get(officer, patients).status()).as("gone after a day").isEqualTo(404);
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
    var program =
        SmartProgram.register(fhir, administrator, KEYS, "system/Patient.rs", "system/Consent.r");
    var token = program.token();
    var named = asked(program, "?_type=Observation");
    assertThat(named.status()).isEqualTo(403);
    assertThat(named.code()).isEqualTo("scope-missing");
    var all = asked(program, "");
    assertThat(all.status()).isEqualTo(202);
    var status = below(all.headers().firstValue("content-location").orElseThrow());
    clinic.records.bulkExports().runDue();
    var manifest = json(fhir.bytes(program.to(token, status).GET()));
    assertThat(new TreeSet<>(manifest.path("output").findValuesAsText("type")))
        .containsExactly("Patient");
    assertThat(exchange.get(exchange.token(), status).status())
        .as("another program's")
        .isEqualTo(404);

    assertThat(exchange.get(exchange.token(), "/$export").status()).isEqualTo(400);
    for (var wrong :
        List.of("?_type=Nothing", "?_since=yesterday", "?_outputFormat=csv", "?_typeFilter=x")) {
      assertThat(asked(exchange, wrong).status()).as(wrong).isEqualTo(400);
    }
    for (var person : List.of(officer, administrator, clinic.clinician)) {
      var refused = fhir.send(fhir.to(person, "/$export").header("Prefer", "respond-async").GET());
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code())
          .isEqualTo(person == clinic.clinician ? "not-for-your-role" : "password-needed");
    }
    assertThat(fhir.send(fhir.to("/$export").header("Prefer", "respond-async").GET()).status())
        .isEqualTo(401);
    assertThat(fhir.send(fhir.to(officer, "/$export").DELETE()).status()).isEqualTo(405);
    assertThat(fhir.get(officer, "/$export-status/" + UUID.randomUUID()).status()).isEqualTo(404);
  }

  @Test
  void a_token_fetches_nothing_of_an_export_that_it_could_not_ask_for() {
    clinic.records.bulkExports().runDue();
    var status = ask("?_type=Patient,Consent");
    clinic.records.bulkExports().runDue();
    var wide = json(fhir.bytes(exchange.to(exchange.token(), status).GET()));
    var file = below(wide.at("/output/0/url").asText());
    var narrow =
        exchange
            .ask(exchange.assertion(), "system/Patient.rs system/Consent.r")
            .body()
            .path("access_token")
            .asText();
    for (var address : List.of(status, file)) {
      var refused = exchange.get(narrow, address);
      assertThat(refused.status()).as(address).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("scope-missing");
    }
    assertThat(fhir.send(exchange.to(narrow, status).DELETE()).status()).isEqualTo(403);
    var enough =
        exchange
            .ask(exchange.assertion(), "system/Patient.rs system/Consent.rs")
            .body()
            .path("access_token")
            .asText();
    assertThat(fhir.bytes(exchange.to(enough, file).GET()).statusCode()).isEqualTo(200);
  }

  @Test
  void a_draft_of_whoever_asks_is_not_the_organisations() {
    clinic.records.bulkExports().runDue();
    var draft =
        """
        {"resourceType": "ServiceRequest", "status": "draft", "intent": "order",
         "code": {"text": "Not yet asked"}, "subject": {"reference": "Patient/%s"},
         "locationReference": [{"reference": "Location/%s"}]}
        """
            .formatted(patient, clinic.site);
    var written =
        fhir.send(
            exchange
                .to(exchange.token(), "/ServiceRequest")
                .header("Content-Type", "application/fhir+json")
                .header("Prefer", "return=representation")
                .POST(BodyPublishers.ofString(draft)));
    assertThat(written.status()).as(written.body().toString()).isEqualTo(201);
    var own = "/ServiceRequest/" + written.body().path("id").asText();
    assertThat(exchange.get(exchange.token(), own).status()).isEqualTo(200);

    var status = ask("?_type=ServiceRequest,QuestionnaireResponse");
    clinic.records.bulkExports().runDue();
    assertThat(lines(officer, manifest(officer, status)))
        .isNotEmpty()
        .noneMatch(line -> line.contains("Not yet asked"));
  }

  /**
   * A worker that was away for longer than its lease fails after another has taken its export over:
   * what it says of it does not count any more.
   */
  @Test
  @Timeout(60)
  void a_worker_that_lost_an_export_does_not_end_it_for_the_one_that_has_it() throws Exception {
    clinic.records.bulkExports().runDue();
    var status = ask("?_type=Observation");
    var export = UUID.fromString(status.substring(status.lastIndexOf('/') + 1));
    var other = UUID.randomUUID();
    Thread late;
    try (var page = connect();
        var row = connect()) {
      page.setAutoCommit(false);
      row.setAutoCommit(false);
      page.createStatement().execute("LOCK TABLE records.observation");
      late = Thread.startVirtualThread(clinic.records.bulkExports()::runDue);
      awaitSomebodyWaitsFor(page, "records.observation");
      // Holds back the word of the failure, not the page that will fail.
      row.createStatement().execute("LOCK TABLE records.export IN SHARE ROW EXCLUSIVE MODE");
      page.createStatement().execute("REVOKE SELECT ON records.observation FROM consilium_app");
      page.commit();
      row.createStatement().execute("SET LOCAL ROLE consilium_worker");
      row.createStatement()
          .execute(
              "UPDATE records.export SET claim = '%s' WHERE id = '%s'".formatted(other, export));
      row.commit();
      late.join();
    } finally {
      owner("GRANT SELECT ON records.observation TO consilium_app");
    }
    var kept =
        clinic
            .platform
            .database()
            .asWorker(tx ->
                tx.one("SELECT claim, failures FROM records.export WHERE id = $1", export)
                    .orElseThrow());
    assertThat(kept.getUUID("claim")).isEqualTo(other);
    assertThat(kept.getInteger("failures")).isZero();

    assertThat(clinic.records.bulkExports().runDue()).as("the other has it").isZero();
    clinic.world.clock().advance(Duration.ofSeconds(61));
    assertThat(clinic.records.bulkExports().runDue()).as("until its lease is over").isPositive();
    assertThat(fhir.bytes(fhir.to(officer, status).GET()).statusCode()).isEqualTo(200);
  }

  private static void awaitSomebodyWaitsFor(Connection holder, String table) throws SQLException {
    var waiting =
        "SELECT count(*) FROM pg_locks WHERE relation = '%s'::regclass AND NOT granted"
            .formatted(table);
    for (boolean waits = false; !waits; Thread.onSpinWait()) {
      try (var rows = holder.createStatement().executeQuery(waiting)) {
        rows.next();
        waits = rows.getInt(1) > 0;
      }
    }
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
