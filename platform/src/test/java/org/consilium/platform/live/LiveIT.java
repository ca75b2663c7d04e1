package org.consilium.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LiveIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static TestPlatform world;
  private static TestHttp http;
  private static TestPerson clinician;
  private static TestPerson specialist;
  private static TestPerson stranger;

  @BeforeAll
  static void start() {
    world = TestPlatform.start();
    http = world.serve();
    var mara = world.organisation("Mara Valley Health", "clinic-network");
    var volunteers = world.organisation("Doctors Afar", "volunteer-network");
    clinician = world.person("Ada Osei", mara, Role.CLINICIAN);
    specialist = world.person("Ines Lopes", volunteers, Role.SPECIALIST);
    stranger = world.person("Omar Other", volunteers, Role.SPECIALIST);
  }

  @AfterAll
  static void stop() throws Exception {
    CLIENT.shutdownNow();
    world.close();
  }

  /** An open page: the lines it has been sent. */
  private record Page(InputStream in, LinkedBlockingQueue<String> lines) {
    static Page of(TestPerson person) throws Exception {
      return of(
          HttpRequest.newBuilder(http.url("/api/v1/live")).header("Cookie", http.cookie(person)));
    }

    static Page of(HttpRequest.Builder request) throws Exception {
      var response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
      var page = new Page(response.body(), new LinkedBlockingQueue<>());
      Thread.ofVirtual().start(page::read);
      page.await(": welcome");
      return page;
    }

    private void read() {
      try (var reader = new BufferedReader(new InputStreamReader(in))) {
        reader.lines().filter(line -> !line.isEmpty()).forEach(lines::add);
        lines.add("ended");
      } catch (IOException | RuntimeException closed) {
        lines.add("closed");
      }
    }

    /** The lines up to the one that contains {@code text}. */
    List<String> await(String text) throws InterruptedException {
      var before = new ArrayList<String>();
      while (true) {
        var line = lines.poll(20, TimeUnit.SECONDS);
        if (line == null) {
          throw new AssertionError("no " + text + " after " + before);
        }
        before.add(line);
        if (line.contains(text)) {
          return before;
        }
      }
    }
  }

  private static UUID tell(TestPerson owner, List<AccountId> alsoTo) {
    var id = UUID.randomUUID();
    world
        .platform()
        .database()
        .inTransaction(
            owner.caller(),
            tx -> {
              world.platform().changes().tell(tx, "consult", id, owner.organisation(), alsoTo);
              return id;
            });
    return id;
  }

  @Test
  void hints_reach_the_owner_and_who_is_named_and_nobody_else() throws Exception {
    var owners = Page.of(clinician);
    var named = Page.of(specialist);
    var others = Page.of(stranger);
    var id = tell(clinician, List.of(specialist.id()));
    assertThat(owners.await(id.toString()).getLast()).contains("\"topic\":\"consult\"");
    named.await(id.toString());
    var last = tell(stranger, List.of());
    assertThat(others.await(last.toString())).noneMatch(line -> line.contains(id.toString()));
  }

  @Test
  void a_hint_follows_a_commit_only() throws Exception {
    var page = Page.of(clinician);
    var undone = UUID.randomUUID();
    try {
      world
          .platform()
          .database()
          .inTransaction(
              clinician.caller(),
              tx -> {
                world
                    .platform()
                    .changes()
                    .tell(tx, "consult", undone, clinician.organisation(), List.of());
                throw new IllegalStateException("the act failed");
              });
    } catch (IllegalStateException meant) {
      // The act failed.
    }
    var done = tell(clinician, List.of());
    assertThat(page.await(done.toString())).noneMatch(line -> line.contains(undone.toString()));
  }

  @Test
  void a_thousand_named_people_do_not_break_the_act() throws Exception {
    var named = new ArrayList<AccountId>();
    for (int i = 0; i < 1_000; i++) {
      named.add(AccountId.random());
    }
    named.add(specialist.id());
    var page = Page.of(specialist);
    page.await(tell(clinician, named).toString());
  }

  @Test
  void a_stream_ends_within_five_seconds_of_its_sign_in() throws Exception {
    var osei = world.person("Kofi Osei", clinician.organisation(), Role.CLINICIAN);
    var tokens =
        http.anonymous()
            .post(
                "/tokens",
                Map.of(
                    "grantType", "password", "email", osei.email(), "password", osei.password()));
    var page = Page.of(osei);
    var program =
        Page.of(
            HttpRequest.newBuilder(http.url("/api/v1/live"))
                .header("Authorization", "Bearer " + tokens.body().path("accessToken").asText()));
    var other = Page.of(clinician);
    assertThat(http.as(osei).delete("/sessions").status()).isEqualTo(204);
    page.await("ended");
    program.await("ended");
    other.await(tell(clinician, List.of()).toString());
  }

  @Test
  void who_is_not_signed_in_gets_a_problem() {
    var reply = http.anonymous().get("/live");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.code()).isEqualTo("not-signed-in");
  }

  @Test
  void after_the_listener_was_cut_off_pages_are_told_to_fetch_again() throws Exception {
    var page = Page.of(clinician);
    page.await(tell(clinician, List.of()).toString());
    cutListener();
    page.await("event: resync");
    page.await(tell(clinician, List.of()).toString());
  }

  private static void cutListener() throws SQLException {
    var address = world.address();
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement();
        var cut =
            statement.executeQuery(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND query LIKE 'LISTEN%'
                """)) {
      assertThat(cut.next()).isTrue();
    }
  }
}
