package org.consilium.signaling.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.testing.TestClock;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.IceServer;
import org.junit.jupiter.api.Test;

class TurnCredentialsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration LIFE = Duration.ofHours(1);
  private static final List<String> URLS =
      List.of(
          "turns:turn.example.org:443?transport=tcp",
          "turn:turn.example.org:3478?transport=tcp",
          "stun:turn.example.org:3478",
          "turn:turn.example.org:3478");

  private final TestClock clock = new TestClock(NOON);
  private final TurnCredentials credentials =
      new TurnCredentials(new TurnConfig(URLS, "sixteen characters", LIFE), clock);

  private final Admission rosa = admission("rosa", ConsultId.random());

  private static Admission admission(String person, ConsultId consult) {
    return new Admission(
        CallId.random(),
        consult,
        person,
        person,
        CallRole.CLINICIAN,
        AdmissionMode.DIRECT,
        NOON.plus(Duration.ofHours(12)));
  }

  private IceServer turn(Admission admission) {
    return credentials.forPerson(admission).getLast();
  }

  private static Instant expiry(IceServer server) {
    return Instant.ofEpochSecond(Long.parseLong(server.username().split(":")[0]));
  }

  @Test
  void udp_is_tried_first_and_tls_last_and_stun_has_no_credential() {
    var servers = credentials.forPerson(rosa);
    assertThat(servers.getFirst())
        .isEqualTo(new IceServer(List.of("stun:turn.example.org:3478"), null, null));
    assertThat(servers.getLast().urls())
        .containsExactly(
            "turn:turn.example.org:3478",
            "turn:turn.example.org:3478?transport=tcp",
            "turns:turn.example.org:443?transport=tcp");
  }

  @Test
  void in_a_call_of_two_hours_there_is_always_a_credential_with_half_its_life_left() {
    var current = turn(rosa);
    var renewAt = credentials.renewAt(rosa);
    for (int minute = 0; minute <= 120; minute++) {
      if (!clock.instant().isBefore(renewAt)) {
        current = turn(rosa);
        renewAt = credentials.renewAt(rosa);
      }
      assertThat(expiry(current))
          .isAfterOrEqualTo(clock.instant().plus(LIFE.dividedBy(2)).minusSeconds(60))
          .isBeforeOrEqualTo(clock.instant().plus(LIFE));
      clock.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void coming_back_gets_the_same_credential_until_it_is_time_to_renew() {
    var first = turn(rosa);
    for (int i = 0; i < 1_000; i++) {
      assertThat(turn(rosa)).isEqualTo(first);
    }
    clock.set(credentials.renewAt(rosa));
    assertThat(turn(rosa)).isNotEqualTo(first);
  }

  @Test
  void the_name_on_the_wire_is_of_the_person_in_this_consult_and_tells_neither() {
    var name = turn(rosa).username();
    assertThat(name).doesNotContain(rosa.person()).doesNotContain(rosa.consult().toString());
    assertThat(name).matches("\\d+:[-_A-Za-z0-9]{16}");
    assertThat(turn(admission("rosa", ConsultId.random())).username()).isNotEqualTo(name);
    assertThat(turn(admission("ada", rosa.consult())).username()).isNotEqualTo(name);
  }

  @Test
  void a_person_has_at_most_a_hundred_different_credentials_in_ten_minutes() {
    for (int i = 0; i < MintQuota.CREDENTIALS_MAX; i++) {
      assertThat(turn(admission("rosa", ConsultId.random())).username()).isNotNull();
    }
    var oneMore = admission("rosa", ConsultId.random());
    assertThat(credentials.forPerson(oneMore)).extracting(IceServer::username).containsOnlyNulls();
    assertThat(turn(admission("ada", rosa.consult())).username()).isNotNull();

    clock.advance(MintQuota.WINDOW);
    assertThat(turn(oneMore).username()).isNotNull();
  }

  @Test
  void a_credential_lives_an_hour_at_most() {
    assertThatThrownBy(() -> new TurnConfig(URLS, "sixteen characters", LIFE.plusSeconds(1)))
        .hasMessageContaining("10 minutes to an hour");
  }

  @Test
  void without_a_relay_there_is_nothing_to_renew() {
    var none = new TurnCredentials(TurnConfig.NONE, clock);
    assertThat(none.forPerson(rosa)).isEmpty();
    assertThat(none.renewAt(rosa)).isEqualTo(Instant.MAX);
  }
}
