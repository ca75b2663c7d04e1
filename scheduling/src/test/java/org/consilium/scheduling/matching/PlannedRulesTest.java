package org.consilium.scheduling.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.consilium.scheduling.matching.Cases.NOON;
import static org.consilium.scheduling.matching.Cases.advice;
import static org.consilium.scheduling.matching.Cases.helper;
import static org.consilium.scheduling.matching.Cases.question;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.GenderWish;
import org.consilium.scheduling.volunteer.Gender;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.LicenceRules;
import org.consilium.scheduling.volunteer.LicenceRules.Need;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The rules that look at a planned moment, at wishes, and at what happened before. */
class PlannedRulesTest {
  private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));

  @Nested
  class Hard {
    @Test
    void at_a_planned_moment_one_must_be_free_then() {
      var helper = helper().free(TimeSlot.of(TOMORROW, Duration.ofHours(1))).build();
      assertThat(Candidacy.planned(advice(), helper, TOMORROW).bars()).isEmpty();
      assertThat(Candidacy.planned(advice(), helper, TOMORROW.plusSeconds(3_600)).bars())
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly(tuple("not-free", "Is not free at that time.", 0));
    }

    @Test
    void rest_holds_from_its_start_up_to_its_end() {
      var rest = TimeSlot.of(TOMORROW, Duration.ofHours(1));
      var helper = helper().free(TimeSlot.of(TOMORROW.minusSeconds(60), Duration.ofHours(4)));
      var resting = helper.limits(rests(rest)).build();
      assertThat(Candidacy.planned(advice(), resting, TOMORROW.minusSeconds(60)).bars()).isEmpty();
      assertThat(Candidacy.planned(advice(), resting, TOMORROW).bars())
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly(
              tuple(
                  "needs-rest",
                  "Rests after a night on call or an immediate consult until Tue 13:00, their"
                      + " time.",
                  0));
      assertThat(Candidacy.planned(advice(), resting, TOMORROW.plusSeconds(3_600)).bars())
          .isEmpty();
    }

    @Test
    void who_rests_now_is_not_asked_and_a_rest_to_come_is_planned_around() {
      var now = rests(TimeSlot.of(NOON.minusSeconds(60), Duration.ofHours(1)));
      assertThat(bars(advice(), helper().limits(now).build()))
          .extracting(Term::code)
          .containsExactly("needs-rest");
      var tomorrow = TimeSlot.of(TOMORROW, Duration.ofHours(4));
      var coming = rests(TimeSlot.of(TOMORROW.minusSeconds(60), Duration.ofHours(3)));
      var around = helper().free(tomorrow).limits(coming).build();
      assertThat(Candidacy.soonest(advice(), around).at())
          .contains(TOMORROW.plus(Duration.ofHours(3)).minusSeconds(60));
      assertThat(bars(advice(), around)).isEmpty();
      var all = rests(TimeSlot.of(TOMORROW, Duration.ofHours(4)));
      assertThat(bars(advice(), helper().free(tomorrow).limits(all).build()))
          .extracting(Term::code)
          .containsExactly("needs-rest");
    }

    @Test
    void who_is_on_call_now_is_rung_for_red_without_regard_to_rest() {
      var resting = rests(TimeSlot.of(NOON.minusSeconds(60), Duration.ofHours(1)));
      var red = question(Urgency.RED, ConsultMode.CLINICIAN_ADVICE);
      assertThat(bars(red, helper().onCall().limits(resting).build())).isEmpty();
      assertThat(bars(red, helper().limits(resting).build())).hasSize(1);
      assertThat(bars(advice(), helper().onCall().limits(resting).build())).hasSize(1);
    }

    @Test
    void a_required_gender_bars_others_and_those_who_did_not_tell() {
      var required = wishing(Gender.FEMALE, true);
      assertThat(bars(required, helper().limits(gender(Gender.FEMALE)).build())).isEmpty();
      assertThat(bars(required, helper().limits(gender(Gender.MALE)).build()))
          .extracting(Term::code)
          .containsExactly("gender-wish");
      assertThat(bars(required, helper().build())).hasSize(1);
      assertThat(bars(wishing(Gender.FEMALE, false), helper().limits(gender(Gender.MALE)).build()))
          .isEmpty();
    }

    private List<Term> planned(Helper helper) {
      return Candidacy.planned(advice(), helper, TOMORROW).bars();
    }

    @Test
    void a_question_asked_at_another_moment_keeps_what_its_country_asks_for() {
      var listed =
          new LicenceRules.Rule(
              "KE", ConsultMode.CLINICIAN_ADVICE, Need.LISTED, List.of("KE"), "A law.");
      var question = under(listed);
      assertThat(bars(question.askedAt(NOON), helper().build()))
          .extracting(Term::code)
          .containsExactly("no-licence-here");
    }

    private List<Term> bars(Case consult, Helper helper) {
      return Candidacy.soonest(consult, helper).bars();
    }
  }

  @Nested
  class Soft {
    @Test
    void an_interpreter_who_is_free_then_is_the_next_best_to_the_language() {
      var bridge = interpreter("en", TimeSlot.of(NOON, Duration.ofHours(1)));
      assertThat(term("patient-language", with(bridge), helper().build()))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly(
              "patient-language", "Needs an interpreter for Swahili; one is free then.", 50);
      var later = interpreter("en", TimeSlot.of(TOMORROW, Duration.ofHours(1)));
      assertThat(term("patient-language", with(later), helper().build()).points()).isZero();
      var stranger = interpreter("fr", TimeSlot.of(NOON, Duration.ofHours(1)));
      assertThat(term("patient-language", with(stranger), helper().build()).points()).isZero();
      var own = helper().speaks("sw", LanguageLevel.FLUENT).build();
      assertThat(term("patient-language", with(bridge), own).points()).isEqualTo(120);
    }

    @Test
    void each_hour_that_the_patient_waits_costs_by_urgency() {
      assertThat(term("wait", advice(), helper().build()))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly("wait", "The patient would wait 2 hours in all.", -4);
      var red = question(Urgency.RED, ConsultMode.CLINICIAN_ADVICE);
      assertThat(term("wait", red, helper().build()).points()).isEqualTo(-80);
      var planned = Candidacy.planned(advice(), helper().build(), TOMORROW);
      assertThat(term("wait", planned).points()).isEqualTo(-52);
    }

    @Test
    void a_wish_that_is_no_must_gives_points_when_met() {
      var wish = wishing(Gender.FEMALE, false);
      assertThat(term("gender-wish", wish, helper().limits(gender(Gender.FEMALE)).build()).points())
          .isEqualTo(40);
      assertThat(term("gender-wish", wish, helper().build()).points()).isZero();
      assertThat(term("gender-wish", advice(), helper().build()).points()).isZero();
    }

    @Test
    void silence_costs_in_proportion_and_a_told_refusal_nothing() {
      assertThat(term("answers", advice(), helper().build()).points()).isZero();
      assertThat(term("answers", advice(), helper().answered(4, 4).build()).points()).isZero();
      assertThat(term("answers", advice(), helper().answered(1, 4).build()))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly("answers", "Answered 1 of 4 offers in the last three months.", -45);
    }

    @Test
    void knowing_the_region_gives_points() {
      assertThat(term("region", advice(), helper().knowsRegion().build()).points()).isEqualTo(30);
      assertThat(term("region", advice(), helper().build()).points()).isZero();
    }

    @Test
    void each_further_consult_in_a_week_costs_once_more() {
      assertThat(term("fair-share", advice(), helper().build()).points()).isZero();
      assertThat(term("fair-share", advice(), helper().week(3).build()).points()).isEqualTo(-60);
    }

    @Test
    void the_price_of_an_hour_counts_by_its_weight() {
      var candidacy = Candidacy.soonest(advice(), helper().build()).withShadowPrice(120);
      assertThat(term("shadow-price", candidacy))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly(
              "shadow-price",
              "Others are expected to need that hour: it is worth 120 points to them.",
              -60);
    }

    @Test
    void at_a_planned_moment_the_wall_clock_is_that_moments() {
      var night = Instant.parse("2026-03-03T03:30:00Z");
      var planned = Candidacy.planned(advice(), helper().build(), night);
      assertThat(term("local-hour", planned))
          .extracting(Term::code, Term::sentence, Term::points)
          .containsExactly("local-hour", "It will be night there: 03:30.", 0);
    }

    @Test
    void the_score_is_the_sum_of_the_terms_also_at_a_planned_moment() {
      var planned = Candidacy.planned(advice(), helper().week(2).open(1).build(), TOMORROW);
      assertThat(SoftRules.score(planned))
          .isEqualTo(planned.terms().stream().mapToInt(Term::points).sum());
    }

    private Term term(String code, Case consult, Helper helper) {
      return term(code, Candidacy.soonest(consult, helper));
    }

    private Term term(String code, Candidacy candidacy) {
      return candidacy.terms().stream()
          .filter(t -> t.code().equals(code))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Helper.Limits rests(TimeSlot rest) {
    return new Helper.Limits(Optional.empty(), List.of(rest), false);
  }

  private static Helper.Limits gender(Gender gender) {
    return new Helper.Limits(Optional.of(gender), List.of(), false);
  }

  private static Case wishing(Gender gender, boolean required) {
    var c = advice();
    return copy(c, Optional.of(new GenderWish(gender, required)), List.of(), c.licenceRule());
  }

  private static Case with(Case.Interpreter interpreter) {
    var c = advice();
    return copy(c, Optional.empty(), List.of(interpreter), c.licenceRule());
  }

  private static Case under(LicenceRules.Rule rule) {
    return copy(advice(), Optional.empty(), List.of(), rule);
  }

  private static Case copy(
      Case c,
      Optional<GenderWish> wish,
      List<Case.Interpreter> interpreters,
      LicenceRules.Rule licenceRule) {
    return new Case(
        c.requester(),
        c.specialty(),
        c.ageGroup(),
        c.patientLanguage(),
        c.clinicLanguage(),
        c.patientCountry(),
        wish,
        c.mode(),
        c.urgency(),
        ZoneId.of("Africa/Nairobi"),
        c.catalogue(),
        c.nearFields(),
        c.reach(),
        interpreters,
        c.weights(),
        c.since(),
        c.now(),
        licenceRule);
  }

  private static Case.Interpreter interpreter(String language, TimeSlot free) {
    var volunteer =
        new Volunteer(
            AccountId.random(),
            OrganisationId.random(),
            VolunteerKind.INTERPRETER,
            "KE",
            VolunteerStatus.ACTIVE,
            5,
            false,
            List.of(
                new Volunteer.Spoken("sw", LanguageLevel.NATIVE),
                new Volunteer.Spoken(language, LanguageLevel.FLUENT)),
            List.of(),
            List.of());
    return new Case.Interpreter(volunteer, List.of(free));
  }
}
