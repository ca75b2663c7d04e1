package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.consilium.deploy.drill.Node;
import org.consilium.deploy.verify.KeptNotes;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server, killed while somebody signs: each note is whole, or was never signed. */
class SigningKilledIT {
  private static final int KILLS = 2;

  /** The kill falls into this signature. */
  private static final int SIGNATURES = 3;

  private final HttpClient http = HttpClient.newHttpClient();
  private final ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
  private @TempDir Path data;
  private ConsultId consult;
  private String password;
  private Node node;
  private String cookie;

  @Test
  void what_was_answered_is_kept_and_nothing_is_half() throws Exception {
    try (var care = new CareWorld()) {
      consult = care.accepted();
      password = care.ines.password();
      var address = care.world.address();
      node =
          new Node(
              Path.of("target", "consilium.jar").toAbsolutePath(),
              freePort(),
              data.resolve("server.log"),
              Map.of(
                  "CONSILIUM_DATA",
                  data.toString(),
                  "CONSILIUM_DEMO",
                  "false",
                  "CONSILIUM_DATABASE_URL",
                  "postgresql://%s:%s@%s:%d/%s"
                      .formatted(
                          address.user(),
                          address.password(),
                          address.host(),
                          address.port(),
                          address.database())));
      try (Node _ = node) {
        for (int kill = 0; kill < KILLS; kill++) {
          node.start();
          node.awaitReady();
          cookie = signIn(care.ines.email());
          killWhileSigning();
        }
      }
      try (var connection =
          DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
          statement.execute("SET LOCAL ROLE consilium_worker");
          var kept = new HashSet<String>();
          var rows = statement.executeQuery("SELECT id FROM records.note_version");
          while (rows.next()) {
            kept.add(rows.getString("id"));
          }
          assertThat(answered).hasSizeGreaterThanOrEqualTo(KILLS * (SIGNATURES - 1));
          assertThat(kept).containsAll(answered);
          assertThat(kept.size() - answered.size()).as("without an answer").isBetween(0, KILLS);
          var half =
              statement.executeQuery(
                  """
                  SELECT (SELECT count(*) FROM records.note_version v
                           WHERE NOT EXISTS (SELECT FROM records.recommendation r WHERE r.note_id = v.id))
                       + (SELECT count(*) FROM records.note_version v
                            JOIN records.note_draft d ON d.id = v.draft_id)
                  """);
          half.next();
          assertThat(half.getLong(1)).isZero();
        }
        var faults = new ArrayList<String>();
        var keys = Signer.publicKeys(data.resolve("keys").resolve("public"));
        assertThat(KeptNotes.check(connection, keys, faults::add)).isPositive();
        assertThat(faults).isEmpty();
      }
    }
  }

  private void killWhileSigning() throws Exception {
    var inTheLast = new CountDownLatch(1);
    var writer =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int i = 1; ; i++) {
                  signOne(i == SIGNATURES ? inTheLast : new CountDownLatch(1));
                }
              } catch (IOException killed) {
                // As meant.
                inTheLast.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThat(inTheLast.await(60, TimeUnit.SECONDS)).isTrue();
    node.kill();
    writer.join();
  }

  private void signOne(CountDownLatch sending) throws IOException, InterruptedException {
    var path = "/consults/" + consult + "/notes";
    var draft = UUID.randomUUID().toString();
    var advice = Map.of("kind", "no-change", "text", "Go on.", "urgency", "routine");
    var content =
        Map.of("language", "en", "answer", "As before.", "recommendations", List.of(advice));
    var typed = new HashMap<String, Object>(Map.of("deviceId", draft, "kind", "note"));
    typed.putAll(Map.of("seenVersion", 1_000_000, "content", content));
    send(request(path + "/drafts/" + draft).header("If-Match", "\"0\"").PUT(body(typed)), 200);
    var act = Map.of("kind", "note", "draftId", draft, "revision", 1);
    var shown = send(request(path + "/preview").POST(body(act)), 200);
    var signature = new HashMap<String, Object>(Map.of("draftId", draft, "revision", 1));
    signature.put("shownSha256", shown.path("sha256").asText());
    signature.put("password", password);
    sending.countDown();
    answered.add(send(request(path).POST(body(signature)), 201).path("id").asText());
  }

  private String signIn(String email) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port + "/api/v1/sessions"))
            .header("Content-Type", "application/json")
            .POST(body(Map.of("email", email, "password", password)))
            .build();
    return http.send(request, BodyHandlers.ofString())
        .headers()
        .firstValue("set-cookie")
        .orElseThrow()
        .split(";", -1)[0];
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port + "/api/v1" + path))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .header("Cookie", cookie);
  }

  private JsonNode send(HttpRequest.Builder request, int status)
      throws IOException, InterruptedException {
    var response = http.send(request.build(), BodyHandlers.ofByteArray());
    if (response.statusCode() != status) {
      throw new AssertionError(new String(response.body(), StandardCharsets.UTF_8));
    }
    return Json.MAPPER.readTree(response.body());
  }

  private static HttpRequest.BodyPublisher body(Object value) {
    return BodyPublishers.ofByteArray(Json.write(value));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
