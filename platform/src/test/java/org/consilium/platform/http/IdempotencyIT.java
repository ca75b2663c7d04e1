package org.consilium.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IdempotencyIT {
  private static TestPlatform world;
  private static Entries entries;
  private static TestHttp http;
  private static TestPerson ada;
  private static TestPerson ben;

  @BeforeAll
  static void start() {
    world = TestPlatform.start();
    entries = new Entries(world);
    http = world.serve(entries.routes());
    var clinics = world.organisation("Mara Valley Health", "clinic-network");
    ada = world.person("Ada Osei", clinics, Role.CLINICIAN);
    ben = world.person("Ben Ito", clinics, Role.CLINICIAN);
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  private static int count(String text) {
    return http.as(ada).get("/entries?text=" + text).body().path("n").asInt();
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  @Test
  void the_same_key_gets_the_same_answer_and_has_one_effect() {
    var key = key();
    var first = http.as(ada).post("/entries", Map.of("text", "once"), key);
    var again = http.as(ada).post("/entries", Map.of("text", "once"), key);
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Idempotent-Replay")).contains("true");
    assertThat(count("once")).isEqualTo(1);
  }

  @Test
  void a_key_for_something_else_is_refused() {
    var key = key();
    http.as(ada).post("/entries", Map.of("text", "first"), key);
    var other = http.as(ada).post("/entries", Map.of("text", "other"), key);
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.code()).isEqualTo("key-reused");
    assertThat(count("other")).isZero();
  }

  @Test
  void a_missing_or_tiny_key_is_refused() {
    var bare =
        HttpRequest.newBuilder(http.url("/api/v1/entries"))
            .header("Content-Type", "application/json")
            .header("Cookie", http.cookie(ada))
            .POST(BodyPublishers.ofString("{\"text\":\"keyless\"}"));
    var missing = http.anonymous().send(bare.copy());
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.code()).isEqualTo("idempotency-key-missing");
    assertThat(http.anonymous().send(bare.copy().header("Idempotency-Key", "1")).status())
        .isEqualTo(400);
    assertThat(count("keyless")).isZero();
  }

  @Test
  void many_at_once_with_one_key_have_one_effect_and_one_answer() throws Exception {
    var key = key();
    var replies = new ArrayList<Future<Reply>>();
    var client = http.as(ada);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        replies.add(threads.submit(() -> client.post("/entries", Map.of("text", "race"), key)));
      }
    }
    for (var reply : replies) {
      assertThat(reply.get().status()).isEqualTo(201);
      assertThat(reply.get().body()).isEqualTo(replies.getFirst().get().body());
    }
    assertThat(count("race")).isEqualTo(1);
  }

  @Test
  void two_accounts_may_make_up_the_same_key() {
    var key = key();
    var adas = http.as(ada).post("/entries", Map.of("text", "shared"), key);
    var bens = http.as(ben).post("/entries", Map.of("text", "shared"), key);
    assertThat(bens.status()).isEqualTo(201);
    assertThat(bens.body().path("id")).isNotEqualTo(adas.body().path("id"));
    assertThat(count("shared")).isEqualTo(2);
  }

  @Test
  void a_refused_act_is_not_kept_and_works_once_the_reason_is_gone() {
    var key = key();
    entries.refusing = true;
    var refused = http.as(ada).post("/entries", Map.of("text", "moody"), key);
    assertThat(refused.code()).isEqualTo("not-now");
    assertThat(count("moody")).isZero();
    entries.refusing = false;
    int before = entries.calls();
    assertThat(http.as(ada).post("/entries", Map.of("text", "moody"), key).status()).isEqualTo(201);
    assertThat(entries.calls()).isEqualTo(before + 1);
    assertThat(count("moody")).isEqualTo(1);
  }

  @Test
  void kept_answers_of_another_account_cannot_be_read_by_any_statement() {
    http.as(ada).post("/entries", Map.of("text", "private"), key());
    var seen =
        world
            .platform()
            .database()
            .inTransaction(
                ben.caller(),
                tx ->
                    tx.rows(
                        "SELECT 1 FROM platform.idempotent_answer WHERE account_id <> $1",
                        ben.id()));
    assertThat(seen).isEmpty();
  }
}
