package org.consilium.records.followup;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;

/** The outcome is known: the consult closes, and the specialist is told. */
public record OutcomeRecorded(ConsultId consult, Result result, AccountId by, Instant at)
    implements DomainEvent {}
