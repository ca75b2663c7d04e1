package org.consilium.scheduling.volunteer;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;

/** Somebody takes no consults for a time. */
public record VolunteerPaused(AccountId volunteer, OrganisationId organisation, Instant at)
    implements DomainEvent {}
