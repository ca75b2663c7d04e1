package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import org.consilium.deploy.archive.ArchiveLimits;
import org.consilium.deploy.archive.Archives;
import org.consilium.deploy.archive.FhirOfRecords;
import org.consilium.deploy.demo.DemoData;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Migrations;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.ClientAddresses;
import org.consilium.platform.http.Json;
import org.consilium.platform.testing.TestServer;
import org.consilium.signaling.turn.TurnConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty database is filled once; then each page has something to show. */
class DemoDataIT {
  @TempDir static Path data;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static DatabaseAddress address;
  private static Settings settings;
  private static Signer signer;
  private static String invitation;
  private static Server server;

  @BeforeAll
  static void fill() {
    address = TestServer.createDatabase();
    settings =
        new Settings(
            0,
            0,
            data,
            Optional.of(address),
            Optional.empty(),
            ClientAddresses.DIRECT,
            Optional.empty(),
            new TurnConfig(List.of(), "", Duration.ofHours(1)),
            Optional.empty(),
            Optional.empty(),
            true);
    signer = Signer.keptIn(data.resolve("keys"));
    invitation = prepare().orElseThrow();
    server = Server.start(settings, address, Clock.systemUTC(), signer);
  }

  @AfterAll
  static void stop() {
    server.close();
    TestServer.drop(address);
  }

  private static Optional<String> prepare() {
    return DemoData.prepare(settings, address, Clock.systemUTC(), signer);
  }

  @Test
  void people_are_told_which_zone_rules_are_in_use() {
    var edition = get("scheduler@demo", "/zone-data");

    assertThat(edition.get("version").asText()).matches("20\\d\\d[a-z]+");
    assertThat(edition.has("source")).isFalse();
  }

  @Test
  void its_organisations_move_to_empty_servers_and_are_the_same_there() throws Exception {
    for (var email : List.of("clinician@demo", "specialist@demo")) {
      var organisation = organisationOf(email);
      var left = export(address, organisation);
      var other = TestServer.createDatabase();
      Migrations.run(other, Server.SCHEMAS);
      new Archives(other, Server.SCHEMAS)
          .enter(left, ArchiveLimits.USUAL, data.resolve("public"), Instant.now());
      try {
        var again = export(other, organisation);
        var after = parts(again);
        var before = parts(left);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        // Free time is reckoned from the moment of asking, and no row of its own.
        before.remove("fhir/Slot.ndjson");
        before.forEach((path, part) -> assertThat(after.get(path)).as(path).isEqualTo(part));
      } finally {
        TestServer.drop(other);
      }
    }
  }

  private static UUID organisationOf(String email) {
    return server
        .platform()
        .database()
        .asWorker(tx ->
            tx.one(
                    """
                    SELECT m.organisation_id FROM platform.membership m
                      JOIN platform.account a ON a.id = m.account_id WHERE a.email = $1
                    """,
                    email)
                .orElseThrow()
                .getUUID("organisation_id"));
  }

  private static Path export(DatabaseAddress from, UUID organisation) throws Exception {
    var file = Files.createTempFile(data, "archive", ".zip");
    try (var fhir = FhirOfRecords.open(from, Clock.systemUTC());
        var out = Files.newOutputStream(file)) {
      var counts =
          new Archives(from, Server.SCHEMAS)
              .write(
                  organisation,
                  Map.of(signer.keyId(), signer.publicKey()),
                  fhir,
                  Instant.now(),
                  out);
      assertThat(counts.rows()).isGreaterThan(100);
    }
    return file;
  }

  private static Map<String, JsonNode> parts(Path file) throws Exception {
    var parts = new TreeMap<String, JsonNode>();
    try (var zip = new ZipFile(file.toFile());
        var in = zip.getInputStream(zip.getEntry("manifest.json"))) {
      Json.MAPPER
          .readTree(in)
          .path("parts")
          .forEach(part -> parts.put(part.path("path").asText(), part));
    }
    return parts;
  }

  @Test
  void every_state_has_a_consult() {
    var states = new TreeSet<String>();
    for (var email : List.of("clinician", "clinician.np", "clinician.cd", "clinician.ki")) {
      var all = get(email + "@demo", "/consults?view=all&limit=100").get("items");
      all.forEach(consult -> states.add(consult.get("status").asText()));
    }
    assertThat(states)
        .containsExactly(
            "accepted",
            "advised",
            "booked",
            "closed",
            "in-discussion",
            "offered",
            "submitted",
            "triaged",
            "withdrawn");
    assertThat(get("clinician@demo", "/requests").get("items")).as("drafts").hasSize(2);
  }

