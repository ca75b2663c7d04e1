package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.deploy.verify.KeptNotes;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Migrations;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.ClientAddresses;
import org.consilium.platform.http.Json;
import org.consilium.platform.testing.TestServer;
import org.consilium.signaling.turn.TurnConfig;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database of the first version, with something in every table that later versions change, is
 * brought to this one, by an owner who is no superuser: forced row security hides rows from it.
 */
class UpgradeIT {
  /** What the first version consisted of, in the order of migrating. */
  private static final List<Map.Entry<String, String>> FIRST =
      List.of(
          Map.entry("platform", "004"),
          Map.entry("scheduling", "004"),
          Map.entry("records", "001"),
          Map.entry("signaling", "001"));

  /** With which the notes in {@code first-version.sql} were signed. */
  private static final String FORMER_KEY = "1b95629136cf035c";

  private static final String FORMER_KEY_PUBLIC =
      "MCowBQYDK2VwAyEALfHiCQ8xIyVtBqDmLM0/M49fXWGJAfmNfU/fAT6Vlo0=";

  private static final String PASSWORD = "a long enough pass phrase";
  private static final String CONSULT = "/consults/00000000-0000-7000-8000-000000000041";

  private final DatabaseAddress address = TestServer.createDatabase();
  private final HttpClient http = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void firstVersion() throws Exception {
    Migrations.run(address, List.of());
    FIRST.forEach(this::migrateTo);
    try (var connection = connect();
        var rows = UpgradeIT.class.getResourceAsStream("first-version.sql")) {
      execute(connection, new String(rows.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void drop() {
    TestServer.drop(address);
  }

  @Test
  void rows_of_the_first_version_are_kept() throws Exception {
    Migrations.run(address, Server.SCHEMAS);

    try (var connection = connect()) {
      execute(connection, "SET ROLE consilium_worker");
      assertThat(text(connection, "SELECT roles::text FROM signaling.ticket"))
          .isEqualTo("{clinician}");
      assertThat(text(connection, "SELECT count(*) FROM signaling.call")).isEqualTo("1");
      assertThat(text(connection, "SELECT count(*) FROM scheduling.booking")).isEqualTo("2");
      assertThat(text(connection, "SELECT count(*) FROM scheduling.volunteer_licence"))
          .isEqualTo("1");
      assertThat(text(connection, "SELECT state FROM scheduling.volunteer_licence"))
          .isEqualTo("verified");
      assertThat(text(connection, "SELECT count(*) FROM scheduling.offer")).isEqualTo("1");
      assertThat(text(connection, "SELECT count(*) FROM scheduling.on_call_shift")).isEqualTo("1");
    }
  }

  @Test
  void what_was_signed_and_registered_then_is_read_found_and_added_to(@TempDir Path data)
      throws Exception {
    var keys = Files.createDirectories(data.resolve("keys").resolve("public"));
    Files.writeString(keys.resolve(FORMER_KEY + ".pub"), FORMER_KEY_PUBLIC);
    var signer = Signer.keptIn(data.resolve("keys"));
    try (var connection = connect();
        var hash = connection.prepareStatement("UPDATE platform.account SET password_hash = ?")) {
      hash.setString(1, PasswordHash.of(PASSWORD));
      hash.executeUpdate();
    }
    try (var server = Server.start(settings(data), address, Clock.systemUTC(), signer)) {
      port = server.port();
      addTo(signIn("ada@example.org"));
      findHer(signIn("amina@example.org"));
    }
    try (var connection = connect()) {
      connection.setAutoCommit(false);
      execute(connection, "SET ROLE consilium_worker");
      var faults = new ArrayList<String>();
      assertThat(KeptNotes.check(connection, Signer.publicKeys(keys), faults::add)).isEqualTo(3);
      assertThat(faults).isEmpty();
      KeptNotes.check(connection, Map.of(signer.keyId(), signer.publicKey()), faults::add);
      assertThat(faults)
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).contains("unknown key " + FORMER_KEY));
    }
  }

  /** Notes of the first document version are read, and another key goes on with their chain. */
  private void addTo(String cookie) throws Exception {
    var page = get(CONSULT + "/notes", cookie);
    assertThat(page.path("signed").findValuesAsText("keyId")).containsOnly(FORMER_KEY);
    var first = page.at("/signed/1");
    assertThat(first.at("/content/answer").asText()).isEqualTo("Yes: tuberculoid, one patch.");
    assertThat(first.at("/recommendations/0/content/dose").asText()).isEqualTo("600 mg");
    assertThat(first.path("state").asText()).isEqualTo("stands");
    var about = first.path("id").asText();
    var draft = UUID.randomUUID().toString();
    var content = Map.of("language", "en", "answer", "Two of them came.");
    send(
        request(CONSULT + "/notes/drafts/" + draft, cookie)
            .header("If-Match", "\"0\"")
            .PUT(
                body(
                    Map.of(
                        "deviceId", draft,
                        "kind", "addendum",
                        "amends", about,
                        "seenVersion", 2,
                        "content", content))));
    var act = Map.of("kind", "addendum", "draftId", draft, "revision", 1, "amends", about);
    var shown = send(request(CONSULT + "/notes/preview", cookie).POST(body(act)));
    var signature =
        Map.of(
            "draftId",
            draft,
            "revision",
            1,
            "shownSha256",
            shown.path("sha256"),
            "password",
            PASSWORD);
    var added =
        send(request(CONSULT + "/notes/" + about + "/addenda", cookie).POST(body(signature)));
    assertThat(added.path("version").asInt()).isEqualTo(3);
    assertThat(added.path("previousSha256")).isEqualTo(page.at("/signed/0/sha256"));
    assertThat(added.path("keyId").asText()).isNotEqualTo(FORMER_KEY);
  }

  /** By her own name in each script, by how it is typed without marks, by number and by phone. */
  private void findHer(String cookie) throws Exception {
    for (var words : List.of("Łucja", "sorensen", "یاسمین", "ياسمين", "lo-7", "712345678")) {
      var found =
          get("/patients?query=" + URLEncoder.encode(words, StandardCharsets.UTF_8), cookie);
      assertThat(found.path("items")).as(words).hasSize(1);
    }
    try (var connection = connect()) {
      assertThat(
              text(
                  connection,
                  """
                  SELECT name_keys @> '{lucja,ucja,sorensen,sorense}' AND sex = 'female'
                         AND birth_date = '1991-06-01' FROM records.patient_search
                  """))
          .as("so that somebody alike is noticed")
          .isEqualTo("t");
    }
  }

  private Settings settings(Path data) {
    return new Settings(
        0,
        0,
        data,
        Optional.of(address),
        Optional.empty(),
        ClientAddresses.DIRECT,
        Optional.empty(),
        TurnConfig.NONE,
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private String signIn(String email) throws IOException, InterruptedException {
    var request = request("/sessions", "").POST(body(Map.of("email", email, "password", PASSWORD)));
    var answer = http.send(request.build(), BodyHandlers.ofString());
    return answer.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
  }

  private JsonNode get(String path, String cookie) throws IOException, InterruptedException {
    return send(request(path, cookie).GET());
  }

  private HttpRequest.Builder request(String path, String cookie) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .header("Cookie", cookie);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofByteArray());
    var text = new String(answer.body(), StandardCharsets.UTF_8);
    assertThat(answer.statusCode()).as(text).isBetween(200, 201);
    return Json.MAPPER.readTree(answer.body());
  }

  private static HttpRequest.BodyPublisher body(Object value) {
    return BodyPublishers.ofByteArray(Json.write(value));
  }

  private void migrateTo(Map.Entry<String, String> module) {
    var schema = module.getKey();
    try (var connection = connect()) {
      execute(
          connection,
          "CREATE SCHEMA %1$s; GRANT USAGE ON SCHEMA %1$s TO consilium_app, consilium_worker"
              .formatted(schema));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Flyway.configure()
        .dataSource(address.jdbcUrl(), address.user(), address.password())
        .schemas(schema)
        .defaultSchema(schema)
        .locations("classpath:db/" + schema)
        .table("schema_history")
        .loggers("slf4j")
        .target(module.getValue())
        .load()
        .migrate();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
