package org.consilium.scheduling.offer;

import java.time.Instant;

/** Every way accepting can end. */
public sealed interface Acceptance {
  record Accepted(Offer offer) implements Acceptance {}

  record AlreadyYours(Offer offer) implements Acceptance {}

  record Expired(Instant at) implements Acceptance {}

  /** Refused, withdrawn, or somebody else was quicker. */
  record NotOpen(OfferStatus status) implements Acceptance {}
}
