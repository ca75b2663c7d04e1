package org.consilium.scheduling.availability;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExpansionTest {
  private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

  @Nested
  class Zones {
    @Test
    void half_an_hour_off_utc() {
      assertThat(day("Asia/Kolkata", "2026-03-02", "09:00", "17:00"))
          .containsExactly(slot("2026-03-02T03:30:00Z", "2026-03-02T11:30:00Z"));
    }

    @Test
    void three_quarters_of_an_hour_off_utc() {
      assertThat(day("Asia/Kathmandu", "2026-03-02", "09:00", "17:00"))
          .containsExactly(slot("2026-03-02T03:15:00Z", "2026-03-02T11:15:00Z"));
    }

    @Test
    void fourteen_hours_ahead_the_window_lies_on_the_day_before_in_utc() {
      assertThat(day("Pacific/Kiritimati", "2026-03-02", "09:00", "17:00"))
          .containsExactly(slot("2026-03-01T19:00:00Z", "2026-03-02T03:00:00Z"));
    }

    @Test
    void half_an_hour_of_summer_time_on_Lord_Howe() {
      assertThat(day("Australia/Lord_Howe", "2026-10-03", "09:00", "10:00"))
          .containsExactly(slot("2026-10-02T22:30:00Z", "2026-10-02T23:30:00Z"));
      assertThat(day("Australia/Lord_Howe", "2026-10-04", "09:00", "10:00"))
          .containsExactly(slot("2026-10-03T22:00:00Z", "2026-10-03T23:00:00Z"));
    }

    @Test
    void a_law_younger_than_the_JDK_is_followed() {
      assertThat(day("Africa/Casablanca", "2026-09-18", "09:00", "17:00"))
          .containsExactly(slot("2026-09-18T08:00:00Z", "2026-09-18T16:00:00Z"));
      assertThat(day("Africa/Casablanca", "2026-09-21", "09:00", "17:00"))
          .containsExactly(slot("2026-09-21T09:00:00Z", "2026-09-21T17:00:00Z"));
      assertThat(day("America/Vancouver", "2026-12-01", "09:00", "17:00"))
          .containsExactly(slot("2026-12-01T16:00:00Z", "2026-12-02T00:00:00Z"));
    }

    @Test
    void a_date_that_Samoa_never_had_has_no_window() {
      assertThat(day("Pacific/Apia", "2011-12-30", "09:00", "17:00")).isEmpty();
      assertThat(day("Pacific/Apia", "2011-12-29", "09:00", "17:00"))
          .containsExactly(slot("2011-12-29T19:00:00Z", "2011-12-30T03:00:00Z"));
      assertThat(day("Pacific/Apia", "2011-12-31", "09:00", "17:00"))
          .containsExactly(slot("2011-12-30T19:00:00Z", "2011-12-31T03:00:00Z"));
    }
  }

  @Nested
  class Gaps_and_overlaps {
    @Test
    void a_start_in_the_gap_takes_the_offset_before_it() {
      assertThat(day("Europe/Berlin", "2026-03-29", "02:30", "05:00"))
          .containsExactly(slot("2026-03-29T01:30:00Z", "2026-03-29T03:00:00Z"));
    }

    @Test
    void a_window_that_the_gap_turns_round_is_none() {
      assertThat(day("Europe/Berlin", "2026-03-29", "02:30", "03:15")).isEmpty();
    }

    @Test
    void a_time_that_comes_twice_is_the_first() {
      assertThat(day("Europe/Berlin", "2026-10-25", "02:30", "03:30"))
          .containsExactly(slot("2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z"));
    }

    @Test
    void an_overnight_window_is_an_hour_shorter_in_the_night_of_the_gap() {
      assertThat(day("America/New_York", "2026-03-07", "22:00", "06:00"))
          .containsExactly(slot("2026-03-08T03:00:00Z", "2026-03-08T10:00:00Z"));
    }

    @Test
    void midnight_that_does_not_exist_opens_when_the_gap_ends() {
      assertThat(day("America/Santiago", "2026-09-06", "00:00", "08:00"))
          .containsExactly(slot("2026-09-06T04:00:00Z", "2026-09-06T11:00:00Z"));
    }
  }

  @Nested
  class Windows {
    @Test
    void an_end_not_after_the_start_is_on_the_next_day() {
      assertThat(day("UTC", "2026-03-02", "22:00", "06:00"))
          .containsExactly(slot("2026-03-02T22:00:00Z", "2026-03-03T06:00:00Z"));
      assertThat(day("UTC", "2026-03-02", "08:00", "08:00"))
          .containsExactly(slot("2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"));
    }

    @Test
    void twenty_four_hundred_is_the_end_of_the_day() {
      assertThat(day("UTC", "2026-03-02", "18:00", "24:00"))
          .containsExactly(slot("2026-03-02T18:00:00Z", "2026-03-03T00:00:00Z"));
    }

    @Test
    void every_second_week_counts_iso_weeks_from_the_anchor() {
      var rule =
          new WeeklyHours(
              Set.of(MONDAY, SUNDAY),
              ClockTime.parse("09:00"),
              ClockTime.parse("10:00"),
              2,
              Optional.of(LocalDate.parse("2026-03-04")),
              Optional.empty(),
              Optional.empty());
      assertThat(expand(hours("UTC", rule), "2026-02-22T00:00:00Z", "2026-03-23T00:00:00Z"))
          .containsExactly(
              slot("2026-02-22T09:00:00Z", "2026-02-22T10:00:00Z"),
              slot("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"),
              slot("2026-03-08T09:00:00Z", "2026-03-08T10:00:00Z"),
              slot("2026-03-16T09:00:00Z", "2026-03-16T10:00:00Z"),
              slot("2026-03-22T09:00:00Z", "2026-03-22T10:00:00Z"));
    }

    @Test
    void validity_is_inclusive_and_cuts_the_last_night_at_its_midnight() {
      var rule =
          new WeeklyHours(
              EVERY_DAY,
              ClockTime.parse("22:00"),
              ClockTime.parse("02:00"),
              1,
              Optional.empty(),
              Optional.of(LocalDate.parse("2026-03-02")),
              Optional.of(LocalDate.parse("2026-03-03")));
      assertThat(expand(hours("UTC", rule), "2026-03-01T00:00:00Z", "2026-03-10T00:00:00Z"))
          .containsExactly(
              slot("2026-03-02T22:00:00Z", "2026-03-03T02:00:00Z"),
              slot("2026-03-03T22:00:00Z", "2026-03-04T00:00:00Z"));
    }

    @Test
    void windows_that_touch_or_overlap_are_one_and_the_query_clips() {
      var hours =
          hours(
              "UTC",
              WeeklyHours.each(Set.of(MONDAY), "08:00", "12:00"),
              WeeklyHours.each(Set.of(MONDAY), "12:00", "15:00"),
              WeeklyHours.each(Set.of(MONDAY), "14:00", "18:00"));
      assertThat(expand(hours, "2026-03-02T09:00:00Z", "2026-03-02T17:00:00Z"))
          .containsExactly(slot("2026-03-02T09:00:00Z", "2026-03-02T17:00:00Z"));
    }
  }

  @Nested
  class Exceptions {
    private final WeeklyHours nights = WeeklyHours.each(EVERY_DAY, "22:00", "06:00");

    @Test
    void closed_removes_what_starts_that_day_and_extra_survives_it() {
      var hours =
          with(
              "UTC",
              List.of(WeeklyHours.each(EVERY_DAY, "09:00", "10:00")),
              new HoursException.Closed(LocalDate.parse("2026-03-03")),
              new HoursException.Replace(
                  LocalDate.parse("2026-03-03"),
                  ClockTime.parse("11:00"),
                  ClockTime.parse("12:00")),
              new HoursException.Extra(
                  LocalDate.parse("2026-03-03"),
                  ClockTime.parse("13:00"),
                  ClockTime.parse("14:00")));
      assertThat(expand(hours, "2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z"))
          .containsExactly(slot("2026-03-03T13:00:00Z", "2026-03-03T14:00:00Z"));
    }

    @Test
    void replace_takes_the_place_of_the_recurring_windows() {
      var hours =
          with(
              "UTC",
              List.of(WeeklyHours.each(EVERY_DAY, "09:00", "10:00")),
              new HoursException.Replace(
                  LocalDate.parse("2026-03-03"),
                  ClockTime.parse("11:00"),
                  ClockTime.parse("12:00")));
      assertThat(expand(hours, "2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z"))
          .containsExactly(slot("2026-03-03T11:00:00Z", "2026-03-03T12:00:00Z"));
    }

    @Test
    void away_cuts_the_nights_at_both_of_its_ends() {
      var hours =
          with(
              "Africa/Nairobi",
              List.of(nights),
              new HoursException.Away(
                  LocalDate.parse("2026-03-03"), LocalDate.parse("2026-03-04")));
      assertThat(expand(hours, "2026-03-02T12:00:00Z", "2026-03-05T12:00:00Z"))
          .containsExactly(
              slot("2026-03-02T19:00:00Z", "2026-03-02T21:00:00Z"),
              slot("2026-03-04T21:00:00Z", "2026-03-05T03:00:00Z"));
    }

    @Test
    void busy_takes_out_very_moments() {
      var hours =
          with(
              "UTC",
              List.of(WeeklyHours.each(EVERY_DAY, "09:00", "12:00")),
              new HoursException.Busy(slot("2026-03-02T10:00:00Z", "2026-03-02T10:20:00Z")));
      assertThat(expand(hours, "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"))
          .containsExactly(
              slot("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"),
              slot("2026-03-02T10:20:00Z", "2026-03-02T12:00:00Z"));
    }
  }

  @Test
  void who_moves_keeps_the_wall_time_and_changes_the_zone_from_that_date_on() {
    var hours =
        new Hours(
            ZoneId.of("Africa/Nairobi"),
            List.of(WeeklyHours.each(Set.of(THURSDAY, FRIDAY, SATURDAY), "20:00", "02:00")),
            List.of(),
            List.of(
                new Hours.ZoneChange(LocalDate.parse("2026-03-06"), ZoneId.of("America/Lima"))));
    assertThat(expand(hours, "2026-03-05T00:00:00Z", "2026-03-07T12:00:00Z"))
        .containsExactly(
            slot("2026-03-05T17:00:00Z", "2026-03-05T23:00:00Z"),
            slot("2026-03-07T01:00:00Z", "2026-03-07T07:00:00Z"));
  }

  private static List<TimeSlot> day(String zone, String date, String start, String end) {
    var day = LocalDate.parse(date);
    var rule =
        new WeeklyHours(
            EVERY_DAY,
            ClockTime.parse(start),
            ClockTime.parse(end),
            1,
            Optional.empty(),
            Optional.of(day),
            Optional.empty());
    var replaced = hours(zone, rule);
    return Expansion.expand(
        new Hours(
            replaced.zone(),
            replaced.weekly(),
            List.of(
                new HoursException.Closed(day.plusDays(1)),
                new HoursException.Closed(day.plusDays(2))),
            List.of()),
        new TimeSlot(
            Instant.parse(day.minusDays(1) + "T00:00:00Z"),
            Instant.parse(day.plusDays(2) + "T00:00:00Z")));
  }

  private static Hours hours(String zone, WeeklyHours... rules) {
    return with(zone, List.of(rules));
  }

  private static Hours with(String zone, List<WeeklyHours> rules, HoursException... exceptions) {
    return new Hours(ZoneId.of(zone), rules, List.of(exceptions), List.of());
  }

  private static List<TimeSlot> expand(Hours hours, String from, String until) {
    return Expansion.expand(hours, slot(from, until));
  }

  private static TimeSlot slot(String start, String end) {
    return new TimeSlot(Instant.parse(start), Instant.parse(end));
  }
}
