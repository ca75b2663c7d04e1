package org.consilium.scheduling.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.ladder.LadderStep.From;
import org.consilium.scheduling.ladder.LadderStep.Phase;
import org.consilium.scheduling.ladder.Placing.Pin;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LadderTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Nested
  class When_a_step_is_due {
    @Test
    void a_third_and_two_thirds_of_the_time_an_offer_waits() {
      var until = NOON.plus(Duration.ofMinutes(15));
      assertThat(step(From.OFFER, 333).within(NOON, until)).isEqualTo("2026-03-02T12:04:59.700Z");
      assertThat(step(From.OFFER, 667).within(NOON, until)).isEqualTo("2026-03-02T12:10:00.300Z");
    }

    @Test
    void from_the_submission_or_from_the_triage() {
      var triaged = NOON.plus(MINUTE);
      assertThat(step(From.SUBMISSION, 300).due(NOON, triaged)).isEqualTo("2026-03-02T12:05:00Z");
      assertThat(step(From.TRIAGE, 0).due(NOON, triaged)).isEqualTo(triaged);
      assertThat(step(From.TRIAGE, 10).due(NOON, triaged)).isEqualTo("2026-03-02T12:01:10Z");
    }
  }

  @Test
  void a_version_gives_each_urgency_its_own_steps_by_phase() {
    var ofOffer = step(From.OFFER, 333);
    var ofConsult = step(From.SUBMISSION, 300);
    var ladder = new Ladder(1, true, List.of(ofOffer, ofConsult));
    assertThat(ladder.ofOffer(Urgency.RED)).containsExactly(ofOffer);
    assertThat(ladder.ofConsult(Urgency.RED, Phase.PLACING)).containsExactly(ofConsult);
    assertThat(ladder.ofConsult(Urgency.RED, Phase.TRIAGE)).isEmpty();
    assertThat(ladder.ofOffer(Urgency.GREEN)).isEmpty();
    assertThat(ladder.step(Urgency.RED, 300)).contains(ofConsult);
    assertThat(ladder.step(Urgency.GREEN, 300)).isEmpty();
  }

  @Nested
  class Held_back {
    private final AccountId ada = AccountId.random();

    @Test
    void until_the_pause_or_the_pin_ends_and_not_at_that_moment() {
      var paused = placing().pausedUntil(Optional.of(NOON));
      assertThat(paused.heldUntil(NOON.minusNanos(1))).contains(NOON);
      assertThat(paused.heldUntil(NOON)).isEmpty();
      var pinned = placing().pinned(Optional.of(new Pin(ada, NOON)));
      assertThat(pinned.pinnedAt(NOON.minusNanos(1))).contains(ada);
      assertThat(pinned.pinnedAt(NOON)).isEmpty();
      assertThat(pinned.heldUntil(NOON)).isEmpty();
    }

    @Test
    void by_the_later_of_both() {
      var both =
          placing()
              .pausedUntil(Optional.of(NOON.plus(MINUTE)))
              .pinned(Optional.of(new Pin(ada, NOON)));
      assertThat(both.heldUntil(NOON.minus(MINUTE))).contains(NOON.plus(MINUTE));
    }

    @Test
    void not_once_somebody_has_taken_it() {
      var settled =
          placing()
              .pausedUntil(Optional.of(NOON))
              .pinned(Optional.of(new Pin(ada, NOON)))
              .needs(Attention.SUPERVISOR)
              .settled();
      assertThat(settled.heldUntil(NOON.minus(MINUTE))).isEmpty();
      assertThat(settled.attention()).isEqualTo(Attention.NONE);
    }
  }

  @Test
  void the_need_for_a_person_only_rises() {
    assertThat(placing().needs(Attention.SUPERVISOR).needs(Attention.OWN).attention())
        .isEqualTo(Attention.SUPERVISOR);
    assertThat(placing().needs(Attention.OWN).attention()).isEqualTo(Attention.OWN);
  }

  @Test
  void it_stays_with_its_coordinator_until_another_has_taken_it() {
    var ann = AccountId.random();
    var bea = AccountId.random();
    var asked = placing().ownedBy(ann).handingTo(bea);
    assertThat(asked.coordinator()).contains(ann);
    assertThat(asked.ownedBy(bea).coordinator()).contains(bea);
    assertThat(asked.ownedBy(bea).handingTo()).isEmpty();
    assertThat(asked.ownedByTheGroup().coordinator()).isEmpty();
  }

  private static LadderStep step(From from, int after) {
    return new LadderStep(
        Urgency.RED, after, Phase.PLACING, from, after, Act.OWN, 0, 0, Optional.empty());
  }

  private static Placing placing() {
    return new Placing(
        ConsultId.random(),
        OrganisationId.random(),
        1,
        false,
        Attention.NONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
