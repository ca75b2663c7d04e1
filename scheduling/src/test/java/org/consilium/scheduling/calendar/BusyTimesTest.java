package org.consilium.scheduling.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.consilium.scheduling.availability.TimeSlot;
import org.junit.jupiter.api.Test;

class BusyTimesTest {
  private static final ZoneId LISBON = ZoneId.of("Europe/Lisbon");
  private static final TimeSlot MARCH = slot("2026-03-01T00:00:00Z", "2026-04-15T00:00:00Z");

  private static TimeSlot slot(String start, String end) {
    return new TimeSlot(Instant.parse(start), Instant.parse(end));
  }

  private static List<TimeSlot> read(String... events) throws BusyTimes.Unreadable {
    var text = new StringBuilder("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\n");
    int number = 0;
    for (var event : events) {
      text.append("BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n");
      if (!event.contains("UID:")) {
        text.append("UID:").append(number++).append("\r\n");
      }
      text.append(event.strip().replace("\n", "\r\n")).append("\r\nEND:VEVENT\r\n");
    }
    return BusyTimes.read(
        text.append("END:VCALENDAR\r\n").toString().getBytes(StandardCharsets.UTF_8),
        MARCH,
        LISBON);
  }

  @Test
  void a_single_event_in_UTC() throws Exception {
    assertThat(read("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z"))
        .containsExactly(slot("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"));
  }

  @Test
  void a_time_with_a_zone_follows_its_clock_change() throws Exception {
    assertThat(
            read(
                """
                DTSTART;TZID=Europe/Berlin:20260323T090000
                DTEND;TZID=Europe/Berlin:20260323T100000
                RRULE:FREQ=WEEKLY;COUNT=2
                """))
        .containsExactly(
            slot("2026-03-23T08:00:00Z", "2026-03-23T09:00:00Z"),
            slot("2026-03-30T07:00:00Z", "2026-03-30T08:00:00Z"));
  }

  @Test
  void a_whole_day_is_the_owner_s_day() throws Exception {
    assertThat(read("DTSTART;VALUE=DATE:20260401\nDTEND;VALUE=DATE:20260403"))
        .containsExactly(slot("2026-03-31T23:00:00Z", "2026-04-02T23:00:00Z"));
  }

  @Test
  void a_time_without_a_zone_is_on_the_owner_s_clock() throws Exception {
    assertThat(read("DTSTART:20260402T090000\nDTEND:20260402T100000"))
        .containsExactly(slot("2026-04-02T08:00:00Z", "2026-04-02T09:00:00Z"));
  }

  @Test
  void a_repeated_event_has_exceptions_and_times_that_were_moved() throws Exception {
    assertThat(
            read(
                """
                UID:weekly
                DTSTART:20260302T090000Z
                DTEND:20260302T100000Z
                RRULE:FREQ=WEEKLY;COUNT=4
                EXDATE:20260309T090000Z
                """,
                """
                UID:weekly
                RECURRENCE-ID:20260316T090000Z
                DTSTART:20260317T140000Z
                DTEND:20260317T150000Z
                """))
        .containsExactly(
            slot("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"),
            slot("2026-03-17T14:00:00Z", "2026-03-17T15:00:00Z"),
            slot("2026-03-23T09:00:00Z", "2026-03-23T10:00:00Z"));
  }

  @Test
  void what_is_shown_as_free_or_was_cancelled_blocks_nothing() throws Exception {
    assertThat(
            read(
                "DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\nTRANSP:TRANSPARENT",
                "DTSTART:20260303T090000Z\nDTEND:20260303T100000Z\nSTATUS:CANCELLED"))
        .isEmpty();
  }

  @Test
  void what_overlaps_is_one_and_what_lies_outside_is_cut() throws Exception {
    assertThat(
            read(
                "DTSTART:20260228T200000Z\nDTEND:20260301T010000Z",
                "DTSTART:20260301T003000Z\nDTEND:20260301T020000Z",
                "DTSTART:20270301T003000Z\nDTEND:20270301T020000Z"))
        .containsExactly(slot("2026-03-01T00:00:00Z", "2026-03-01T02:00:00Z"));
  }

  @Test
  void an_event_of_a_duration_ends_after_it() throws Exception {
    assertThat(read("DTSTART:20260302T090000Z\nDURATION:PT45M"))
        .containsExactly(slot("2026-03-02T09:00:00Z", "2026-03-02T09:45:00Z"));
  }

  @Test
  void an_event_each_second_is_refused_with_a_sentence() {
    assertThatThrownBy(() -> read("DTSTART:20260302T090000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"))
        .isInstanceOf(BusyTimes.Unreadable.class)
        .hasMessageContaining("more often than daily");
  }

  @Test
  void a_page_that_is_no_calendar_is_refused_with_a_sentence() {
    for (var text : List.of("", "<html>Sign in</html>", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n")) {
      assertThatThrownBy(() -> BusyTimes.read(text.getBytes(StandardCharsets.UTF_8), MARCH, LISBON))
          .isInstanceOf(BusyTimes.Unreadable.class)
          .hasMessageContaining("no calendar");
    }
  }
}
