package org.consilium.scheduling.rota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.rota.SwapRules.Asked;
import org.consilium.scheduling.rota.SwapRules.Bar;
import org.consilium.scheduling.rota.SwapRules.Taker;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.consilium.scheduling.volunteer.Wishes;
import org.junit.jupiter.api.Test;

class SwapRulesTest {
  /** 22:00 to 08:00 in Lisbon. */
  private static final TimeSlot NIGHT = slot("2026-06-01T21:00:00Z", "2026-06-02T07:00:00Z");

  private static final ZoneId LISBON = ZoneId.of("Europe/Lisbon");
  private static final Duration REST = Duration.ofHours(8);

  private static TimeSlot slot(String start, String end) {
    return new TimeSlot(Instant.parse(start), Instant.parse(end));
  }

  private static Wishes wishes(Duration rest, Optional<Wishes.Quiet> quiet) {
    return new Wishes(rest, quiet, Optional.empty(), Wishes.NONE.channels());
  }

  private static Volunteer volunteer(
      VolunteerKind kind, VolunteerStatus status, boolean redCalls, String lastDay, Wishes wishes) {
    return new Volunteer(
        AccountId.random(),
        OrganisationId.random(),
        kind,
        "PT",
        status,
        2,
        redCalls,
        List.of(
            new Volunteer.Spoken("en", LanguageLevel.FLUENT),
            new Volunteer.Spoken("sw", LanguageLevel.BASIC)),
        List.of(new Volunteer.Field("dermatology", List.of(AgeGroup.ADULT))),
        List.of(new Volunteer.Licence("PT", "OM-1", Optional.of(LocalDate.parse(lastDay)))),
        wishes);
  }

  private static final Volunteer ABLE =
      volunteer(VolunteerKind.SPECIALIST, VolunteerStatus.ACTIVE, true, "2026-06-02", Wishes.NONE);

  private static Taker taker(Volunteer who, List<TimeSlot> leave, List<TimeSlot> onCall) {
    return new Taker(who, LISBON, leave, onCall, List.of(), 0);
  }

  private static Optional<Bar> bar(Volunteer who) {
    return bar(taker(who, List.of(), List.of()));
  }

  private static Optional<Bar> bar(Taker taker) {
    return SwapRules.bar(taker, new Asked("dermatology", "en", NIGHT, REST));
  }

  @Test
  void a_colleague_of_the_field_and_language_who_is_free_may_take_it() {
    assertThat(bar(ABLE)).isEmpty();
  }

  @Test
  void only_an_active_specialist_may() {
    for (var status : VolunteerStatus.values()) {
      var who = volunteer(VolunteerKind.SPECIALIST, status, true, "2026-06-02", Wishes.NONE);
      assertThat(bar(who).isEmpty()).isEqualTo(status == VolunteerStatus.ACTIVE);
    }
    var interpreter =
        volunteer(
            VolunteerKind.INTERPRETER, VolunteerStatus.ACTIVE, true, "2026-06-02", Wishes.NONE);
    assertThat(bar(interpreter)).contains(Bar.NOT_ACTIVE);
  }

  @Test
  void the_licence_holds_to_the_last_day_of_the_shift_on_their_own_calendar() {
    var ends =
        volunteer(
            VolunteerKind.SPECIALIST, VolunteerStatus.ACTIVE, true, "2026-06-01", Wishes.NONE);
    assertThat(bar(ends)).contains(Bar.NO_LICENCE);
    var inHonolulu =
        new Taker(ends, ZoneId.of("Pacific/Honolulu"), List.of(), List.of(), List.of(), 0);
    assertThat(bar(inHonolulu)).isEmpty();
  }

  @Test
  void the_field_and_the_language_are_those_of_the_rota() {
    var free = taker(ABLE, List.of(), List.of());
    assertThat(SwapRules.bar(free, new Asked("cardiology", "en", NIGHT, REST)))
        .contains(Bar.OTHER_FIELD);
    assertThat(SwapRules.bar(free, new Asked("dermatology", "sw", NIGHT, REST)))
        .contains(Bar.OTHER_LANGUAGE);
  }

  @Test
  void leave_and_another_shift_forbid_it() {
    var morning = slot("2026-06-02T06:59:00Z", "2026-06-02T09:00:00Z");
    assertThat(bar(taker(ABLE, List.of(morning), List.of()))).contains(Bar.ON_LEAVE);
    assertThat(bar(taker(ABLE, List.of(), List.of(morning)))).contains(Bar.OVERLAP);
    var after = slot("2026-06-02T07:00:00Z", "2026-06-02T09:00:00Z");
    assertThat(bar(taker(ABLE, List.of(after), List.of()))).isEmpty();
  }

  @Test
  void rest_between_shifts_is_kept_to_the_minute_on_both_sides() {
    var before = slot("2026-06-01T09:00:00Z", "2026-06-01T13:00:00Z");
    var after = slot("2026-06-02T15:00:00Z", "2026-06-02T20:00:00Z");
    assertThat(bar(taker(ABLE, List.of(), List.of(before, after)))).isEmpty();
    var tooLate = slot("2026-06-01T09:00:00Z", "2026-06-01T13:01:00Z");
    var close = taker(ABLE, List.of(), List.of(tooLate));
    assertThat(bar(close)).contains(Bar.NO_REST);
    assertThat(SwapRules.bar(close, new Asked("dermatology", "en", NIGHT, Duration.ZERO)))
        .isEmpty();
  }

  @Test
  void the_rest_that_somebody_wished_for_after_a_night_or_an_immediate_consult_is_kept() {
    var wishing =
        volunteer(
            VolunteerKind.SPECIALIST,
            VolunteerStatus.ACTIVE,
            true,
            "2026-06-02",
            wishes(Duration.ofHours(24), Optional.empty()));
    var lastNight = slot("2026-05-31T21:00:00Z", "2026-06-01T07:00:00Z");
    var yesterday = slot("2026-06-01T07:00:00Z", "2026-06-01T13:00:00Z");
    assertThat(bar(taker(wishing, List.of(), List.of(lastNight)))).contains(Bar.RESTING);
    assertThat(bar(taker(wishing, List.of(), List.of(yesterday)))).isEmpty();
    var evening = slot("2026-06-02T18:00:00Z", "2026-06-02T20:00:00Z");
    assertThat(bar(taker(wishing, List.of(), List.of(evening)))).contains(Bar.RESTING);
    var rung = List.of(NIGHT.start().minus(Duration.ofHours(23)));
    assertThat(bar(new Taker(wishing, LISBON, List.of(), List.of(), rung, 0)))
        .contains(Bar.RESTING);
  }

  @Test
  void quiet_hours_forbid_it_to_whoever_has_not_agreed_to_red_calls() {
    var quiet = new Wishes.Quiet(LocalTime.of(7, 59), LocalTime.of(9, 0));
    for (boolean redCalls : new boolean[] {true, false}) {
      var who =
          volunteer(
              VolunteerKind.SPECIALIST,
              VolunteerStatus.ACTIVE,
              redCalls,
              "2026-06-02",
              wishes(Duration.ZERO, Optional.of(quiet)));
      assertThat(bar(who)).isEqualTo(redCalls ? Optional.empty() : Optional.of(Bar.QUIET_HOURS));
    }
  }

  @Test
  void the_weekly_most_is_kept() {
    assertThat(bar(new Taker(ABLE, LISBON, List.of(), List.of(), List.of(), 1))).isEmpty();
    assertThat(bar(new Taker(ABLE, LISBON, List.of(), List.of(), List.of(), 2)))
        .contains(Bar.CAP_REACHED);
  }
}
