package org.consilium.scheduling.rota;

import java.time.Instant;
import java.util.UUID;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.OrganisationId;

/** A time of the coming week in which somebody was on call has nobody any more. */
public record ShiftUncovered(
    UUID rota, OrganisationId organisation, Instant start, Instant end, Instant at)
    implements DomainEvent {}
