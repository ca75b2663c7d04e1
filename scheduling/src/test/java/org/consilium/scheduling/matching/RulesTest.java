package org.consilium.scheduling.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.consilium.scheduling.matching.Cases.NOON;
import static org.consilium.scheduling.matching.Cases.REQUESTER;
import static org.consilium.scheduling.matching.Cases.advice;
import static org.consilium.scheduling.matching.Cases.helper;
import static org.consilium.scheduling.matching.Cases.licence;
import static org.consilium.scheduling.matching.Cases.question;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RulesTest {
  @Nested
  class Licence_fits_the_mode {
    @Test
    void any_valid_licence_will_do_to_advise_a_colleague() {
      assertThat(licenceBar(advice(), helper().build())).isEmpty();
      assertBar(licenceBar(advice(), helper().licences().build()), "no-licence");
    }

    @Test
    void who_sees_the_patient_needs_one_where_the_patient_is() {
      var present = question(Urgency.GREEN, ConsultMode.PATIENT_PRESENT);
      var direct = question(Urgency.GREEN, ConsultMode.DIRECT_TO_PATIENT);
      var here = helper().licences(licence("KE", null)).build();
      assertBar(licenceBar(present, helper().build()), "no-licence-here");
      assertBar(licenceBar(direct, helper().build()), "no-licence-here");
      assertThat(licenceBar(present, here)).isEmpty();
      assertThat(licenceBar(direct, here)).isEmpty();
    }

    @Test
    void a_licence_holds_on_its_last_day_and_not_on_the_next() {
      var today = helper().licences(licence("PT", LocalDate.parse("2026-03-02"))).build();
      var past = helper().licences(licence("PT", LocalDate.parse("2026-03-01"))).build();
      assertThat(licenceBar(advice(), today)).isEmpty();
      assertBar(licenceBar(advice(), past), "no-licence");
    }
  }

  @Nested
  class Can_be_reached {
    @Test
    void for_red_only_who_is_on_duty_or_on_call_now() {
      var red = question(Urgency.RED, ConsultMode.CLINICIAN_ADVICE);
      var later = TimeSlot.of(NOON.plusSeconds(60), Duration.ofHours(2));
      assertThat(reachBar(red, helper().build())).isEmpty();
      assertBar(reachBar(red, helper().free(later).build()), "not-on-duty");
      assertThat(reachBar(red, helper().free().onCall().build())).isEmpty();
      assertBar(reachBar(red, helper().free().onCall().noRedCalls().build()), "not-on-duty");
    }

    @Test
    void otherwise_who_is_free_within_the_hours_of_the_urgency() {
      var green = advice();
      var edge = TimeSlot.of(NOON.plus(Duration.ofHours(168)), Duration.ofHours(1));
      var inside =
          TimeSlot.of(NOON.plus(Duration.ofHours(168)).minusSeconds(1), Duration.ofHours(1));
      assertThat(reachBar(green, helper().free(inside).build())).isEmpty();
      assertBar(reachBar(green, helper().free(edge).build()), "not-free");
      assertThat(reachBar(green, helper().free(edge).build()).get().sentence())
          .isEqualTo("Has no free time in the next 7 days.");
    }
  }

  @Test
  void only_an_active_volunteer_is_asked() {
    assertThat(activeBar(advice(), helper().build())).isEmpty();
    assertBar(activeBar(advice(), helper().status(VolunteerStatus.PAUSED).build()), "not-active");
  }

  @Test
  void the_weekly_cap_is_never_passed() {
    assertThat(capBar(advice(), helper().week(4).build())).isEmpty();
    var full = capBar(advice(), helper().week(5).build());
    assertBar(full, "cap-reached");
    assertThat(full.get().sentence()).isEqualTo("Took 5 this week, the most they agreed to is 5.");
  }

  @Test
  void nobody_is_asked_twice() {
    assertThat(askedBar(advice(), helper().build())).isEmpty();
    assertBar(
        askedBar(advice(), helper().asked(new Helper.Asked.Silent()).build()), "offer-silent");
    assertBar(
        askedBar(advice(), helper().asked(new Helper.Asked.StillOpen()).build()), "offer-open");
    var refused = new Helper.Asked.Refused(Optional.of(RefusalReason.ON_LEAVE));
    assertThat(askedBar(advice(), helper().asked(refused).build()).get().sentence())
        .isEqualTo("Refused this consult: on leave.");
  }

  @Test
  void a_conflict_bars_and_so_does_having_asked() {
    assertThat(conflictBar(advice(), helper().build())).isEmpty();
    assertBar(conflictBar(advice(), helper().conflicted().build()), "conflict");
    assertBar(conflictBar(advice(), helper().id(REQUESTER).build()), "own-request");
  }

  @Nested
  class Soft {
    @Test
    void the_field_itself_then_the_wider_or_narrower_one_then_nothing() {
      assertThat(term("field", advice(), helper().build()).points()).isEqualTo(400);
      assertThat(term("field", advice(), helper().field("paediatrics").build()).points())
          .isEqualTo(200);
      assertThat(term("field", advice(), helper().field("neurosurgery").build()).points())
          .isEqualTo(200);
      assertThat(term("field", advice(), helper().field("dermatology").build()).points()).isZero();
      assertThat(term("field", advice(), helper().build()).sentence())
          .isEqualTo("Works in Paediatric neurology.");
    }

    @Test
    void who_treats_that_age() {
      assertThat(term("age-group", advice(), helper().build()))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly("age-group", "Treats children.", 60);
    }

    @Test
    void languages_of_the_clinician_and_of_the_patient() {
      assertThat(term("clinician-language", advice(), helper().build()).points()).isEqualTo(150);
      assertThat(term("patient-language", advice(), helper().build()))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly("patient-language", "Needs an interpreter for Swahili.", 0);
      var speaks = helper().speaks("sw-TZ", LanguageLevel.WORKING).build();
      assertThat(term("patient-language", advice(), speaks).points()).isEqualTo(120);
      var basic = helper().speaks("sw", LanguageLevel.BASIC).build();
      assertThat(term("patient-language", advice(), basic).points()).isZero();
    }

    @Test
    void duty_now_counts_most_and_each_hour_until_the_next_free_one_costs() {
      assertThat(term("on-duty", advice(), helper().build()))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly("on-duty", "On duty now until 15:00 there, 18:00 at the clinic.", 200);
      var inTen = TimeSlot.of(NOON.plus(Duration.ofHours(10)), Duration.ofHours(1));
      assertThat(term("on-duty", advice(), helper().free(inTen).build()))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly("on-duty", "Next free Mon 22:00 there, Tue 01:00 at the clinic.", 145);
      assertThat(term("on-duty", advice(), helper().free().build()).points()).isZero();
    }

    @Test
    void continuity_with_this_patient() {
      assertThat(term("continuity", advice(), helper().knows().build()).points()).isEqualTo(150);
      assertThat(term("continuity", advice(), helper().build()).points()).isZero();
    }

    @Test
    void waking_hours_are_from_seven_to_twenty_two_there() {
      assertThat(term("local-hour", advice(), helper().zone("Africa/Nairobi").build()).points())
          .isEqualTo(60);
      assertThat(term("local-hour", advice(), helper().zone("America/Los_Angeles").build()))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly("local-hour", "It is night there: 04:00.", 0);
      assertThat(term("local-hour", advice(), helper().zone("America/New_York").build()).points())
          .isEqualTo(60);
      assertThat(term("local-hour", advice(), helper().zone("Asia/Vladivostok").build()).points())
          .isZero();
    }

    @Test
    void open_consults_cost_and_room_under_the_cap_counts() {
      assertThat(term("load", advice(), helper().open(2).build()).points()).isEqualTo(-50);
      assertThat(term("weekly-cap", advice(), helper().week(2).build()).points()).isEqualTo(30);
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
      assertThat(Ranking.rank(advice(), List.of(amy, zoe, barred, busy)))
          .extracting(Ranking.Ranked::helper)
          .containsExactly(amy, zoe, busy, barred);
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

  private static Optional<Term> licenceBar(Case consult, Helper helper) {
    return bar(consult, helper, "no-licence", "no-licence-here");
  }

  private static Optional<Term> reachBar(Case consult, Helper helper) {
    return bar(consult, helper, "not-on-duty", "not-free");
  }

  private static Optional<Term> activeBar(Case consult, Helper helper) {
    return bar(consult, helper, "not-active");
  }

  private static Optional<Term> capBar(Case consult, Helper helper) {
    return bar(consult, helper, "cap-reached");
  }

  private static Optional<Term> askedBar(Case consult, Helper helper) {
    return bar(consult, helper, "offer-open", "offer-silent", "offer-refused");
  }

  private static Optional<Term> conflictBar(Case consult, Helper helper) {
    return bar(consult, helper, "own-request", "conflict");
  }

  private static Optional<Term> bar(Case consult, Helper helper, String... codes) {
    return bar(Candidacy.soonest(consult, helper), codes);
  }

  private static Optional<Term> bar(Candidacy candidacy, String... codes) {
    return candidacy.bars().stream().filter(t -> List.of(codes).contains(t.code())).findFirst();
  }

  private static Term term(String code, Case consult, Helper helper) {
    return term(code, Candidacy.soonest(consult, helper));
  }

  private static Term term(String code, Candidacy candidacy) {
    return candidacy.terms().stream().filter(t -> t.code().equals(code)).findFirst().orElseThrow();
  }

  private static void assertBar(Optional<Term> bar, String code) {
    assertThat(bar).hasValueSatisfying(term -> assertThat(term.code()).isEqualTo(code));
    assertThat(bar.get().sentence()).endsWith(".");
  }
}
