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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.deploy.drill.Node;
import org.consilium.platform.access.Relation;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.testing.TestPerson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged server is killed while many sign at once. What it had answered is kept and verifies;
 * what it had not is whole or was never signed; no text that it had taken is gone. Between two
 * kills another key takes over: what the first one signed holds all the same.
 */
class SigningKilledIT {
  private static final int KILLS = 2;
  private static final int CONSULTS = 3;

  /** Answered between a start and its kill, all authors together. */
  private static final int SIGNATURES = 6;

  private static final int LATER_MILLIS_MAX = 150;

  private final Random random = new Random(4);
  private final HttpClient http = HttpClient.newHttpClient();

  /** The server said that it keeps this. */
  private final Set<String> taken = ConcurrentHashMap.newKeySet();

  /** The server said that this is signed: its words by the id of the note. */
  private final Map<String, String> answered = new ConcurrentHashMap<>();

  /** Sent to be signed and not answered yet. */
  private final AtomicInteger open = new AtomicInteger();

  private final AtomicInteger words = new AtomicInteger();
  @TempDir private Path data;
  private Node node;

  @Test
  void what_was_answered_is_kept_and_nothing_is_half() throws Exception {
    try (var care = new CareWorld()) {
      var consults = new ArrayList<ConsultId>();
      for (int i = 0; i < CONSULTS; i++) {
        consults.add(care.accepted());
        join(care, care.arjun, consults.getLast());
      }
      var authors = List.of(care.ines, care.arjun);
      var address = care.world.address();
      node = node(address);
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          node.start();
          node.awaitReady();
          killWhileSigning(consults, authors);
          assertThat(open).as("signatures in the middle of which it was killed").hasPositiveValue();
          open.set(0);
          Files.delete(data.resolve("keys").resolve("ed25519.key"));
        }
        node.start();
        node.awaitReady();
        nothingIsLost(consults, authors);
      } finally {
        node.close();
      }
      everySignatureIsWhole(address);
      assertThat(Signer.publicKeys(data.resolve("keys").resolve("public"))).hasSize(KILLS + 1);
      verifies(address);
    }
  }

  private Node node(DatabaseAddress address) throws IOException {
    var settings = settings(address);
    return new Node(
        Path.of("target", "consilium.jar").toAbsolutePath(),
        freePort(),
        Path.of("target", "signing-killed.log"),
        settings);
  }

  private Map<String, String> settings(DatabaseAddress address) {
    return Map.of(
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
                address.database()));
  }

  /** Every author writes in every consult at once, until the server is gone. */
  private void killWhileSigning(List<ConsultId> consults, List<TestPerson> authors)
      throws Exception {
    int until = answered.size() + SIGNATURES;
    var killed = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<?>>();
      for (var author : authors) {
        var cookie = signIn(author);
        for (var consult : consults) {
          writers.add(threads.submit(() -> write(consult, cookie, author.password(), killed)));
        }
      }
      while (answered.size() < until || open.get() == 0) {
        for (var writer : writers) {
          assertThat(writer.isDone()).as("a writer that gave up").isFalse();
        }
        Thread.sleep(1);
      }
      Thread.sleep(random.nextInt(LATER_MILLIS_MAX));
      killed.set(true);
      node.kill();
      for (var writer : writers) {
        writer.get(20, TimeUnit.SECONDS);
      }
    }
  }

  /** Notes one after the other, until the link breaks off. */
  private Void write(ConsultId consult, String cookie, String password, AtomicBoolean killed)
      throws Exception {
    try {
      while (true) {
        signOne(consult, cookie, password);
      }
    } catch (IOException e) {
      if (!killed.get()) {
        throw e;
      }
      return null;
    }
  }

  private void signOne(ConsultId consult, String cookie, String password) throws Exception {
    var path = "/consults/" + consult + "/notes";
    var draft = UUID.randomUUID().toString();
    var text = "w" + words.getAndIncrement();
    send(
        request(path + "/drafts/" + draft, cookie)
            .header("If-Match", "\"0\"")
            .PUT(body(typed(draft, text))),
        200);
    taken.add(text);
    var act = new HashMap<String, Object>(Map.of("draftId", draft, "revision", 1));
    act.put("kind", "note");
    var shown = send(request(path + "/preview", cookie).POST(body(act)), 200);
    act.remove("kind");
    act.put("shownSha256", shown.path("sha256").asText());
    act.put("password", password);
    open.incrementAndGet();
    var signed = send(request(path, cookie).POST(body(act)), 201);
    answered.put(signed.path("id").asText(), text);
    open.decrementAndGet();
  }

  private static Map<String, Object> typed(String draft, String text) {
    var advice = Map.of("kind", "no-change", "text", "Go on.", "urgency", "routine");
    var content = Map.of("language", "en", "answer", text, "recommendations", List.of(advice));
    return Map.of("deviceId", draft, "kind", "note", "seenVersion", 1_000_000, "content", content);
  }

  /** As the authors read it once the server is up again. */
  private void nothingIsLost(List<ConsultId> consults, List<TestPerson> authors) throws Exception {
    var signed = new HashMap<String, String>();
    var drafts = new ArrayList<String>();
    for (var author : authors) {
      var cookie = signIn(author);
      for (var consult : consults) {
        var page = send(request("/consults/" + consult + "/notes", cookie).GET(), 200);
        for (var note : page.path("signed")) {
          signed.put(note.path("id").asText(), note.at("/content/answer").asText());
        }
        page.path("drafts").forEach(draft -> drafts.add(draft.at("/content/answer").asText()));
      }
    }
    assertThat(signed).containsAllEntriesOf(answered);
    var found = new ArrayList<>(signed.values());
    found.addAll(drafts);
    assertThat(found).as("each text in one place alone").doesNotHaveDuplicates();
    assertThat(found).containsAll(taken);
  }

  /** A signature is its row, its recommendations, its line in the trail and its event, or none. */
  private static void everySignatureIsWhole(DatabaseAddress address) throws SQLException {
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute("SET ROLE consilium_worker");
      var rows =
          statement.executeQuery(
              """
              SELECT v.id FROM records.note_version v
               WHERE (SELECT count(*) FROM records.recommendation r WHERE r.note_id = v.id) <> 1
                  OR (SELECT count(*) FROM platform.audit_event a
                       WHERE a.action = 'note.sign' AND a.subject = 'note:' || v.id) <> 1
                  OR (SELECT count(*) FROM platform.outbox_event e
                       WHERE e.name = 'NoteSigned' AND e.body->>'note' = v.id::text) <> 1
                  OR EXISTS (SELECT FROM records.note_draft d WHERE d.id = v.draft_id)
              """);
      var half = new HashSet<String>();
      while (rows.next()) {
        half.add(rows.getString("id"));
      }
      assertThat(half).isEmpty();
    }
  }

  /** With the command that an operator would use. */
  private void verifies(DatabaseAddress address) throws Exception {
    var command = new ProcessBuilder(Path.of("verify-notes").toAbsolutePath().toString());
    command.environment().putAll(settings(address));
    var process = command.redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("signed versions checked, 0 faults");
  }

  private static void join(CareWorld care, TestPerson person, ConsultId consult) {
    care.asServer(
        tx -> care.world.platform().careTeam().join(tx, consult, person.id(), Relation.SPECIALIST));
  }

  private String signIn(TestPerson person) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port + "/api/v1/sessions"))
            .header("Content-Type", "application/json")
            .POST(body(Map.of("email", person.email(), "password", person.password())))
            .build();
    return http.send(request, BodyHandlers.discarding())
        .headers()
        .firstValue("set-cookie")
        .orElseThrow()
        .split(";", -1)[0];
  }

  private HttpRequest.Builder request(String path, String cookie) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port + "/api/v1" + path))
        .header("Content-Type", "application/json")
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .header("Cookie", cookie);
  }

  private JsonNode send(HttpRequest.Builder request, int status)
      throws IOException, InterruptedException {
    var response = http.send(request.build(), BodyHandlers.ofByteArray());
    assertThat(response.statusCode())
        .as(new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(status);
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
