package org.consilium.scheduling.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Status;
import org.consilium.scheduling.ladder.Act;
import org.consilium.scheduling.ladder.LadderStep;
import org.consilium.scheduling.ladder.LadderStep.From;
import org.consilium.scheduling.ladder.LadderStep.Phase;
import org.consilium.scheduling.offer.Climb.Field;
import org.consilium.scheduling.offer.Climb.Person;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClimbTest {
  private final Person best = person(false, true, false);
  private final Person second = person(false, true, false);
  private final Person onCall = person(false, true, true);
  private final Person otherField = person(false, false, true);
  private final Person barred = person(true, true, true);
  private final List<Person> everybody = List.of(best, second, onCall, otherField, barred);

  @Nested
  class Right_after_triage {
    private final LadderStep wave = step(Act.ASK, From.TRIAGE, 2, 3);

    @Test
    void two_are_asked_at_once_who_can_be_rung_first() {
      assertThat(Climb.chosen(wave, red(0, false))).containsExactly(onCall, best);
    }

    @Test
    void three_when_life_is_in_danger() {
      assertThat(Climb.chosen(wave, red(0, true))).containsExactly(onCall, best, second);
    }

    @Test
    void whom_the_coordinator_has_asked_already_counts() {
      assertThat(Climb.chosen(wave, red(1, false))).containsExactly(onCall);
      assertThat(Climb.chosen(wave, red(2, false))).isEmpty();
      assertThat(Climb.chosen(wave, red(3, false))).isEmpty();
    }
  }

  @Nested
  class Later {
    @Test
    void so_many_more_are_asked_however_many_are_open() {
      var more = step(Act.ASK, From.SUBMISSION, 1, 1);
      assertThat(Climb.chosen(more, red(4, false))).containsExactly(onCall);
    }

    @Test
    void what_is_not_immediate_goes_by_rank_alone() {
      assertThat(Climb.next(field(Urgency.ORANGE, 0, false, List.of(), Set.of())))
          .containsExactly(best);
    }

    @Test
    void a_colleague_who_was_named_comes_first_whatever_the_field() {
      var named = field(Urgency.GREEN, 0, false, List.of(otherField.id()), Set.of());
      assertThat(Climb.next(named)).containsExactly(otherField);
    }

    @Test
    void a_colleague_whom_a_hard_rule_bars_is_not_asked() {
      var named = field(Urgency.GREEN, 0, false, List.of(barred.id()), Set.of());
      assertThat(Climb.next(named)).containsExactly(best);
    }

    @Test
    void a_colleague_who_is_no_volunteer_is_passed_over() {
      var named = field(Urgency.GREEN, 0, false, List.of(AccountId.random()), Set.of());
      assertThat(Climb.next(named)).containsExactly(best);
    }

    @Test
    void the_whole_specialty_is_everybody_whose_field_fits() {
      var all = step(Act.SPECIALTY, From.SUBMISSION, 20, 20);
      assertThat(Climb.chosen(all, red(2, false))).containsExactly(onCall, best, second);
    }

    @Test
    void any_doctor_is_whoever_is_on_call_in_whatever_field() {
      var any = step(Act.ANY_DOCTOR, From.SUBMISSION, 20, 20);
      assertThat(Climb.chosen(any, red(2, false))).containsExactly(onCall, otherField);
    }

    @Test
    void nobody_is_left_and_nobody_is_asked() {
      var nobody = new Field(Urgency.RED, List.of(barred), List.of(), Set.of(), 0, false);
      assertThat(Climb.next(nobody)).isEmpty();
    }

    @Test
    void a_reminder_or_a_word_to_the_coordinator_asks_nobody() {
      for (var act : List.of(Act.REMIND, Act.OWN, Act.SUPERVISOR, Act.CONFIRM)) {
        assertThat(Climb.chosen(step(act, From.SUBMISSION, 0, 0), red(0, false))).isEmpty();
      }
    }
  }

  @Nested
  class Ringing {
    private final LadderStep ring = step(Act.RING, From.TRIAGE, 1, 1);

    @Test
    void only_who_is_on_call_is_rung() {
      assertThat(Climb.chosen(ring, red(2, false))).containsExactly(onCall);
    }

    @Test
    void whose_budget_of_the_week_is_used_up_is_asked_but_not_rung() {
      var spent = field(Urgency.RED, 0, false, List.of(), Set.of(onCall.id()));
      assertThat(Climb.chosen(ring, spent)).isEmpty();
      assertThat(spent.rings(onCall)).isFalse();
      assertThat(Climb.chosen(step(Act.SPECIALTY, From.SUBMISSION, 20, 20), spent))
          .containsExactly(best, second, onCall);
    }

    @Test
    void nothing_rings_that_is_not_red() {
      assertThat(field(Urgency.ORANGE, 0, false, List.of(), Set.of()).rings(onCall)).isFalse();
    }

    @Test
    void it_goes_on_while_somebody_was_found() {
      assertThat(Climb.repeats(ring, 1)).isTrue();
      assertThat(Climb.repeats(ring, 0)).isFalse();
      assertThat(Climb.repeats(step(Act.ASK, From.TRIAGE, 2, 2), 2)).isFalse();
    }
  }

  @Nested
  class An_offer_that_ended {
    @Test
    void passes_on_once() {
      assertThat(Climb.passesOn(false, 0)).isTrue();
      assertThat(Climb.passesOn(false, 3)).isTrue();
      assertThat(Climb.passesOn(true, 1)).isFalse();
    }

    @Test
    void passes_on_again_when_nobody_else_is_asked() {
      assertThat(Climb.passesOn(true, 0)).isTrue();
    }
  }

  @Test
  void a_step_belongs_to_its_phase() {
    var confirm = phase(Phase.TRIAGE);
    var placing = phase(Phase.PLACING);
    for (var status : Status.values()) {
      assertThat(Climb.isStillOf(confirm, status)).isEqualTo(status == Status.SUBMITTED);
      assertThat(Climb.isStillOf(placing, status))
          .isEqualTo(status == Status.TRIAGED || status == Status.OFFERED);
    }
  }

  private static LadderStep phase(Phase phase) {
    return new LadderStep(
        Urgency.RED, 1, phase, From.SUBMISSION, 300, Act.OWN, 0, 0, Optional.empty());
  }

  private Field red(int open, boolean life) {
    return field(Urgency.RED, open, life, List.of(), Set.of());
  }

  private Field field(
      Urgency urgency, int open, boolean life, List<AccountId> named, Set<AccountId> spent) {
    return new Field(urgency, everybody, named, spent, open, life);
  }

  private static Person person(boolean barred, boolean fits, boolean onCall) {
    return new Person(AccountId.random(), barred, fits, onCall);
  }

  private static LadderStep step(Act act, From from, int asks, int asksLife) {
    var every = act == Act.RING ? Optional.of(Duration.ofSeconds(10)) : Optional.<Duration>empty();
    return new LadderStep(Urgency.RED, 1, Phase.PLACING, from, 0, act, asks, asksLife, every);
  }
}
