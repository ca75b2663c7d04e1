package org.consilium.scheduling.offer;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.scheduling.catalogue.Urgency;

/**
 * A consult was offered to a specialist.
 *
 * @param urgency the consult's at that moment
 * @param rings whether the specialist is to be rung: it is immediate, they are on call, and their
 *     ring budget of the week is not used up
 */
public record ConsultOffered(
    OfferId offer,
    ConsultId consult,
    AccountId to,
    Instant expiresAt,
    Urgency urgency,
    boolean rings)
    implements DomainEvent {}
