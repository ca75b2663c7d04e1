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
 * @param onCall whether the specialist was on call at that moment
 */
public record ConsultOffered(
    OfferId offer,
    ConsultId consult,
    AccountId to,
    Instant expiresAt,
    Urgency urgency,
    boolean onCall)
    implements DomainEvent {}
