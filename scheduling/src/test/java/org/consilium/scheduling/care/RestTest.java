package org.consilium.scheduling.care;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.consilium.scheduling.availability.TimeSlot;
import org.junit.jupiter.api.Test;

class RestTest {
  private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
  private static final Duration EIGHT = Duration.ofHours(8);
  private static final Instant NOW = Instant.parse("2026-03-02T06:00:00Z");

  private static TimeSlot slot(String start, String end) {
    return new TimeSlot(Instant.parse(start), Instant.parse(end));
  }

  @Test
  void after_a_night_on_call_the_hours_wished_for_are_kept_free() {
    var night = slot("2026-03-01T17:00:00Z", "2026-03-02T05:00:00Z");
    assertThat(Rest.until(EIGHT, NAIROBI, List.of(night), List.of(), NOW))
        .contains(Instant.parse("2026-03-02T13:00:00Z"));
    assertThat(Rest.until(Duration.ZERO, NAIROBI, List.of(night), List.of(), NOW)).isEmpty();
    assertThat(Rest.until(Duration.ofMinutes(60), NAIROBI, List.of(night), List.of(), NOW))
        .isEmpty();
  }

  @Test
  void a_day_on_call_or_a_night_that_still_goes_on_asks_for_none() {
    // 07:00 to 19:00 in Nairobi.
    var day = slot("2026-03-01T04:00:00Z", "2026-03-01T16:00:00Z");
    var tonight = slot("2026-03-01T22:00:00Z", "2026-03-02T08:00:00Z");
    assertThat(Rest.until(Duration.ofHours(48), NAIROBI, List.of(day, tonight), List.of(), NOW))
        .isEmpty();
    var auckland = ZoneId.of("Pacific/Auckland");
    assertThat(Rest.until(Duration.ofHours(48), auckland, List.of(day), List.of(), NOW))
        .contains(day.end().plus(Duration.ofHours(48)));
  }

  @Test
  void a_night_that_is_yet_to_end_is_followed_by_rest() {
    var tonight = slot("2026-03-02T17:00:00Z", "2026-03-02T20:00:00Z");
    var day = slot("2026-03-03T06:00:00Z", "2026-03-03T12:00:00Z");
    assertThat(Rest.spans(EIGHT, NAIROBI, List.of(tonight, day), List.of(NOW)))
        .containsExactly(TimeSlot.of(tonight.end(), EIGHT), TimeSlot.of(NOW, EIGHT));
    assertThat(Rest.spans(Duration.ZERO, NAIROBI, List.of(tonight), List.of(NOW))).isEmpty();
  }

  @Test
  void an_immediate_consult_counts_at_any_hour_and_the_latest_counts() {
    var first = NOW.minus(Duration.ofHours(7));
    var second = NOW.minus(Duration.ofHours(1));
    assertThat(Rest.until(EIGHT, NAIROBI, List.of(), List.of(first, second), NOW))
        .contains(second.plus(EIGHT));
  }
}
