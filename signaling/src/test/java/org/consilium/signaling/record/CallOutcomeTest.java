package org.consilium.signaling.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.signaling.record.CallOutcome.Sitting;
import org.junit.jupiter.api.Test;

class CallOutcomeTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");

  private static Sitting sat(String person, int fromMinute, int toMinute) {
    return new Sitting(
        person,
        Optional.of(NINE.plusSeconds(60L * fromMinute)),
        Optional.of(NINE.plusSeconds(60L * toMinute)));
  }

  private static Sitting waited(String person) {
    return new Sitting(person, Optional.empty(), Optional.of(NINE.plusSeconds(600)));
  }

  @Test
  void nobody_came() {
    assertThat(CallOutcome.of(List.of())).isEqualTo(CallOutcome.NOBODY_CAME);
  }

  @Test
  void one_who_only_waited_was_not_let_in() {
    assertThat(CallOutcome.of(List.of(waited("luz")))).isEqualTo(CallOutcome.NOT_LET_IN);
  }

  @Test
  void one_alone_and_one_outside_did_not_meet() {
    assertThat(CallOutcome.of(List.of(sat("rosa", 0, 9), waited("luz"))))
        .isEqualTo(CallOutcome.ONLY_ONE_CAME);
  }

  @Test
  void two_one_after_the_other_did_not_meet() {
    assertThat(CallOutcome.of(List.of(sat("rosa", 0, 5), sat("ada", 5, 9))))
        .isEqualTo(CallOutcome.ONLY_ONE_CAME);
  }

  @Test
  void the_same_person_twice_is_one() {
    assertThat(CallOutcome.of(List.of(sat("rosa", 0, 5), sat("rosa", 4, 9))))
        .isEqualTo(CallOutcome.ONLY_ONE_CAME);
  }

  @Test
  void two_at_once_met() {
    assertThat(CallOutcome.of(List.of(sat("rosa", 0, 5), sat("ada", 4, 9))))
        .isEqualTo(CallOutcome.CONNECTED);
  }

  @Test
  void one_who_is_still_there_meets_whoever_comes() {
    var rosa = new Sitting("rosa", Optional.of(NINE), Optional.empty());
    assertThat(CallOutcome.of(List.of(rosa, sat("ada", 4, 9)))).isEqualTo(CallOutcome.CONNECTED);
  }
}
