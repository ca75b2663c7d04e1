package org.consilium.scheduling.offer;

import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.scheduling.catalogue.RefusalReason;

/** A specialist refused an offer. */
public record OfferRefused(OfferId offer, ConsultId consult, AccountId by, RefusalReason reason)
    implements DomainEvent {}
