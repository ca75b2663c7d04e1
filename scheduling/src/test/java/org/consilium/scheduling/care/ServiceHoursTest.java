package org.consilium.scheduling.care;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.consilium.scheduling.availability.TimeSlot;
import org.junit.jupiter.api.Test;

class ServiceHoursTest {
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  @Test
  void months_are_those_of_their_own_calendar_and_a_shift_counts_in_both() {
    var given =
        ServiceHours.of(
            LocalDate.parse("2026-01-01"),
            LocalDate.parse("2026-02-10"),
            TOKYO,
            // Already February in Tokyo; and before the year there.
            List.of(Instant.parse("2026-01-31T20:00:00Z"), Instant.parse("2025-12-31T14:59:00Z")),
            List.of(
                new TimeSlot(
                    Instant.parse("2026-01-05T01:00:00Z"), Instant.parse("2026-01-05T01:25:00Z"))),
            List.of(
                new TimeSlot(
                    Instant.parse("2026-01-31T13:00:00Z"), Instant.parse("2026-01-31T18:00:00Z"))));

    assertThat(given.csv())
        .isEqualTo(
            """
            month,consults,calls,call_minutes,on_call_minutes\r
            2026-01,0,1,25,120\r
            2026-02,1,0,0,180\r
            """);
    assertThat(given.minutes()).isEqualTo(325);
    assertThat(given.months().getFirst().month()).hasToString("2026-02");
  }
}