  @Test
  void the_specialist_has_an_offer_and_the_outcome_of_an_earlier_consult() {
    assertThat(texts(get("specialist@demo", "/offers").get("items"), "status")).contains("open");
    assertThat(texts(get("specialist@demo", "/consults?view=closed").get("items"), "status"))
        .contains("closed");
  }

  @Test
  void somebody_is_on_call_for_a_red_consult_at_any_hour() {
    assertThat(texts(get("scheduler@demo", "/volunteers").get("items"), "onCallNow"))
        .contains("true");
  }

  @Test
  void past_weeks_fill_the_reports_and_the_forecast() {
    var from = Instant.now().minus(Duration.ofDays(28)).toString().substring(0, 10);
    var times = get("scheduler@demo", "/reports/times?from=" + from);
    assertThat(times.at("/total/consults").asInt()).as(times.toString()).isGreaterThan(15);
    var rows = get("scheduler@demo", "/roster/heat-map").get("rows");
    assertThat(texts(rows, "ground")).contains("little");
    var year = LocalDate.now(ZoneOffset.UTC).minusDays(15).getYear();
    var service = get("specialist@demo", "/volunteer-service?year=" + year);
    assertThat(service.get("minutes").asInt()).as("hours on call").isGreaterThan(60);
  }

  @Test
  void rotas_have_gaps_and_swaps_in_every_state_that_somebody_waits_for() {
    assertThat(get("scheduler@demo", "/rotas").get("items")).hasSize(5);
    var swaps = get("scheduler@demo", "/shift-swaps").get("items");
    assertThat(texts(swaps, "state")).contains("open").contains("waiting");
  }

  @Test
  void each_page_of_booking_and_of_volunteers_has_something_on_it() {
    var appointments = get("scheduler@demo", "/appointments").get("items");
    assertThat(texts(appointments.at("/0/participants"), "role"))
        .contains("specialist", "clinic", "interpreter", "device");
    assertThat(get("clinician@demo", "/waiting").get("items")).hasSize(1);
    assertThat(get("specialist@demo", "/stand-by").get("items")).hasSize(1);
    assertThat(get("specialist@demo", "/notices").get("items")).isNotEmpty();
    var volunteers = get("volunteers@demo", "/network-volunteers").get("items");
    assertThat(texts(volunteers, "status")).contains("applied", "active");
    assertThat(volunteers.findValuesAsText("state")).contains("claimed", "expiring", "verified");
  }

  @Test
  void everybody_in_the_invitation_can_sign_in() throws Exception {
    var emails =
        invitation.lines().map(String::strip).filter(line -> line.contains("@demo")).toList();
    assertThat(emails).hasSizeGreaterThan(10);
    for (var line : emails) {
      assertThat(signIn(line.split("\\s+")[0]).statusCode()).as(line).isEqualTo(200);
    }
  }

  @Test
  void a_second_start_changes_nothing_and_says_the_same() {
    var before = get("scheduler@demo", "/consults?view=all&limit=100");
    assertThat(prepare()).contains(invitation);
    assertThat(texts(get("scheduler@demo", "/consults?view=all&limit=100").get("items"), "id"))
        .isEqualTo(texts(before.get("items"), "id"));
  }

  private static List<String> texts(JsonNode items, String member) {
    return StreamSupport.stream(items.spliterator(), false)
        .map(item -> item.path(member).asText())
        .toList();
  }

  private static JsonNode get(String email, String path) {
    try {
      var cookie = signIn(email).headers().firstValue("set-cookie").orElseThrow().split(";")[0];
      var request = HttpRequest.newBuilder(url(path)).header("Cookie", cookie).build();
      return Json.MAPPER.readTree(HTTP.send(request, BodyHandlers.ofByteArray()).body());
    } catch (Exception e) {
      throw new AssertionError(path, e);
    }
  }

  private static HttpResponse<byte[]> signIn(String email) throws Exception {
    var password = Files.readString(data.resolve("demo-password")).strip();
    var body = Json.write(Map.of("email", email, "password", password));
    var request =
        HttpRequest.newBuilder(url("/sessions"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
  }

  private static URI url(String path) {
    return URI.create("http://localhost:" + server.port() + "/api/v1" + path);
  }
}
