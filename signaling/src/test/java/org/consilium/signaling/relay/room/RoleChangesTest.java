package org.consilium.signaling.relay.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.signaling.relay.CallRole.CLINICIAN;
import static org.consilium.signaling.relay.CallRole.COORDINATOR;
import static org.consilium.signaling.relay.CallRole.GUARDIAN;
import static org.consilium.signaling.relay.CallRole.INTERPRETER;
import static org.consilium.signaling.relay.CallRole.OBSERVER;
import static org.consilium.signaling.relay.CallRole.PATIENT;
import static org.consilium.signaling.relay.CallRole.SPECIALIST;
import static org.consilium.signaling.relay.room.RoomWorld.json;

import java.time.Duration;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.room.RoomWorld.Client;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RoleChangesTest {
  private final RoomWorld world = new RoomWorld();
  private final Client rosa = world.enters("rosa", CLINICIAN, INTERPRETER, OBSERVER);

  private static String roleOf(Client client) {
    return client.welcome().at("/self/role").asText();
  }

  @Nested
  class Given_a_nurse_a_trainee_and_an_interpreter {
    private final Client kim = world.enters("kim", CLINICIAN, OBSERVER);
    private final Client mei = world.enters("mei", INTERPRETER, OBSERVER);

    @Test
    void the_trainee_becomes_an_observer_and_everybody_is_told() {
      rosa.says("{'type':'role','seq':1,'seat':2,'body':{'role':'observer'}}");

      var told =
          json(
              "{'type':'role','seq':2,'at':'2026-03-02T09:15:00Z','seat':2,"
                  + "'role':'observer','host':false,'by':1}");
      assertThat(kim.last()).isEqualTo(told);
      assertThat(rosa.types()).endsWith("role");
      assertThat(mei.types()).containsExactly("role");
      assertThat(world.journal.lines()).endsWith("role kim observer by rosa");
    }

    @Test
    void an_observer_is_no_host_and_becomes_a_clinician_again_only_by_a_host() {
      rosa.says("{'type':'role','seq':1,'seat':2,'body':{'role':'observer'}}");
      kim.says("{'type':'role','seq':1,'seat':2,'body':{'role':'clinician'}}");
      assertThat(kim.last().get("code").asText()).isEqualTo("not-allowed");

      rosa.says("{'type':'role','seq':2,'seat':2,'body':{'role':'clinician'}}");
      assertThat(kim.last().get("host").asBoolean()).isTrue();
      kim.says("{'type':'remove','seq':2,'seat':3}");
      assertThat(rosa.last().get("type").asText()).isEqualTo("left");
    }

    @Test
    void nobody_becomes_what_the_admission_does_not_hold() {
      rosa.says("{'type':'role','seq':1,'seat':3,'body':{'role':'specialist'}}");

      assertThat(rosa.last().get("code").asText()).isEqualTo("role-not-permitted");
      assertThat(mei.types()).isEmpty();
    }

    @Test
    void a_role_that_is_none_is_answered() {
      rosa.says("{'type':'role','seq':1,'seat':3,'body':{'role':'surgeon'}}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("unknown-role");
      rosa.says("{'type':'role','seq':2,'seat':3,'body':{}}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("unknown-role");
      rosa.says("{'type':'role','seq':3,'seat':3}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("incomplete");
      rosa.says("{'type':'role','seq':4,'body':{'role':'observer'}}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("incomplete");
      rosa.says("{'type':'role','seq':5,'seat':9,'body':{'role':'observer'}}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("no-such-seat");
      rosa.says(
          "{'type':'role','seq':6,'seat':3,'body':{'role':'observer','x':'"
              + "a".repeat(200)
              + "'}}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("too-large");
    }

    @Test
    void the_same_role_again_is_told_to_nobody() {
      rosa.says("{'type':'role','seq':1,'seat':3,'body':{'role':'interpreter'}}");

      assertThat(mei.types()).isEmpty();
      assertThat(rosa.types()).containsExactly("joined", "joined");
    }

    @Test
    void the_role_outlives_the_connection_and_the_page() {
      rosa.says("{'type':'role','seq':1,'seat':2,'body':{'role':'observer'}}");
      kim.loses();
      Client resumed = kim.resumes(kim.lastSeq());
      assertThat(roleOf(resumed)).isEqualTo("observer");

      Client page = world.enters("kim", CLINICIAN, OBSERVER);
      assertThat(roleOf(page)).isEqualTo("observer");
      assertThat(rosa.last().at("/participant/role").asText()).isEqualTo("observer");
    }

    @Test
    void one_who_comes_with_another_right_has_the_role_of_that_right() {
      rosa.says("{'type':'role','seq':1,'seat':2,'body':{'role':'observer'}}");
      Client page = world.enters("kim", SPECIALIST, OBSERVER);

      assertThat(roleOf(page)).isEqualTo("specialist");
      assertThat(world.journal.lines()).endsWith("role kim specialist by null", "back kim false");
    }

    @Test
    void the_second_nurse_takes_over_and_the_first_looks_on() {
      rosa.says("{'type':'role','seq':1,'seat':2,'body':{'role':'observer'}}");
      rosa.says("{'type':'hand-over','seq':2,'seat':2}");

      assertThat(mei.heard.stream().skip(2).map(m -> m.get("seat") + " " + m.get("role").asText()))
          .containsExactly("2 clinician", "1 observer");
      kim.says("{'type':'hand-over','seq':1,'seat':1}");
      assertThat(rosa.last().get("role").asText()).isEqualTo("observer");
      assertThat(world.journal.lines())
          .endsWith("role rosa clinician by kim", "role kim observer by kim");
    }

    @Test
    void nobody_hands_over_to_one_who_may_be_no_host_or_to_oneself() {
      rosa.says("{'type':'hand-over','seq':1,'seat':3}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("role-not-permitted");
      rosa.says("{'type':'hand-over','seq':2,'seat':1}");
      assertThat(rosa.last().get("code").asText()).isEqualTo("no-such-seat");
      mei.says("{'type':'hand-over','seq':1,'seat':1}");
      assertThat(mei.last().get("code").asText()).isEqualTo("not-allowed");
      assertThat(mei.types()).containsExactly("error");
    }
  }

  @Nested
  class Given_a_single_host_and_a_guest_who_waits {
    private final Client luz = world.asks("luz", GUARDIAN);

    @Test
    void the_last_host_stays_one() {
      rosa.says("{'type':'role','seq':1,'seat':1,'body':{'role':'interpreter'}}");

      assertThat(rosa.last().get("code").asText()).isEqualTo("last-host");
    }

    @Test
    void a_new_host_is_told_who_waits() {
      Client kim = world.enters("kim", OBSERVER, CLINICIAN);
      assertThat(kim.welcome().get("waiting")).isEmpty();
      rosa.says("{'type':'role','seq':1,'seat':3,'body':{'role':'clinician'}}");

      assertThat(kim.types()).containsExactly("role", "waiting");
      assertThat(kim.last().at("/participant/role").asText()).isEqualTo("guardian");
      assertThat(luz.types()).isEmpty();
    }

    @Test
    void one_who_waits_has_no_role_to_change_yet() {
      rosa.says("{'type':'role','seq':1,'seat':2,'body':{'role':'guardian'}}");

      assertThat(rosa.last().get("code").asText()).isEqualTo("no-such-seat");
    }
  }

  @Test
  void when_the_last_host_goes_the_one_longest_here_who_may_be_a_host_is_one() {
    Client luz = world.enters("luz", PATIENT, GUARDIAN);
    Client kim = world.enters("kim", OBSERVER, COORDINATOR);
    world.enters("sam", OBSERVER, CLINICIAN);
    rosa.loses();
    assertThat(kim.types()).as("a kept seat is still the host's").containsExactly("joined", "away");
    world.pass(SignalLimits.DEFAULT.seatKept().plus(Duration.ofMillis(1)));

    assertThat(kim.last())
        .isEqualTo(
            json(
                "{'type':'role','seq':4,'at':'2026-03-02T09:18:00Z','seat':3,"
                    + "'role':'coordinator','host':true}"));
    assertThat(luz.types()).endsWith("left", "role");
    assertThat(world.journal.lines()).endsWith("role kim coordinator by null");
  }
}
