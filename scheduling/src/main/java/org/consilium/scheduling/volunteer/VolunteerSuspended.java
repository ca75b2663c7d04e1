package org.consilium.scheduling.volunteer;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;

/**
 * Somebody must not be asked until a licence of theirs is verified; what is booked of them is in
 * danger.
 */
public record VolunteerSuspended(AccountId volunteer, OrganisationId organisation, Instant at)
    implements DomainEvent {}
