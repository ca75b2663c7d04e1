package org.consilium.scheduling.offer;

import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;

/** An offer still waits for its answer. */
public record OfferReminded(OfferId offer, ConsultId consult, AccountId to)
    implements DomainEvent {}
