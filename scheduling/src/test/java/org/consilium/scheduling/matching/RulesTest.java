package org.consilium.scheduling.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.Catalogue;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final TimeSlot TODAY = TimeSlot.of(NOON.minusSeconds(3600), Duration.ofHours(4));
  private static final AccountId REQUESTER = AccountId.random();
  private static final Weights WEIGHTS =
      new Weights("test", 400, 200, 60, 150, 120, 200, 5, 150, 60, 25, 10);

  @Nested
  class Licence_fits_the_mode {
    @Test
    void any_valid_licence_will_do_to_advise_a_colleague() {
      assertThat(HardRules.licenceFitsTheMode(advice(), helper().build())).isEmpty();
      assertBar(HardRules.licenceFitsTheMode(advice(), helper().licences().build()), "no-licence");
    }

    @Test
    void who_sees_the_patient_needs_one_where_the_patient_is() {
      var present = question(Urgency.GREEN, ConsultMode.PATIENT_PRESENT);
      var direct = question(Urgency.GREEN, ConsultMode.DIRECT_TO_PATIENT);
      var here = helper().licences(licence("KE", null)).build();
      assertBar(HardRules.licenceFitsTheMode(present, helper().build()), "no-licence-here");
      assertBar(HardRules.licenceFitsTheMode(direct, helper().build()), "no-licence-here");
      assertThat(HardRules.licenceFitsTheMode(present, here)).isEmpty();
      assertThat(HardRules.licenceFitsTheMode(direct, here)).isEmpty();
    }

    @Test
    void a_licence_holds_on_its_last_day_and_not_on_the_next() {
      var today = helper().licences(licence("PT", LocalDate.parse("2026-03-02"))).build();
      var past = helper().licences(licence("PT", LocalDate.parse("2026-03-01"))).build();
      assertThat(HardRules.licenceFitsTheMode(advice(), today)).isEmpty();
      assertBar(HardRules.licenceFitsTheMode(advice(), past), "no-licence");
    }
  }

  @Nested
  class Can_be_reached {
    @Test
    void for_red_only_who_is_on_duty_or_on_call_now() {
      var red = question(Urgency.RED, ConsultMode.CLINICIAN_ADVICE);
      var later = TimeSlot.of(NOON.plusSeconds(60), Duration.ofHours(2));
      assertThat(HardRules.canBeReached(red, helper().build())).isEmpty();
      assertBar(HardRules.canBeReached(red, helper().free(later).build()), "not-on-duty");
      assertThat(HardRules.canBeReached(red, helper().free().onCall().build())).isEmpty();
      assertBar(
          HardRules.canBeReached(red, helper().free().onCall().noRedCalls().build()),
          "not-on-duty");
    }

    @Test
    void otherwise_who_is_free_within_the_hours_of_the_urgency() {
      var green = advice();
      var edge = TimeSlot.of(NOON.plus(Duration.ofHours(168)), Duration.ofHours(1));
      var inside =
          TimeSlot.of(NOON.plus(Duration.ofHours(168)).minusSeconds(1), Duration.ofHours(1));
      assertThat(HardRules.canBeReached(green, helper().free(inside).build())).isEmpty();
      assertBar(HardRules.canBeReached(green, helper().free(edge).build()), "not-free");
      assertThat(HardRules.canBeReached(green, helper().free(edge).build()).get().sentence())
          .isEqualTo("Has no free time in the next 7 days.");
    }
  }

  @Test
  void only_an_active_volunteer_is_asked() {
    assertThat(HardRules.isActive(advice(), helper().build())).isEmpty();
    assertBar(
        HardRules.isActive(advice(), helper().status(VolunteerStatus.PAUSED).build()),
        "not-active");
  }

  @Test
  void the_weekly_cap_is_never_passed() {
    assertThat(HardRules.isUnderTheWeeklyCap(advice(), helper().week(4).build())).isEmpty();
    var full = HardRules.isUnderTheWeeklyCap(advice(), helper().week(5).build());
    assertBar(full, "cap-reached");
    assertThat(full.get().sentence()).isEqualTo("Took 5 this week, the most they agreed to is 5.");
  }

  @Test
  void nobody_is_asked_twice() {
    assertThat(HardRules.wasNotAskedBefore(advice(), helper().build())).isEmpty();
    assertBar(
        HardRules.wasNotAskedBefore(advice(), helper().asked(new Helper.Asked.Silent()).build()),
        "offer-silent");
    assertBar(
        HardRules.wasNotAskedBefore(advice(), helper().asked(new Helper.Asked.StillOpen()).build()),
        "offer-open");
    var refused = new Helper.Asked.Refused(Optional.of(RefusalReason.ON_LEAVE));
    assertThat(
            HardRules.wasNotAskedBefore(advice(), helper().asked(refused).build()).get().sentence())
        .isEqualTo("Refused this consult: on leave.");
  }

  @Test
  void a_conflict_bars_and_so_does_having_asked() {
    assertThat(HardRules.hasNoConflict(advice(), helper().build())).isEmpty();
    assertBar(HardRules.hasNoConflict(advice(), helper().conflicted().build()), "conflict");
    assertBar(HardRules.hasNoConflict(advice(), helper().id(REQUESTER).build()), "own-request");
  }

  @Nested
  class Soft {
    @Test
    void the_field_itself_then_the_wider_or_narrower_one_then_nothing() {
      assertThat(SoftRules.field(advice(), helper().build()).points()).isEqualTo(400);
      assertThat(SoftRules.field(advice(), helper().field("paediatrics").build()).points())
          .isEqualTo(200);
      assertThat(SoftRules.field(advice(), helper().field("neurosurgery").build()).points())
          .isEqualTo(200);
      assertThat(SoftRules.field(advice(), helper().field("dermatology").build()).points())
          .isZero();
      assertThat(SoftRules.field(advice(), helper().build()).sentence())
          .isEqualTo("Works in Paediatric neurology.");
    }

    @Test
    void who_treats_that_age() {
      assertThat(SoftRules.ageGroup(advice(), helper().build()))
          .isEqualTo(new Term("age-group", "Treats children.", 60));
    }

    @Test
    void languages_of_the_clinician_and_of_the_patient() {
      assertThat(SoftRules.languageWithTheClinician(advice(), helper().build()).points())
          .isEqualTo(150);
      assertThat(SoftRules.languageWithThePatient(advice(), helper().build()))
          .isEqualTo(new Term("patient-language", "Needs an interpreter for Swahili.", 0));
      var speaks = helper().speaks("sw-TZ", LanguageLevel.WORKING).build();
      assertThat(SoftRules.languageWithThePatient(advice(), speaks).points()).isEqualTo(120);
      var basic = helper().speaks("sw", LanguageLevel.BASIC).build();
      assertThat(SoftRules.languageWithThePatient(advice(), basic).points()).isZero();
    }

    @Test
    void duty_now_counts_most_and_each_hour_until_the_next_free_one_costs() {
      assertThat(SoftRules.dutyNowOrSoon(advice(), helper().build()))
          .isEqualTo(
              new Term("on-duty", "On duty now until 15:00 there, 18:00 at the clinic.", 200));
      var inTen = TimeSlot.of(NOON.plus(Duration.ofHours(10)), Duration.ofHours(1));
      assertThat(SoftRules.dutyNowOrSoon(advice(), helper().free(inTen).build()))
          .isEqualTo(
              new Term("on-duty", "Next free Mon 22:00 there, Tue 01:00 at the clinic.", 145));
      assertThat(SoftRules.dutyNowOrSoon(advice(), helper().free().build()).points()).isZero();
    }

    @Test
    void continuity_with_this_patient() {
      assertThat(SoftRules.continuity(advice(), helper().knows().build()).points()).isEqualTo(150);
      assertThat(SoftRules.continuity(advice(), helper().build()).points()).isZero();
    }

    @Test
    void waking_hours_are_from_seven_to_twenty_two_there() {
      assertThat(SoftRules.wakingHours(advice(), helper().zone("Africa/Nairobi").build()).points())
          .isEqualTo(60);
      assertThat(SoftRules.wakingHours(advice(), helper().zone("America/Los_Angeles").build()))
          .isEqualTo(new Term("local-hour", "It is night there: 04:00.", 0));
      assertThat(
              SoftRules.wakingHours(advice(), helper().zone("America/New_York").build()).points())
          .isEqualTo(60);
      assertThat(
              SoftRules.wakingHours(advice(), helper().zone("Asia/Vladivostok").build()).points())
          .isZero();
    }

    @Test
    void open_consults_cost_and_room_under_the_cap_counts() {
      assertThat(SoftRules.load(advice(), helper().open(2).build()).points()).isEqualTo(-50);
      assertThat(SoftRules.roomUnderTheCap(advice(), helper().week(2).build()).points())
          .isEqualTo(30);
    }
  }

  @Nested
  class Order {
    @Test
    void the_barred_come_last_and_a_tie_is_broken_by_load_then_name_then_id() {
      var busy = helper().name("Abe").open(1).build();
      var barred = helper().name("Aaron").knows().conflicted().build();
      var zoe = helper().name("Zoe").build();
      var amy = helper().name("Amy").build();
      var ranked = Ranking.rank(advice(), List.of(busy, barred, zoe, amy));
      assertThat(ranked)
          .extracting(r -> r.helper().name())
          .containsExactly("Amy", "Zoe", "Abe", "Aaron");
      assertThat(ranked).extracting(Ranking.Ranked::rank).containsExactly(1, 2, 3, 0);
      assertThat(Ranking.rank(advice(), List.of(amy, zoe, barred, busy))).isEqualTo(ranked);
    }

    @Test
    void a_score_is_the_sum_of_its_terms() {
      var ranked = Ranking.rank(advice(), List.of(helper().build())).getFirst();
      assertThat(ranked.score()).isEqualTo(ranked.terms().stream().mapToInt(Term::points).sum());
      assertThat(ranked.terms()).hasSameSizeAs(SoftRules.ALL);
    }

    @Test
    void who_is_of_another_field_is_not_asked_by_itself() {
      var other = helper().field("dermatology").knows().build();
      var fitting = helper().open(20).build();
      var ranked = Ranking.rank(advice(), List.of(other, fitting));
      assertThat(Ranking.next(ranked).get().helper()).isEqualTo(fitting);
      assertThat(Ranking.next(Ranking.rank(advice(), List.of(other)))).isEmpty();
    }

    @Test
    void twenty_thousand_are_ranked_in_order() {
      var many =
          java.util.stream.IntStream.range(0, 20_000)
              .mapToObj(i -> helper().name("N" + i).open(i % 7).build())
              .toList();
      assertThat(Ranking.rank(advice(), many))
          .isSortedAccordingTo(Comparator.comparingInt(r -> -r.score()));
    }
  }

  private static void assertBar(Optional<Term> bar, String code) {
    assertThat(bar).hasValueSatisfying(term -> assertThat(term.code()).isEqualTo(code));
    assertThat(bar.get().sentence()).endsWith(".");
  }

  private static Case advice() {
    return question(Urgency.GREEN, ConsultMode.CLINICIAN_ADVICE);
  }

  private static Case question(Urgency urgency, ConsultMode mode) {
    return new Case(
        REQUESTER,
        Optional.of("paediatric-neurology"),
        AgeGroup.CHILD,
        "sw",
        "en",
        "KE",
        mode,
        urgency,
        ZoneId.of("Africa/Nairobi"),
        CATALOGUE,
        WEIGHTS,
        NOON);
  }

  private static final Catalogue CATALOGUE =
      new Catalogue(
          1,
          List.of(
              specialty("paediatrics", "Paediatrics", null),
              specialty("dermatology", "Dermatology", null),
              specialty("neurosurgery", "Neurosurgery", "paediatric-neurology"),
              specialty("paediatric-neurology", "Paediatric neurology", "paediatrics")),
          List.of(new Catalogue.Named("sw", "Swahili"), new Catalogue.Named("en", "English")),
          List.of(targets(Urgency.RED, 1), targets(Urgency.GREEN, 168)),
          List.of());

  private static Catalogue.Specialty specialty(String code, String label, String parent) {
    return new Catalogue.Specialty(
        code, label, Optional.ofNullable(parent), List.of(AgeGroup.CHILD));
  }

  private static Catalogue.UrgencyTargets targets(Urgency urgency, int reachHours) {
    return new Catalogue.UrgencyTargets(urgency, "", "", 1, 2, 3, 4, 1, reachHours);
  }

  private static Volunteer.Licence licence(String country, LocalDate until) {
    return new Volunteer.Licence(country, "1", Optional.ofNullable(until));
  }

  private static Builder helper() {
    return new Builder();
  }

  /** Somebody of the field, on duty in Lisbon, who speaks the clinician's language. */
  private static final class Builder {
    private AccountId id = AccountId.random();
    private String name = "Ada";
    private VolunteerStatus status = VolunteerStatus.ACTIVE;
    private String field = "paediatric-neurology";
    private Volunteer.Spoken extra = new Volunteer.Spoken("pt", LanguageLevel.NATIVE);
    private List<Volunteer.Licence> licences = List.of(licence("PT", null));
    private List<TimeSlot> free = List.of(TODAY);
    private ZoneId zone = ZoneId.of("Europe/Lisbon");
    private boolean redCalls = true;
    private boolean onCall;
    private boolean conflicted;
    private boolean knows;
    private int week;
    private int open;
    private Optional<Helper.Asked> asked = Optional.empty();

    Builder id(AccountId value) {
      id = value;
      return this;
    }

    Builder name(String value) {
      name = value;
      return this;
    }

    Builder status(VolunteerStatus value) {
      status = value;
      return this;
    }

    Builder field(String value) {
      field = value;
      return this;
    }

    Builder speaks(String language, LanguageLevel level) {
      extra = new Volunteer.Spoken(language, level);
      return this;
    }

    Builder licences(Volunteer.Licence... values) {
      licences = List.of(values);
      return this;
    }

    Builder free(TimeSlot... values) {
      free = List.of(values);
      return this;
    }

    Builder zone(String value) {
      zone = ZoneId.of(value);
      return this;
    }

    Builder noRedCalls() {
      redCalls = false;
      return this;
    }

    Builder onCall() {
      onCall = true;
      return this;
    }

    Builder conflicted() {
      conflicted = true;
      return this;
    }

    Builder knows() {
      knows = true;
      return this;
    }

    Builder week(int value) {
      week = value;
      return this;
    }

    Builder open(int value) {
      open = value;
      return this;
    }

    Builder asked(Helper.Asked value) {
      asked = Optional.of(value);
      return this;
    }

    Helper build() {
      var volunteer =
          new Volunteer(
              id,
              OrganisationId.random(),
              VolunteerKind.SPECIALIST,
              "PT",
              status,
              5,
              redCalls,
              List.of(new Volunteer.Spoken("en", LanguageLevel.FLUENT), extra),
              List.of(new Volunteer.Field(field, List.of(AgeGroup.CHILD))),
              licences);
      return new Helper(volunteer, name, zone, free, onCall, week, open, asked, conflicted, knows);
    }
  }
}
