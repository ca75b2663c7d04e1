package org.consilium.scheduling.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.consilium.scheduling.availability.TimeSlot;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final TimeSlot DAY = slot("00:00", "23:00");
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  @Test
  void the_whole_length_lies_where_everybody_is_free() {
    var one = resource(List.of(slot("09:00", "11:00")), List.of());
    var two = resource(List.of(slot("09:50", "12:00")), List.of(slot("10:30", "10:45")));
    assertThat(Slots.free(List.of(one, two), DAY, HALF_HOUR, 10))
        .extracting(s -> s.start().toString())
        .containsExactly("2026-03-02T10:00:00Z");
  }

  @Test
  void starts_lie_on_the_grid_and_the_number_is_bounded() {
    var one = resource(List.of(slot("09:01", "18:00")), List.of());
    assertThat(Slots.free(List.of(one), DAY, HALF_HOUR, 2))
        .extracting(s -> s.start().toString())
        .containsExactly("2026-03-02T09:15:00Z", "2026-03-02T09:30:00Z");
    assertThat(Slots.isOnGrid(Instant.parse("2026-03-02T09:15:00Z"))).isTrue();
    assertThat(Slots.isOnGrid(Instant.parse("2026-03-02T09:15:00.5Z"))).isFalse();
  }

  @Test
  void what_is_booked_does_not_make_a_time_impossible_only_taken() {
    var one = resource(List.of(slot("09:00", "11:00")), List.of(slot("09:00", "11:00")));
    assertThat(Slots.canBeHad(List.of(one), slot("10:00", "10:30"))).isTrue();
    assertThat(Slots.canBeHad(List.of(one), slot("10:45", "11:15"))).isFalse();
  }

  private static Resource resource(List<TimeSlot> available, List<TimeSlot> booked) {
    return new Resource(
        UUID.randomUUID(),
        ResourceRole.SPECIALIST,
        "Ada",
        ZoneId.of("Europe/Lisbon"),
        available,
        booked);
  }

  private static TimeSlot slot(String start, String end) {
    return new TimeSlot(
        Instant.parse("2026-03-02T" + start + ":00Z"), Instant.parse("2026-03-02T" + end + ":00Z"));
  }
}
