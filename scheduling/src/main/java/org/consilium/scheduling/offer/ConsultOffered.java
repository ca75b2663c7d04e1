package org.consilium.scheduling.offer;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;

/** A consult was offered to a specialist. */
public record ConsultOffered(OfferId offer, ConsultId consult, AccountId to, Instant expiresAt)
    implements DomainEvent {}
