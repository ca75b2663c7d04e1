package org.consilium.scheduling.volunteer;

import java.time.LocalDate;
import java.util.UUID;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;

/**
 * A licence ends soon: told 60, 30 and 7 days before, once each.
 *
 * @param daysLeft at most so many
 */
public record CredentialExpiring(
    AccountId volunteer,
    OrganisationId organisation,
    UUID credential,
    LocalDate lastDay,
    int daysLeft)
    implements DomainEvent {}
