package org.consilium.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.Migrations.DatabaseUnusable;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.Durability;
import org.consilium.platform.database.embedded.EmbeddedPostgres;
import org.consilium.platform.http.HttpFront;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.Accounts.NewAccount;
import org.consilium.platform.identity.Organisation;
import org.consilium.platform.identity.Role;
import org.consilium.platform.live.LiveHub;
import org.consilium.platform.testing.TestFolders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server of its own, which the tests kill; it starts itself again. */
class DatabaseAwayIT {
  private static final Path FOLDER = Path.of("target", "postgres");
  private static final Path DATA = FOLDER.resolve("away-" + ProcessHandle.current().pid());
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String SIGN_IN =
      "{\"email\":\"ada@test\",\"password\":\"a long enough pass phrase\"}";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static EmbeddedPostgres postgres;
  private static Vertx vertx;
  private static Platform platform;
  private static HttpServer server;

  @BeforeAll
  static void start() {
    postgres = EmbeddedPostgres.start(DATA, Durability.DURABLE, FOLDER.resolve("binaries"));
    Migrations.run(postgres.address(), List.of(Platform.SCHEMA));
    vertx = Vertx.vertx();
    platform = new Platform(vertx, postgres.address(), Clock.systemUTC(), Signer.ephemeral());
    platform
        .database()
        .asWorker(tx -> {
          var mara = OrganisationId.random();
          var ada = AccountId.random();
          var zone = ZoneId.of("Africa/Nairobi");
          var accounts = platform.accounts();
          accounts.organisation(tx, new Organisation(mara, "Mara", zone, "clinic-network"));
          accounts.account(
              tx,
              new NewAccount(
                  ada, "Ada", "ada@test", zone, "en", "a long enough pass phrase", null, null));
          return accounts.membership(tx, ada, mara, Role.CLINICIAN, Optional.empty());
        });
    var live = new LiveHub(vertx, platform.database(), platform.identity());
    live.listen(postgres.address());
    var front = new HttpFront(vertx, platform, Optional.empty(), false);
    var router = Await.on(front.router(List.of(platform.routes()), live));
    server =
        Await.on(
            vertx
                .createHttpServer(HttpFront.options())
                .requestHandler(router)
                .listen(0, "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    CLIENT.close();
    Await.on(server.close());
    platform.close();
    Await.on(vertx.close());
    postgres.close();
    TestFolders.delete(DATA);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request, String path)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + server.actualPort() + path);
    return CLIENT.send(request.uri(uri).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> signIn() throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(SIGN_IN)),
        "/api/v1/sessions");
  }

  private static int sessions() {
    return platform.database().asWorker(tx -> tx.rows("SELECT 1 FROM platform.session")).size();
  }

  @Test
  void requests_get_503_while_the_database_is_away_and_work_again_by_themselves() throws Exception {
    assertThat(signIn().statusCode()).isEqualTo(200);
    assertThat(send(HttpRequest.newBuilder(), "/health/ready").statusCode()).isEqualTo(200);
    int before = sessions();

    kill(postgres.pid());
    var away = signIn();
    assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
    assertThat(away.body()).contains("\"code\":\"database-away\"");
    assertThat(away.headers().firstValue("retry-after")).contains("3");
    assertThat(send(HttpRequest.newBuilder(), "/health/ready").statusCode()).isEqualTo(503);
    assertThat(send(HttpRequest.newBuilder(), "/health/live").statusCode()).isEqualTo(200);
    var live = send(HttpRequest.newBuilder(), "/api/v1/live");
    assertThat(live.statusCode()).isEqualTo(503);

    int succeeded = 0;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (succeeded == 0) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      var again = signIn();
      assertThat(again.statusCode()).as(again.body()).isIn(200, 503);
      succeeded += again.statusCode() == 200 ? 1 : 0;
    }
    assertThat(sessions()).isEqualTo(before + 1);
    assertThat(send(HttpRequest.newBuilder(), "/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void a_database_that_hangs_is_away_too_and_nothing_waits_for_ever() throws Exception {
    assertThat(signIn().statusCode()).isEqualTo(200);
    int before = sessions();

    signal("STOP");
    try {
      var away = signIn();
      assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
      assertThat(away.body()).contains("\"code\":\"database-away\"");
    } finally {
      signal("CONT");
    }
    assertThat(signIn().statusCode()).isEqualTo(200);
    assertThat(sessions()).isEqualTo(before + 1);
  }

  /** To the server and to all that it started. */
  private static void signal(String name) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kill", "-s", name, Long.toString(postgres.pid())));
    ProcessHandle.of(postgres.pid())
        .orElseThrow()
        .descendants()
        .forEach(child -> command.add(Long.toString(child.pid())));
    new ProcessBuilder(command).start().waitFor();
  }

  private static void kill(long pid) {
    var process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  @Test
  void a_server_that_cannot_be_reached_is_one_clear_sentence() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var nowhere = new DatabaseAddress("127.0.0.1", port, "consilium", "secret", "consilium");
    assertThatThrownBy(() -> Migrations.run(nowhere, List.of(Platform.SCHEMA)))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageStartingWith("The database at 127.0.0.1:" + port + " cannot be used: ")
        .hasMessageContaining("refused")
        .hasMessageNotContaining("secret");
  }

  @Test
  void a_wrong_password_is_one_clear_sentence() {
    var good = postgres.address();
    var wrong =
        new DatabaseAddress(good.host(), good.port(), good.user(), "wrong", good.database());
    assertThatThrownBy(() -> Migrations.run(wrong, List.of(Platform.SCHEMA)))
        .isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("password authentication failed")
        .hasMessageNotContaining("wrong");
  }
}
