package org.consilium.records.followup;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;

/**
 * The outcome is known: the consult closes, or opens again, and the specialist is told.
 *
 * @param reopens whether the specialist is waited for; absent in events of earlier releases
 */
public record OutcomeRecorded(
    ConsultId consult, Result result, AccountId by, Instant at, Optional<Boolean> reopens)
    implements DomainEvent {}
