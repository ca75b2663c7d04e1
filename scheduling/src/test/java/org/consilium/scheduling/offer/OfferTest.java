package org.consilium.scheduling.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OfferTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant BEFORE = NOON.minusNanos(1000);

  @Nested
  class Open_until_noon {
    private final Offer offer = offer();

    @Test
    void accepted_a_moment_before_noon_it_is_theirs() {
      assertThat(offer.accept(BEFORE))
          .isInstanceOfSatisfying(
              Acceptance.Accepted.class,
              accepted -> {
                assertThat(accepted.offer().status()).isEqualTo(OfferStatus.ACCEPTED);
                assertThat(accepted.offer().answeredAt()).contains(BEFORE);
              });
    }

    @Test
    void accepted_or_refused_at_noon_it_has_expired() {
      assertThat(offer.accept(NOON)).isEqualTo(new Acceptance.Expired(NOON));
      assertThat(offer.refuse(RefusalReason.BUSY, Optional.empty(), NOON))
          .isEqualTo(new Refusing.Expired(NOON));
    }

    @Test
    void it_expires_at_noon_and_not_before() {
      assertThat(offer.expire(BEFORE)).isEmpty();
      assertThat(offer.expire(NOON)).map(Offer::status).contains(OfferStatus.EXPIRED);
    }

    @Test
    void refused_it_keeps_the_reason() {
      assertThat(offer.refuse(RefusalReason.ON_LEAVE, Optional.of("until May"), BEFORE))
          .isInstanceOfSatisfying(
              Refusing.Refused.class,
              refused -> {
                assertThat(refused.offer().reason()).contains(RefusalReason.ON_LEAVE);
                assertThat(refused.offer().comment()).contains("until May");
              });
    }
  }

  @Nested
  class Once_answered {
    @Test
    void accepting_again_changes_nothing_and_refusing_is_too_late() {
      var mine = ((Acceptance.Accepted) offer().accept(BEFORE)).offer();
      assertThat(mine.accept(NOON)).isEqualTo(new Acceptance.AlreadyYours(mine));
      assertThat(mine.refuse(RefusalReason.BUSY, Optional.empty(), BEFORE))
          .isEqualTo(new Refusing.NotOpen(OfferStatus.ACCEPTED));
      assertThat(mine.expire(NOON)).isEmpty();
      assertThat(mine.withdraw(NOON)).isEmpty();
    }

    @Test
    void taken_back_it_cannot_be_accepted() {
      var gone = offer().withdraw(BEFORE).orElseThrow();
      assertThat(gone.accept(BEFORE)).isEqualTo(new Acceptance.NotOpen(OfferStatus.WITHDRAWN));
    }
  }

  private static Offer offer() {
    return new Offer(
        OfferId.random(),
        OrganisationId.random(),
        ConsultId.random(),
        AccountId.random(),
        1,
        OfferStatus.OPEN,
        NOON.minusSeconds(3600),
        NOON,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
