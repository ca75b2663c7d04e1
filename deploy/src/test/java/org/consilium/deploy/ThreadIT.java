package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.deploy.CareWorld.expect;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who has seen what in a thread, and what news does to a consult that was closed. */
class ThreadIT {
  private static CareWorld care;

  @BeforeAll
  static void start() {
    care = new CareWorld();
  }

  @AfterAll
  static void stop() throws Exception {
    care.close();
  }

  @Test
  void everybody_sees_who_has_seen_a_message() {
    var path = "/consults/" + care.accepted();
    var clinic = care.http.as(care.clinician);
    var abroad = care.http.as(care.ines);
    var asked = say(path, "Is she feeding?", true);
    var answered = say(path, "Less than usual.", false);
    var later = say(path, "And drinking?", true);

    assertThat(seen(path, asked)).isEmpty();
    expect(204, clinic.post(path + "/messages/seen", Map.of("upTo", answered)));
    assertThat(seen(path, asked)).containsExactly("Amina Njoroge");
    assertThat(seen(path, answered)).as("one's own").isEmpty();
    assertThat(seen(path, later)).as("not yet come").isEmpty();
    var first = message(path, asked).at("/seenBy/0/at").asText();

    care.world.clock().advance(Duration.ofMinutes(5));
    expect(204, clinic.post(path + "/messages/seen", Map.of("upTo", later)));
    expect(204, abroad.post(path + "/messages/seen", Map.of("upTo", later)));
    assertThat(message(path, asked).at("/seenBy/0/at").asText())
        .as("the first time counts")
        .isEqualTo(first);
    assertThat(seen(path, later)).containsExactly("Amina Njoroge");
    assertThat(seen(path, answered)).containsExactly("Ines Carvalho");

    var elsewhere = clinic.post(path + "/messages/seen", Map.of("upTo", UUID.randomUUID()));
    assertThat(elsewhere.body().path("errors").findValuesAsText("pointer"))
        .containsExactly("/upTo");
  }

  @Test
  void findings_after_closing_reopen_the_same_consult() {
    var consult = care.accepted();
    var path = "/consults/" + consult;
    var clinic = care.http.as(care.clinician);
    say(path, "Keep her with you.", true);
    care.settle();
    var outcome = Map.of("result", "better", "adviceFollowed", "fully");
    expect(201, clinic.post(path + "/outcome", outcome));
    care.settle();
    assertThat(care.status(consult)).isEqualTo("closed");

    care.world.clock().advance(Duration.ofHours(1));
    var worse = Map.of("id", UUID.randomUUID(), "text", "The fever is back.");
    expect(201, clinic.post(path + "/supplements", worse));
    care.settle();
    var reopened = expect(200, care.http.as(care.ines).get(path));
    assertThat(reopened.at("/summary/status").asText()).isEqualTo("in-discussion");
    assertThat(reopened.at("/summary/waitingOn").asText()).isEqualTo("specialist");
    expect(201, clinic.post(path + "/outcome", outcome));
    care.settle();
    assertThat(care.status(consult)).as("closed once more").isEqualTo("closed");
  }

  private static UUID say(String path, String text, boolean bySpecialist) {
    care.world.clock().advance(Duration.ofSeconds(10));
    var id = UUID.randomUUID();
    var author = bySpecialist ? care.ines : care.clinician;
    var message = Map.of("id", id, "text", text, "language", "en");
    expect(201, care.http.as(author).post(path + "/messages", message));
    return id;
  }

  private static JsonNode message(String path, UUID id) {
    for (var item :
        expect(200, care.http.as(care.clinician).get(path + "/messages")).path("items")) {
      if (item.path("id").asText().equals(id.toString())) {
        return item;
      }
    }
    throw new AssertionError("not in the thread: " + id);
  }

  private static List<String> seen(String path, UUID id) {
    return message(path, id).path("seenBy").findValuesAsText("name");
  }
}
