package org.consilium.scheduling.rota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.rota.SwapRules.Bar;
import org.consilium.scheduling.rota.SwapRules.Taker;
import org.junit.jupiter.api.Test;

class SwapRulesTest {
  private static final TimeSlot NIGHT = slot("2026-06-01T20:00:00Z", "2026-06-02T06:00:00Z");
  private static final Duration REST = Duration.ofHours(8);

  private static TimeSlot slot(String start, String end) {
    return new TimeSlot(Instant.parse(start), Instant.parse(end));
  }

  private static Taker taker(List<TimeSlot> leave, List<TimeSlot> onCall) {
    return new Taker(true, true, true, leave, onCall);
  }

  @Test
  void a_colleague_of_the_field_and_language_who_is_free_may_take_it() {
    assertThat(SwapRules.bar(taker(List.of(), List.of()), NIGHT, REST)).isEmpty();
  }

  @Test
  void each_rule_forbids_by_itself() {
    assertThat(SwapRules.bar(new Taker(false, true, true, List.of(), List.of()), NIGHT, REST))
        .contains(Bar.NOT_ACTIVE);
    assertThat(SwapRules.bar(new Taker(true, false, true, List.of(), List.of()), NIGHT, REST))
        .contains(Bar.OTHER_FIELD);
    assertThat(SwapRules.bar(new Taker(true, true, false, List.of(), List.of()), NIGHT, REST))
        .contains(Bar.OTHER_LANGUAGE);
    var morning = slot("2026-06-02T05:00:00Z", "2026-06-02T09:00:00Z");
    assertThat(SwapRules.bar(taker(List.of(morning), List.of()), NIGHT, REST))
        .contains(Bar.ON_LEAVE);
    assertThat(SwapRules.bar(taker(List.of(), List.of(morning)), NIGHT, REST))
        .contains(Bar.OVERLAP);
  }

  @Test
  void rest_is_kept_to_the_minute_on_both_sides() {
    var before = slot("2026-06-01T08:00:00Z", "2026-06-01T12:00:00Z");
    var after = slot("2026-06-02T14:00:00Z", "2026-06-02T20:00:00Z");
    assertThat(SwapRules.bar(taker(List.of(), List.of(before, after)), NIGHT, REST)).isEmpty();
    var tooLate = slot("2026-06-01T08:00:00Z", "2026-06-01T12:01:00Z");
    assertThat(SwapRules.bar(taker(List.of(), List.of(tooLate)), NIGHT, REST))
        .contains(Bar.NO_REST);
    assertThat(SwapRules.bar(taker(List.of(), List.of(tooLate)), NIGHT, Duration.ZERO)).isEmpty();
  }
}
