package org.consilium.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdentityIT {
  private static TestPlatform world;
  private static TestHttp http;
  private static TestPerson ada;

  @BeforeAll
  static void start() {
    world = TestPlatform.start();
    http = world.serve();
    var clinics = world.organisation("Mara Valley Health", "clinic-network");
    var site = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
    ada = world.person("Ada Osei", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
    world
        .platform()
        .database()
        .asWorker(tx ->
            world
                .platform()
                .accounts()
                .membership(tx, ada.id(), clinics, Role.SCHEDULER, java.util.Optional.empty()));
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  private static Map<String, String> password(String password) {
    return Map.of("email", ada.email().toUpperCase(), "password", password);
  }

  @Test
  void a_session_says_who_is_signed_in_and_ends_at_sign_out() {
    var client = http.as(ada);
    var me = client.get("/sessions/current");
    assertThat(me.status()).isEqualTo(200);
    assertThat(me.body().at("/membership/role").asText()).isEqualTo("clinician");
    assertThat(me.body().at("/membership/site/name").asText()).isEqualTo("Olkeri");
    assertThat(me.body().at("/memberships")).hasSize(2);

    var reply = http.anonymous().post("/sessions", password(ada.password()));
    var cookie = reply.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("Secure").contains("SameSite=Strict");
    var own =
        HttpRequest.newBuilder(http.url("/api/v1/sessions/current"))
            .header("Cookie", cookie.split(";")[0]);
    assertThat(client.send(own.copy().GET()).status()).isEqualTo(200);
    assertThat(client.send(own.copy().DELETE()).status()).isEqualTo(204);
    assertThat(client.send(own.copy().GET()).code()).isEqualTo("not-signed-in");
  }

  @Test
  void a_person_goes_on_in_another_role() {
    var reply = http.anonymous().post("/sessions", password(ada.password()));
    var cookie = reply.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
    var scheduler = reply.body().at("/memberships/1/id").asText();
    var switched =
        http.anonymous()
            .send(
                HttpRequest.newBuilder(http.url("/api/v1/sessions/current"))
                    .header("Cookie", cookie)
                    .header("Content-Type", "application/json")
                    .method(
                        "PATCH",
                        BodyPublishers.ofString("{\"membershipId\":\"" + scheduler + "\"}")));
    assertThat(switched.body().at("/membership/role").asText()).isEqualTo("scheduler");
  }

  @Test
  void a_person_chooses_the_language_of_their_pages() {
    var client = http.as(ada);
    var chosen = client.put("/account/language", 0, Map.of("language", "sw"));
    assertThat(chosen.status()).isEqualTo(200);
    assertThat(chosen.body().at("/account/language").asText()).isEqualTo("sw");
    assertThat(client.get("/sessions/current").body().at("/account/language").asText())
        .isEqualTo("sw");
    assertThat(client.put("/account/language", 0, Map.of("language", "!")).status()).isEqualTo(400);
    assertThat(http.anonymous().put("/account/language", 0, Map.of("language", "fr")).status())
        .isEqualTo(401);
  }

  @Test
  void wrong_passwords_and_unknown_names_read_the_same_and_slow_down() {
    var wrong = http.anonymous().post("/sessions", Map.of("email", "x@y", "password", "no"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.code()).isEqualTo("sign-in-refused");
    for (int i = 0; i < 4; i++) {
      http.anonymous().post("/sessions", Map.of("email", "x@y", "password", "no"));
    }
    var slowed = http.anonymous().post("/sessions", Map.of("email", "x@y", "password", "no"));
    assertThat(slowed.status()).isEqualTo(429);
    assertThat(slowed.headers().firstValue("retry-after")).isPresent();
    assertThat(http.anonymous().post("/sessions", password(ada.password())).status())
        .isEqualTo(200);
    world.clock().advance(Duration.ofMinutes(1));
    assertThat(
            http.anonymous().post("/sessions", Map.of("email", "x@y", "password", "no")).status())
        .isEqualTo(401);
  }

  @Test
  void bearer_tokens_work_and_a_refresh_token_used_twice_ends_its_family() {
    var issued =
        http.anonymous()
            .post(
                "/tokens",
                Map.of("grantType", "password", "email", ada.email(), "password", ada.password()));
    assertThat(issued.status()).isEqualTo(200);
    var access = issued.body().path("accessToken").asText();
    var me =
        http.anonymous()
            .send(
                HttpRequest.newBuilder(http.url("/api/v1/sessions/current"))
                    .header("Authorization", "Bearer " + access)
                    .GET());
    assertThat(me.body().at("/account/name").asText()).isEqualTo("Ada Osei");

    var refresh =
        Map.of(
            "grantType",
            "refresh_token",
            "refreshToken",
            issued.body().path("refreshToken").asText());
    var next = http.anonymous().post("/tokens", refresh);
    assertThat(next.status()).isEqualTo(200);
    assertThat(http.anonymous().post("/tokens", refresh).code()).isEqualTo("token-refused");
    var successor =
        Map.of(
            "grantType",
            "refresh_token",
            "refreshToken",
            next.body().path("refreshToken").asText());
    assertThat(http.anonymous().post("/tokens", successor).code()).isEqualTo("token-refused");

    var forged = access.substring(0, access.length() - 4) + "AAAA";
    assertThat(
            http.anonymous()
                .send(
                    HttpRequest.newBuilder(http.url("/api/v1/sessions/current"))
                        .header("Authorization", "Bearer " + forged)
                        .GET())
                .status())
        .isEqualTo(401);
  }

  @Test
  void odd_requests_get_a_problem_that_names_the_field() {
    var unknown =
        http.anonymous().post("/sessions", Map.of("email", "a", "password", "b", "c", "d"));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body().at("/errors/0/pointer").asText()).isEqualTo("/c");
    var missing = http.anonymous().post("/sessions", Map.of("email", "a"));
    assertThat(missing.body().at("/errors/0/pointer").asText()).isEqualTo("/password");
    assertThat(http.anonymous().post("/sessions", "{nonsense").code()).isEqualTo("malformed");
    assertThat(http.anonymous().post("/sessions", "x".repeat(300_000)).code())
        .isEqualTo("too-large");
    assertThat(http.anonymous().get("/nothing/here").code()).isEqualTo("no-such-page");
    assertThat(http.anonymous().get("/sites").code()).isEqualTo("not-signed-in");
    assertThat(http.as(ada).get("/audit-events").code()).isEqualTo("not-for-your-role");
    var foreign =
        http.anonymous()
            .send(
                HttpRequest.newBuilder(http.url("/api/v1/sessions"))
                    .header("Content-Type", "application/json")
                    .header("Origin", "https://evil.example")
                    .POST(BodyPublishers.ofString("{}")));
    assertThat(foreign.code()).isEqualTo("cross-site");
    var text =
        http.anonymous()
            .send(
                HttpRequest.newBuilder(http.url("/api/v1/sessions"))
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("{}")));
    assertThat(text.code()).isEqualTo("json-only");
  }
}
