package org.consilium.scheduling.offer;

import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;

/** An open offer was taken back: by the coordinator, with its consult, or for a quicker answer. */
public record OfferWithdrawn(OfferId offer, ConsultId consult, AccountId to)
    implements DomainEvent {}
