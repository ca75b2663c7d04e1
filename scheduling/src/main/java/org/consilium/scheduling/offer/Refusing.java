package org.consilium.scheduling.offer;

import java.time.Instant;

/** Every way refusing can end. */
public sealed interface Refusing {
  record Refused(Offer offer) implements Refusing {}

  record AlreadyRefused(Offer offer) implements Refusing {}

  record Expired(Instant at) implements Refusing {}

  record NotOpen(OfferStatus status) implements Refusing {}
}
