package org.consilium.scheduling.volunteer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.availability.TimeSlot;
import org.junit.jupiter.api.Test;

class WishesTest {
  private static final ZoneId LISBON = ZoneId.of("Europe/Lisbon");

  private static Wishes quiet(String from, String until) {
    return new Wishes(
        Duration.ZERO,
        Optional.of(new Wishes.Quiet(LocalTime.parse(from), LocalTime.parse(until))),
        Optional.empty(),
        List.of());
  }

  @Test
  void quiet_hours_go_over_midnight_and_hold_their_start_and_not_their_end() {
    var night = quiet("22:00", "07:00");
    assertThat(night.isQuietAt(Instant.parse("2026-03-02T21:59:59Z"), LISBON)).isFalse();
    assertThat(night.isQuietAt(Instant.parse("2026-03-02T22:00:00Z"), LISBON)).isTrue();
    assertThat(night.isQuietAt(Instant.parse("2026-03-03T06:59:59Z"), LISBON)).isTrue();
    assertThat(night.isQuietAt(Instant.parse("2026-03-03T07:00:00Z"), LISBON)).isFalse();
  }

  @Test
  void they_are_those_of_the_own_wall_clock_in_summer_too() {
    var lunch = quiet("12:00", "13:00");
    assertThat(lunch.isQuietAt(Instant.parse("2026-07-02T11:30:00Z"), LISBON)).isTrue();
    assertThat(lunch.isQuietAt(Instant.parse("2026-07-02T12:30:00Z"), LISBON)).isFalse();
    assertThat(Wishes.NONE.isQuietAt(Instant.parse("2026-07-02T11:30:00Z"), LISBON)).isFalse();
  }

  @Test
  void a_status_changes_only_to_what_can_follow_it() {
    assertThat(VolunteerStatus.APPLIED.mayBecome(VolunteerStatus.PAUSED)).isFalse();
    assertThat(VolunteerStatus.PAUSED.mayBecome(VolunteerStatus.ACTIVE)).isTrue();
    assertThat(VolunteerStatus.SUSPENDED.mayBecome(VolunteerStatus.PAUSED)).isFalse();
    assertThat(VolunteerStatus.ENDED.mayBecome(VolunteerStatus.APPLIED)).isTrue();
    assertThat(VolunteerStatus.ENDED.mayBecome(VolunteerStatus.ACTIVE)).isFalse();
  }

  @Test
  void a_basic_language_or_one_with_an_interpreter_carries_no_consult() {
    assertThat(new Volunteer.Spoken("pt", LanguageLevel.BASIC).carriesAConsult()).isFalse();
    assertThat(new Volunteer.Spoken("pt", LanguageLevel.WORKING).carriesAConsult()).isTrue();
    var unsure = new Volunteer.Spoken("pt", LanguageLevel.WORKING, Optional.of(true), true);
    assertThat(unsure.carriesAConsult()).isFalse();
  }

  @Test
  void what_can_wait_is_heard_of_at_the_end_of_the_quiet_hours_by_the_own_clock() {
    var night = quiet("22:00", "07:00");
    assertThat(night.heardFrom(Instant.parse("2026-03-02T23:00:00Z"), LISBON))
        .isEqualTo("2026-03-03T07:00:00Z");
    assertThat(night.heardFrom(Instant.parse("2026-03-03T05:00:00Z"), LISBON))
        .isEqualTo("2026-03-03T07:00:00Z");
    // The clocks go forward in this night: seven o'clock comes an hour earlier.
    assertThat(night.heardFrom(Instant.parse("2026-03-28T23:00:00Z"), LISBON))
        .isEqualTo("2026-03-29T06:00:00Z");
    var noon = Instant.parse("2026-03-03T12:00:00Z");
    assertThat(night.heardFrom(noon, LISBON)).isEqualTo(noon);
    assertThat(Wishes.NONE.heardFrom(noon, LISBON)).isEqualTo(noon);
  }

  @Test
  void a_time_touches_quiet_hours_over_midnight_and_over_a_change_of_the_clocks() {
    var night = new Wishes.Quiet(LocalTime.of(22, 0), LocalTime.of(7, 0));
    assertThat(night.touches(slot("2026-03-02T07:00:00Z", "2026-03-02T22:00:00Z"), LISBON))
        .isFalse();
    assertThat(night.touches(slot("2026-03-02T06:59:00Z", "2026-03-02T22:00:00Z"), LISBON))
        .isTrue();
    assertThat(night.touches(slot("2026-03-02T07:00:00Z", "2026-03-02T22:01:00Z"), LISBON))
        .isTrue();
    // An hour later on the wall from the last Sunday of March on.
    assertThat(night.touches(slot("2026-03-29T06:00:00Z", "2026-03-29T21:00:00Z"), LISBON))
        .isFalse();
    var gone = new Wishes.Quiet(LocalTime.of(1, 10), LocalTime.of(1, 20));
    assertThat(gone.touches(slot("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"), LISBON))
        .isFalse();
  }

  private static TimeSlot slot(String start, String end) {
    return new TimeSlot(Instant.parse(start), Instant.parse(end));
  }
}
