package org.consilium.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several people take turns on one telephone: what the server gives to whom. */
class TurnsByPinIT {
  private static final String RIGHT = "R".repeat(43);
  private static final String WRONG = "W".repeat(43);

  private static TestPlatform world;
  private static TestHttp http;
  private static TestPerson ada;
  private static TestPerson ben;
  private final UUID vault = UUID.randomUUID();

  @BeforeAll
  static void start() {
    world = TestPlatform.start();
    http = world.serve();
    var clinics = world.organisation("Mara Valley Health", "clinic-network");
    var site = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
    ada = world.person("Ada Osei", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
    ben = world.person("Ben Kiprop", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  /** Everybody types the password anew, and no address has to wait. */
  @BeforeEach
  void signInAnew() {
    world.platform().database().asWorker(tx -> tx.run("DELETE FROM platform.sign_in_failure"));
    http.forgetSessions();
  }

  @Test
  void a_living_session_of_the_owner_alone_is_given_the_secret() {
    var first = open(ada);
    assertThat(first.body().path("pin").asText()).isEqualTo("none");
    assertThat(first.body().path("secret").asText()).hasSize(43);
    assertThat(open(ada).body()).isEqualTo(first.body());

    assertThat(open(ben).code()).isEqualTo("id-taken");
    assertThat(open("").status()).isEqualTo(401);
    assertThat(http.as(ben).delete("/vaults/" + vault).status()).isEqualTo(204);
    assertThat(open(ada).body()).isEqualTo(first.body());

    assertThat(http.as(ada).delete("/vaults/" + vault).status()).isEqualTo(204);
    assertThat(open(ada).body()).isNotEqualTo(first.body());
  }

  @Test
  void a_pin_opens_a_session_and_ends_that_of_who_was_there() {
    var secret = open(ada).body().path("secret").asText();
    assertThat(setPin(ada, "guess").body().at("/errors/0/pointer").asText()).isEqualTo("/password");
    assertThat(setPin(ben, ben.password()).code()).isEqualTo("vault-not-found");
    assertThat(setPin(ada, ada.password()).status()).isEqualTo(204);

    var reply = http.as(ben).post("/sessions/by-pin", proof(RIGHT));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().at("/me/account/name").asText()).isEqualTo("Ada Osei");
    assertThat(reply.body().path("secret").asText()).isEqualTo(secret);
    assertThat(http.as(ben).get("/sessions/current").status()).isEqualTo(401);

    var adas = cookie(reply);
    assertThat(status(adas)).isEqualTo(200);
    world.clock().advance(Duration.ofMinutes(61));
    assertThat(status(adas)).isEqualTo(401);
    assertThat(http.as(ada).get("/sessions/current").status()).isEqualTo(200);
  }

  @Test
  void five_wrong_tries_and_only_the_password_opens() {
    open(ada);
    setPin(ada, ada.password());
    for (int left = 4; left > 0; left--) {
      var wrong = tryPin(WRONG);
      assertThat(wrong.code()).isEqualTo("pin-wrong");
      assertThat(wrong.body().path("detail").asText()).contains("left: " + left);
      assertThat(wrong.body().path("triesLeft").asInt()).isEqualTo(left);
    }
    assertThat(tryPin(WRONG).code()).isEqualTo("pin-over");
    assertThat(tryPin(RIGHT).code()).isEqualTo("pin-over");
    // The session that was open all the while has not typed the password since.
    assertThat(open(ada).body().path("pin").asText()).isEqualTo("over");
    assertThat(tryPin(RIGHT).code()).isEqualTo("pin-over");

    world.clock().advance(Duration.ofMinutes(1));
    http.forgetSessions();
    assertThat(open(ada).body().path("pin").asText()).isEqualTo("good");
    assertThat(tryPin(RIGHT).status()).isEqualTo(200);
  }

  @Test
  void a_password_that_somebody_else_typed_makes_no_pin_good_again() {
    open(ada);
    setPin(ada, ada.password());
    var grant = Map.of("grantType", "password", "email", ada.email(), "password", ada.password());
    var token = http.anonymous().post("/tokens", grant).body().path("accessToken").asText();
    for (int tries = 0; tries < 5; tries++) {
      tryPin(WRONG);
    }
    world.clock().advance(Duration.ofMinutes(1));
    http.forgetSessions();
    var opened =
        http.anonymous()
            .send(
                HttpRequest.newBuilder(http.url("/api/v1/vaults/" + vault))
                    .header("Authorization", "Bearer " + token)
                    .header("Cookie", http.cookie(ben))
                    .PUT(BodyPublishers.noBody()));
    assertThat(opened.body().path("pin").asText()).isEqualTo("over");
    assertThat(tryPin(RIGHT).code()).isEqualTo("pin-over");
  }

  @Test
  void a_pin_lasts_a_day_from_the_password_and_not_from_another_pin() {
    open(ada);
    setPin(ada, ada.password());
    world.clock().advance(Duration.ofHours(23));
    var late = tryPin(RIGHT);
    assertThat(late.status()).isEqualTo(200);
    assertThat(open(cookie(late)).body().path("pin").asText()).isEqualTo("good");
    world.clock().advance(Duration.ofMinutes(59));
    assertThat(status(cookie(late))).isEqualTo(200);
    world.clock().advance(Duration.ofMinutes(2));
    assertThat(status(cookie(late))).isEqualTo(401);
    assertThat(tryPin(RIGHT).code()).isEqualTo("pin-over");
  }

  @Test
  void leaving_everywhere_or_being_suspended_ends_it() throws Exception {
    open(ada);
    setPin(ada, ada.password());
    var byPin = cookie(tryPin(RIGHT));
    assertThat(http.as(ada).delete("/sessions").status()).isEqualTo(204);
    assertThat(status(byPin)).isEqualTo(401);
    assertThat(http.as(ada).get("/sessions/current").status()).isEqualTo(401);
    assertThat(tryPin(RIGHT).code()).isEqualTo("pin-over");

    http.forgetSessions();
    setPin(ada, ada.password());
    active(ada, false);
    try {
      assertThat(tryPin(RIGHT).code()).isEqualTo("pin-over");
    } finally {
      active(ada, true);
    }
    assertThat(tryPin(RIGHT).status()).isEqualTo(200);
    assertThat(http.as(ada).delete("/vaults/" + vault + "/pin").status()).isEqualTo(204);
    assertThat(tryPin(RIGHT).code()).isEqualTo("pin-over");
  }

  @Test
  void guessing_at_browsers_that_are_not_there_slows_down() {
    Reply reply = null;
    for (int i = 0; i < 6; i++) {
      reply =
          http.anonymous()
              .post("/sessions/by-pin", Map.of("vaultId", UUID.randomUUID(), "proof", RIGHT));
    }
    assertThat(reply.status()).isEqualTo(429);
    open(ada);
    setPin(ada, ada.password());
    assertThat(tryPin(RIGHT).status()).isEqualTo(200);
  }

  private Reply open(TestPerson person) {
    return open(http.cookie(person));
  }

  private Reply open(String cookie) {
    return http.anonymous()
        .send(
            HttpRequest.newBuilder(http.url("/api/v1/vaults/" + vault))
                .header("Cookie", cookie)
                .PUT(BodyPublishers.noBody()));
  }

  private Reply setPin(TestPerson person, String password) {
    return http.as(person)
        .put("/vaults/" + vault + "/pin", 0, Map.of("proof", RIGHT, "password", password));
  }

  private Map<String, Object> proof(String proof) {
    return Map.of("vaultId", vault, "proof", proof);
  }

  private Reply tryPin(String proof) {
    return http.anonymous().post("/sessions/by-pin", proof(proof));
  }

  private static String cookie(Reply reply) {
    return reply.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
  }

  private static int status(String cookie) {
    return http.anonymous()
        .send(
            HttpRequest.newBuilder(http.url("/api/v1/sessions/current"))
                .header("Cookie", cookie)
                .GET())
        .status();
  }

  private static void active(TestPerson person, boolean active) throws SQLException {
    var at = world.address();

    try (var connection = DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
        var update =
            connection.prepareStatement("UPDATE platform.account SET active = ? WHERE id = ?")) {
      update.setBoolean(1, active);
      update.setObject(2, person.id().value());
      update.executeUpdate();
    }
  }
}
