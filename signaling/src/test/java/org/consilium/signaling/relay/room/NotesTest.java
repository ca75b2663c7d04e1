package org.consilium.signaling.relay.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;

import java.time.Duration;
import org.consilium.signaling.relay.room.RoomWorld.Client;
import org.junit.jupiter.api.Test;

/** What the record is told of messages that the relay hands on. */
class NotesTest {
  private final RoomWorld world = new RoomWorld();
  private final Client rosa = world.enters("rosa", CLINICIAN);
  private final Client ada = world.enters("ada", SPECIALIST);
  private int seq;

  private void says(String type, String rest) {
    rosa.says("{'type':'" + type + "','seq':" + ++seq + rest + "}");
  }

  private long noted(String word) {
    return world.journal.lines().stream().filter(line -> line.startsWith(word)).count();
  }

  @Test
  void changes_of_media_and_repairs_are_noted() {
    says("media", ",'body':{'audio':true}");
    says("restart", ",'to':2,'epoch':1,'body':{}");

    assertThat(world.journal.lines())
        .endsWith("media rosa {\"audio\":true}", "restarted rosa with 2");
  }

  @Test
  void what_was_not_handed_on_is_not_noted() {
    says("restart", ",'to':7,'epoch':1,'body':{}");
    says("media", "");

    assertThat(noted("restarted")).isZero();
    assertThat(noted("media")).isZero();
  }

  @Test
  void how_the_link_does_is_noted_at_a_low_rate_and_handed_on_each_time() {
    for (int i = 0; i < 20; i++) {
      says("quality", ",'body':{'roundTripMs':" + i + "}");
      world.pass(Duration.ofSeconds(1));
    }

    assertThat(noted("quality")).isEqualTo(2);
    assertThat(ada.types()).hasSize(20);
  }

  @Test
  void a_client_that_changes_its_media_all_the_time_does_not_fill_the_record() {
    for (int i = 0; i < 500; i++) {
      says("media", ",'body':{'audio':" + (i % 2 == 0) + "}");
    }
    assertThat(noted("media")).isEqualTo(20);

    world.pass(Duration.ofSeconds(10));
    for (int i = 0; i < 9; i++) {
      says("media", ",'body':{'audio':" + (i % 2 == 0) + "}");
    }
    assertThat(noted("media")).isEqualTo(22);
  }
}
