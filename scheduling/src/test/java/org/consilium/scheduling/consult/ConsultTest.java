package org.consilium.scheduling.consult;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.Catalogue.UrgencyTargets;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsultTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final AccountId ADA = AccountId.random();
  private static final AccountId BEN = AccountId.random();
  private static final UrgencyTargets TARGETS =
      new UrgencyTargets(Urgency.YELLOW, "", "", 30, 240, 480, 80, 1, 48);

  @Nested
  class A_submitted_consult {
    @Test
    void waits_for_the_coordinator_to_triage_it() {
      assertThat(submitted().status()).isEqualTo(Status.SUBMITTED);
      assertThat(submitted().waitingOn()).isEqualTo(WaitingOn.COORDINATOR);
      assertThat(submitted().due()).contains(due(30, Due.For.TRIAGE));
    }

    @Test
    void is_as_urgent_as_the_more_urgent_of_computed_and_requested() {
      assertThat(submitted().urgency().now()).isEqualTo(Urgency.ORANGE);
      assertThat(triaged().urgency().now()).isEqualTo(Urgency.YELLOW);
    }

    @Test
    void is_due_sooner_when_new_findings_are_graver_and_never_later() {
      var at = NOON.plusSeconds(600);
      var red = (Step.Taken) submitted().recompute(Urgency.RED, at, _ -> 5);
      assertThat(red.consult().urgency().now()).isEqualTo(Urgency.RED);
      assertThat(red.consult().due()).contains(due(15, Due.For.TRIAGE));
      var green = (Step.Taken) red.consult().recompute(Urgency.GREEN, at, _ -> 240);
      assertThat(green.consult().due()).contains(due(15, Due.For.TRIAGE));
    }

    @Test
    void keeps_what_the_coordinator_confirmed_whatever_is_computed() {
      var red = (Step.Taken) triaged().recompute(Urgency.RED, NOON, _ -> 5);
      assertThat(red.consult().urgency().now()).isEqualTo(Urgency.YELLOW);
      assertThat(red.consult().urgency().computed()).isEqualTo(Urgency.RED);
      assertThat(red.consult().due()).isEqualTo(triaged().due());
      assertThat(submitted().recompute(submitted().urgency().computed(), NOON, _ -> 5))
          .isInstanceOf(Step.AlreadySo.class);
    }

    @Test
    void cannot_be_offered_before_triage() {
      assertThat(submitted().offer()).isEqualTo(new Step.NotNow(Status.SUBMITTED));
    }
  }

  @Nested
  class A_triaged_consult {
    @Test
    void is_due_to_be_accepted_counted_from_the_submission() {
      assertThat(triaged().due()).contains(due(240, Due.For.ACCEPTANCE));
    }

    @Test
    void can_be_triaged_again_until_it_is_offered() {
      assertThat(triage(triaged())).isInstanceOf(Step.Taken.class);
      assertThat(triage(offered())).isEqualTo(new Step.NotNow(Status.OFFERED));
    }
  }

  @Nested
  class An_offered_consult {
    @Test
    void belongs_to_who_accepts_and_is_due_for_the_first_answer() {
      assertThat(accepted().specialist()).contains(ADA);
      assertThat(accepted().waitingOn()).isEqualTo(WaitingOn.SPECIALIST);
      assertThat(accepted().due()).contains(due(480, Due.For.FIRST_ANSWER));
    }

    @Test
    void goes_back_to_the_coordinator_when_nobody_is_left() {
      var back = taken(offered().returnToCoordinator());
      assertThat(back.status()).isEqualTo(Status.TRIAGED);
      assertThat(back.waitingOn()).isEqualTo(WaitingOn.COORDINATOR);
    }

    @Test
    void accepted_twice_by_one_is_so_already_and_by_another_is_too_late() {
      assertThat(accepted().accept(ADA, TARGETS)).isInstanceOf(Step.AlreadySo.class);
      assertThat(accepted().accept(BEN, TARGETS)).isEqualTo(new Step.NotNow(Status.ACCEPTED));
    }
  }

  @Nested
  class The_clock {
    @Test
    void stops_when_the_specialist_has_written_and_the_clinic_is_waited_for() {
      var answered = taken(accepted().discuss(true, NOON));
      assertThat(answered.status()).isEqualTo(Status.IN_DISCUSSION);
      assertThat(answered.waitingOn()).isEqualTo(WaitingOn.CLINIC);
      assertThat(answered.due()).isEmpty();
      assertThat(answered.firstAnswerAt()).contains(NOON);
    }

    @Test
    void runs_on_when_the_clinic_writes_before_the_first_answer() {
      var more = taken(accepted().discuss(false, NOON));
      assertThat(more.waitingOn()).isEqualTo(WaitingOn.SPECIALIST);
      assertThat(more.due()).contains(due(480, Due.For.FIRST_ANSWER));
    }

    @Test
    void is_not_turned_round_by_an_older_message_that_is_told_late() {
      var asked = taken(accepted().discuss(false, NOON));
      var answered = taken(asked.discuss(true, NOON.minusSeconds(1)));
      assertThat(answered.waitingOn()).isEqualTo(WaitingOn.SPECIALIST);
      assertThat(answered.firstAnswerAt()).contains(NOON.minusSeconds(1));
      assertThat(answered.discuss(false, NOON.minusSeconds(2))).isInstanceOf(Step.AlreadySo.class);
    }

    @Test
    void of_a_follow_up_ends_with_the_day_at_the_clinic() {
      var advised = taken(accepted().advise(NOON));
      var asked =
          taken(advised.followUp(LocalDate.parse("2026-03-09"), ZoneId.of("Africa/Nairobi")));
      assertThat(asked.due())
          .contains(new Due(Instant.parse("2026-03-09T21:00:00Z"), Due.For.FOLLOW_UP));
      assertThat(taken(asked.discuss(false, NOON)).due()).isEqualTo(asked.due());
    }
  }

  @Nested
  class Booking {
    @Test
    void needs_a_specialist() {
      assertThat(triaged().book()).isEqualTo(new Step.NotNow(Status.TRIAGED));
      assertThat(taken(accepted().book()).status()).isEqualTo(Status.BOOKED);
    }

    @Test
    void undone_goes_back_to_where_it_was() {
      assertThat(taken(taken(accepted().book()).unbook()).status()).isEqualTo(Status.ACCEPTED);
      var discussed = taken(accepted().discuss(true, NOON));
      assertThat(taken(taken(discussed.book()).unbook()).status()).isEqualTo(Status.IN_DISCUSSION);
    }

    @Test
    void after_the_advice_stays_advised() {
      var advised = taken(accepted().advise(NOON));
      assertThat(advised.book()).isEqualTo(new Step.AlreadySo(advised));
    }
  }

  @Nested
  class The_end {
    @Test
    void closing_twice_is_so_already_and_news_reopens() {
      var closed = taken(taken(accepted().advise(NOON)).close("healed", NOON));
      assertThat(closed.waitingOn()).isEqualTo(WaitingOn.NOBODY);
      assertThat(closed.due()).isEmpty();
      assertThat(closed.close("healed", NOON)).isInstanceOf(Step.AlreadySo.class);
      var later = NOON.plusSeconds(1);
      assertThat(taken(closed.discuss(false, later)).status()).isEqualTo(Status.IN_DISCUSSION);
      assertThat(closed.discuss(false, NOON)).isEqualTo(new Step.NotNow(Status.CLOSED));
    }

    @Test
    void silence_ends_nothing_while_the_specialist_owes_the_answer() {
      var advised = taken(accepted().advise(NOON));
      assertThat(taken(advised.lose(NOON)).status()).isEqualTo(Status.CLOSED);
      var asked = taken(advised.discuss(false, NOON.plusSeconds(1)));
      assertThat(asked.lose(NOON)).isEqualTo(new Step.AlreadySo(asked));
    }

    @Test
    void what_is_open_again_keeps_its_advice_and_its_time() {
      var worse = taken(taken(accepted().advise(NOON)).reopen(NOON, TARGETS));
      assertThat(worse.status()).isEqualTo(Status.ADVISED);
      assertThat(worse.waitingOn()).isEqualTo(WaitingOn.SPECIALIST);
      assertThat(worse.withdraw("", NOON)).isEqualTo(new Step.NotNow(Status.ADVISED));
      var booked = taken(accepted().book());
      assertThat(taken(booked.reopen(NOON, TARGETS)).status()).isEqualTo(Status.BOOKED);
    }

    @Test
    void advice_cannot_be_withdrawn() {
      var advised = taken(accepted().advise(NOON));
      assertThat(advised.withdraw("", NOON)).isEqualTo(new Step.NotNow(Status.ADVISED));
      assertThat(taken(offered().withdraw("went home", NOON)).status()).isEqualTo(Status.WITHDRAWN);
    }

    @Test
    void nothing_happens_to_a_withdrawn_consult() {
      var gone = taken(submitted().withdraw("went home", NOON));
      var no = new Step.NotNow(Status.WITHDRAWN);
      assertThat(triage(gone)).isEqualTo(no);
      assertThat(gone.offer()).isEqualTo(no);
      assertThat(gone.accept(ADA, TARGETS)).isEqualTo(no);
      assertThat(gone.discuss(true, NOON)).isEqualTo(no);
      assertThat(gone.book()).isEqualTo(no);
      assertThat(gone.advise(NOON)).isEqualTo(no);
      assertThat(gone.close("healed", NOON)).isEqualTo(no);
      assertThat(gone.withdraw("again", NOON)).isInstanceOf(Step.AlreadySo.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Status.class)
  void a_consult_is_carried_or_over_or_not_yet_taken(Status status) {
    assertThat(status.isCarried() && status.isOver()).isFalse();
  }

  private static Step triage(Consult consult) {
    return consult.triage(Urgency.YELLOW, "dermatology", ConsultMode.CLINICIAN_ADVICE, TARGETS);
  }

  private static Consult triaged() {
    return taken(triage(submitted()));
  }

  private static Consult offered() {
    return taken(triaged().offer());
  }

  private static Consult accepted() {
    return taken(offered().accept(ADA, TARGETS));
  }

  private static Consult taken(Step step) {
    assertThat(step).isInstanceOf(Step.Taken.class);
    return ((Step.Taken) step).consult();
  }

  private static Due due(int minutes, Due.For what) {
    return new Due(NOON.plusSeconds(60L * minutes), what);
  }

  private static Consult submitted() {
    var request =
        new NewConsult(
            ConsultId.random(),
            OrganisationId.random(),
            SiteId.random(),
            PatientId.random(),
            AccountId.random(),
            new Age(3, "years"),
            AgeGroup.CHILD,
            "male",
            "sw",
            "en",
            ConsultMode.CLINICIAN_ADVICE,
            Optional.empty(),
            "What is this rash?",
            Urgency.GREEN,
            Urgency.ORANGE,
            Optional.empty(),
            NOON);
    return Consult.submitted(request, TARGETS, 1);
  }
}
