package org.consilium.scheduling.offer;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.catalogue.RefusalReason;

/**
 * One attempt to place a consult with one specialist. It holds its last moment not: at {@code
 * expiresAt} it has expired. Pure.
 *
 * @param lane which of the offers that may be open together; 1 is the first
 */
public record Offer(
    OfferId id,
    OrganisationId organisation,
    ConsultId consult,
    AccountId specialist,
    int lane,
    OfferStatus status,
    Instant sentAt,
    Instant expiresAt,
    Optional<Instant> answeredAt,
    Optional<RefusalReason> reason,
    Optional<String> comment) {

  Acceptance accept(Instant now) {
    return switch (status) {
      case ACCEPTED -> new Acceptance.AlreadyYours(this);
      case EXPIRED -> new Acceptance.Expired(expiresAt);
      case REFUSED, WITHDRAWN -> new Acceptance.NotOpen(status);
      case OPEN ->
          now.isBefore(expiresAt)
              ? new Acceptance.Accepted(ended(OfferStatus.ACCEPTED, now))
              : new Acceptance.Expired(expiresAt);
    };
  }

  Refusing refuse(RefusalReason why, Optional<String> words, Instant now) {
    return switch (status) {
      case REFUSED -> new Refusing.AlreadyRefused(this);
      case EXPIRED -> new Refusing.Expired(expiresAt);
      case ACCEPTED, WITHDRAWN -> new Refusing.NotOpen(status);
      case OPEN ->
          now.isBefore(expiresAt)
              ? new Refusing.Refused(
                  ended(OfferStatus.REFUSED, now).because(Optional.of(why), words))
              : new Refusing.Expired(expiresAt);
    };
  }

  /** Its time is over, if it is open and {@code now} is not before its end. */
  Optional<Offer> expire(Instant now) {
    return status == OfferStatus.OPEN && !now.isBefore(expiresAt)
        ? Optional.of(ended(OfferStatus.EXPIRED, now))
        : Optional.empty();
  }

  /** Taken back: by the coordinator, with its consult, or because somebody else was quicker. */
  Optional<Offer> withdraw(Instant now) {
    return status == OfferStatus.OPEN
        ? Optional.of(ended(OfferStatus.WITHDRAWN, now))
        : Optional.empty();
  }

  private Offer ended(OfferStatus how, Instant at) {
    return new Offer(
        id,
        organisation,
        consult,
        specialist,
        lane,
        how,
        sentAt,
        expiresAt,
        Optional.of(at),
        reason,
        comment);
  }

  private Offer because(Optional<RefusalReason> why, Optional<String> words) {
    return new Offer(
        id,
        organisation,
        consult,
        specialist,
        lane,
        status,
        sentAt,
        expiresAt,
        answeredAt,
        why,
        words);
  }
}
