package org.consilium.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.consilium.platform.identity.Role;
import org.consilium.platform.testing.TestHttp;
import org.consilium.platform.testing.TestHttp.Reply;
import org.consilium.platform.testing.TestPerson;
import org.consilium.platform.testing.TestPlatform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonIT {
  private static TestPlatform world;
  private static TestHttp http;
  private static Entries entries;
  private static TestPerson ada;

  @BeforeAll
  static void start() {
    world = TestPlatform.start();
    entries = new Entries(world);
    http = world.serve(entries.routes());
    ada = world.person("Ada Osei", world.organisation("Mara", "clinic-network"), Role.CLINICIAN);
  }

  @AfterAll
  static void stop() throws Exception {
    world.close();
  }

  private static Reply post(byte[] body) {
    return http.anonymous()
        .send(
            HttpRequest.newBuilder(http.url("/api/v1/entries"))
                .header("Content-Type", "application/json")
                .header("Cookie", http.cookie(ada))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(body)));
  }

  private static Reply post(String body) {
    return post(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":\"a\",\"amount\":NaN}",
        "{\"text\":\"a\",\"amount\":Infinity}",
        "{\"text\":\"a\",\"amount\":+1}",
        "{\"text\":\"a\",\"amount\":01}",
        "{\"text\":\"a\",\"amount\":1e1000000000}",
        "{\"text\":\"a\"} {\"text\":\"b\"}",
        "{\"text\":\"a\"} 1",
        "{\"text\":\"a\"}]",
        "{\"text\":\"a\",}",
        "{\"text\":\"a\" /* aside */}",
        "{'text':'a'}",
        "{text:\"a\"}",
        "{\"text\":\"a\nb\"}",
        "{\"text\":\"\\u0000\"}",
        "{\"text\":\"\\ud800\"}",
        "{\"text\":\"\\udc00\\ud800\"}",
        "{\"text\":\"a\",\"more\":{\"\\u0000\":1}}",
        "{\"text\":\"a\",\"zone\":\"Mars/Phobos\"}",
        "{\"text\":null}",
        "null",
        "[]",
        "\"text\"",
        " ",
        ""
      })
  void odd_bodies_are_a_400_problem_and_reach_no_handler(String body) {
    var reply = post(body);
    assertThat(reply.status()).as(body + " " + reply.body()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("malformed");
  }

  @Test
  void the_field_that_cannot_be_kept_is_named() {
    assertThat(post("{\"text\":\"a\\u0000b\"}").body().at("/errors/0/pointer").asText())
        .isEqualTo("/text");
    assertThat(
            post("{\"text\":\"a\",\"more\":[{\"x\":\"\\udfff\"}]}")
                .body()
                .at("/errors/0/pointer")
                .asText())
        .isEqualTo("/more/0/x");
    assertThat(
            post("{\"text\":\"a\",\"zone\":\"Mars/Phobos\"}")
                .body()
                .at("/errors/0/pointer")
                .asText())
        .isEqualTo("/zone");
  }

  @Test
  void deep_nesting_is_refused() {
    var deep = "{\"text\":\"a\",\"more\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    assertThat(post(deep).status()).isEqualTo(400);
  }

  @Test
  void other_encodings_are_refused() {
    var body = "{\"text\":\"é\"}";
    assertThat(post(body.getBytes(StandardCharsets.UTF_16LE)).status()).isEqualTo(400);
    assertThat(post(body.getBytes(StandardCharsets.UTF_16)).status()).isEqualTo(400);
    assertThat(post(body.getBytes(StandardCharsets.ISO_8859_1)).status()).isEqualTo(400);
    assertThat(post("\ufeff" + body).status()).isEqualTo(400);
  }

  @Test
  void every_good_character_comes_back_as_it_was_sent() {
    var text = "Habari – é 漢字 \uD83D\uDE91 \t\"quoted\" \\ \u2028";
    var reply = post(Json.text(new Entries.NewEntry(text, null, 1.5, null)));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body().path("text").asText()).isEqualTo(text);
  }

  @Test
  void u0000_in_a_query_is_a_400_too() {
    var reply = http.as(ada).get("/entries?text=a%00b");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("malformed");
    var text = URLEncoder.encode("ça va", StandardCharsets.UTF_8);
    assertThat(http.as(ada).get("/entries?text=" + text).status()).isEqualTo(200);
  }
}
