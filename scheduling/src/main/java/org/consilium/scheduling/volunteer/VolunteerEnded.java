package org.consilium.scheduling.volunteer;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;

/** Somebody has left, or was not taken in. */
public record VolunteerEnded(AccountId volunteer, OrganisationId organisation, Instant at)
    implements DomainEvent {}
