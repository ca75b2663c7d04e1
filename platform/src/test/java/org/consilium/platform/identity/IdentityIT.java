package org.consilium.platform.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
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
  private static TestPerson ben;
  private static final List<AccountId> NEW_DEVICES = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() {
    world = TestPlatform.start();
    world
        .platform()
        .events()
        .on(
            NewDevice.class,
            "a-new-device-is-heard-of",
            (_, e) -> {
              if (e.account().equals(ben.id())) {
                NEW_DEVICES.add(e.account());
              }
            });
    http = world.serve();
    var clinics = world.organisation("Mara Valley Health", "clinic-network");
    var site = world.site(clinics, "Olkeri", "Africa/Nairobi", "KE");
    ada = world.person("Ada Osei", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
    ben = world.person("Ben Osei", clinics, Role.CLINICIAN, site, "Africa/Nairobi");
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

  private static TestHttp.Reply issueToken() {
    return issueToken(ada);
  }

  private static TestHttp.Reply issueToken(TestPerson person) {
    return http.anonymous()
        .post(
            "/tokens",
            Map.of(
                "grantType", "password", "email", person.email(), "password", person.password()));
  }

  private static TestHttp.Reply refresh(TestHttp.Reply issued) {
    return http.anonymous()
        .post(
            "/tokens",
            Map.of(
                "grantType",
                "refresh_token",
                "refreshToken",
                issued.body().path("refreshToken").asText()));
  }

  private static HttpRequest.Builder bearing(TestHttp.Reply issued, String path) {
    return HttpRequest.newBuilder(http.url("/api/v1" + path))
        .header("Authorization", "Bearer " + issued.body().path("accessToken").asText());
  }

  private static TestHttp.Reply whoAmI(TestHttp.Reply issued) {
    return http.anonymous().send(bearing(issued, "/sessions/current").GET());
  }

  private static TestHttp.Reply signIn(
      String address, String email, String password, String... cookies) {
    return http.anonymous()
        .send(
            HttpRequest.newBuilder(http.url("/api/v1/sessions"))
                .header("Content-Type", "application/json")
                .header("Cookie", String.join("; ", cookies))
                .header("X-Forwarded-For", address)
                .POST(
                    BodyPublishers.ofByteArray(
                        Json.write(Map.of("email", email, "password", password)))));
  }

  private static String deviceOf(TestHttp.Reply signedIn) {
    return signedIn.headers().allValues("set-cookie").stream()
        .filter(cookie -> cookie.startsWith(KnownDevices.COOKIE))
        .findFirst()
        .orElseThrow()
        .split(";")[0];
  }

  @Test
  void no_stranger_locks_anybody_out_of_a_device_of_their_own() {
    var device = deviceOf(signIn("198.51.100.1", ada.email(), ada.password()));
    // From ever other addresses, so that none of them has to wait for its own.
    int guesses = 0;
    while (signIn("2001:db8:0:" + guesses + "::7", ada.email(), "no").status() == 401) {
      guesses++;
    }
    assertThat(guesses).isEqualTo(20);
    assertThat(signIn("198.51.100.9", ada.email(), ada.password()).status()).isEqualTo(429);
    var own = signIn("198.51.100.9", ada.email(), ada.password(), device);
    assertThat(own.status()).isEqualTo(200);
    assertThat(deviceOf(own)).isEqualTo(device);

    // What a browser is known by helps with nobody else's account, and slows down its own guesses.
    for (int i = 0; i < 5; i++) {
      assertThat(signIn("198.51.100.9", ada.email(), "no", device).status()).isEqualTo(401);
    }
    assertThat(signIn("198.51.100.9", ada.email(), ada.password(), device).status()).isEqualTo(429);
    world.clock().advance(Duration.ofMinutes(1));
    assertThat(signIn("198.51.100.9", ada.email(), ada.password(), device).status()).isEqualTo(200);
    assertThat(signIn("198.51.100.8", ada.email(), ada.password()).status()).isEqualTo(200);
  }

  @Test
  void who_tries_many_names_has_to_wait_wherever_in_their_network() {
    int tried = 0;
    while (signIn("2001:db8:ffff:1::" + tried, "name" + tried + "@y", "no").status() == 401) {
      tried++;
    }
    assertThat(tried).isEqualTo(30);
    assertThat(signIn("2001:db8:ffff:2::1", "other@y", "no").status()).isEqualTo(401);
    // One wrong try is forgotten each minute, however many right ones come meanwhile.
    world.clock().advance(Duration.ofMinutes(1));
    for (int i = 0; i < 8; i++) {
      assertThat(signIn("2001:db8:ffff:1::1", ada.email(), ada.password()).status()).isEqualTo(200);
      world.clock().advance(Duration.ofSeconds(20));
    }
    int free = 0;
    while (signIn("2001:db8:ffff:1::2", "late" + free + "@y", "no").status() == 401) {
      free++;
    }
    assertThat(free).isEqualTo(3);
  }

  @Test
  void a_sign_in_from_another_device_is_news_and_the_first_is_not() {
    var first = deviceOf(signIn("203.0.113.1", ben.email(), ben.password()));
    signIn("203.0.113.2", ben.email(), ben.password(), first);
    world.platform().delivery().deliverDue();
    assertThat(NEW_DEVICES).isEmpty();
    var other = deviceOf(signIn("203.0.113.1", ben.email(), ben.password()));
    assertThat(other).isNotEqualTo(first);
    world.platform().delivery().deliverDue();
    assertThat(NEW_DEVICES).containsExactly(ben.id());
    // One cookie serves all who share a device.
    assertThat(deviceOf(signIn("203.0.113.1", ada.email(), ada.password(), first)))
        .isEqualTo(first);
    var forged = KnownDevices.COOKIE + "=x' OR '1'='1";
    assertThat(deviceOf(signIn("203.0.113.1", ben.email(), ben.password(), forged)))
        .isNotEqualTo(forged);
  }

  @Test
  void bearer_tokens_work_and_a_refresh_token_used_twice_ends_its_family() {
    var issued = issueToken();
    assertThat(issued.status()).isEqualTo(200);
    assertThat(whoAmI(issued).body().at("/account/name").asText()).isEqualTo("Ada Osei");

    var next = refresh(issued);
    assertThat(next.status()).isEqualTo(200);
    assertThat(whoAmI(next).status()).isEqualTo(200);
    var lines = reuseLines();
    world.clock().advance(Duration.ofSeconds(11));
    assertThat(refresh(issued).code()).isEqualTo("token-refused");
    // The family is over at once, for what it gave out before too.
    assertThat(whoAmI(next).code()).isEqualTo("not-signed-in");
    assertThat(refresh(next).code()).isEqualTo("token-refused");
    assertThat(refresh(issued).code()).isEqualTo("token-refused");
    assertThat(reuseLines()).isEqualTo(lines + 1);

    var access = issued.body().path("accessToken").asText();
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

  private static long reuseLines() {
    return world
        .platform()
        .database()
        .asWorker(tx ->
            tx.one(
                    """
                    SELECT count(*) AS n FROM platform.audit_event
                     WHERE action = 'token.reuse' AND actor_id = $1 AND organisation_id IS NOT NULL
                    """,
                    ada.id())
                .orElseThrow()
                .getLong("n"));
  }

  @Test
  void who_lost_the_answer_gets_the_same_successor_until_it_is_used() {
    var issued = issueToken();
    var lost = refresh(issued);
    world.clock().advance(Duration.ofSeconds(9));
    var again = refresh(issued);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body().path("refreshToken")).isEqualTo(lost.body().path("refreshToken"));
    assertThat(whoAmI(again).status()).isEqualTo(200);

    // Whoever has used the successor has had the answer: the next one to ask is somebody else.
    var after = refresh(again);
    assertThat(after.status()).isEqualTo(200);
    assertThat(refresh(issued).code()).isEqualTo("token-refused");
    assertThat(whoAmI(after).code()).isEqualTo("not-signed-in");
  }

  @Test
  void a_family_of_tokens_ends_thirty_days_after_the_sign_in_however_often_it_is_used() {
    var before = world.clock().instant();
    try {
      var tokens = issueToken();
      for (int week = 0; week < 4; week++) {
        world.clock().advance(Duration.ofDays(7));
        tokens = refresh(tokens);
        assertThat(tokens.status()).isEqualTo(200);
      }
      world.clock().advance(Duration.ofDays(2).minusMinutes(1));
      tokens = refresh(tokens);
      assertThat(whoAmI(tokens).status()).isEqualTo(200);
      world.clock().advance(Duration.ofMinutes(1));
      assertThat(whoAmI(tokens).code()).isEqualTo("not-signed-in");
      assertThat(refresh(tokens).code()).isEqualTo("token-refused");
    } finally {
      world.clock().set(before);
    }
  }

  @Test
  void signing_out_everywhere_ends_the_tokens_that_were_given_out() {
    var bo =
        world.person(
            "Bo Lindqvist", world.organisation("Far Hands", "clinic-network"), Role.SUPERVISOR);
    var here = issueToken(bo);
    var there = issueToken(bo);
    var signedOut = http.anonymous().send(bearing(here, "/sessions").DELETE());
    assertThat(signedOut.status()).isEqualTo(204);
    assertThat(whoAmI(there).code()).isEqualTo("not-signed-in");
    assertThat(refresh(there).code()).isEqualTo("token-refused");
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
