package org.consilium.records.request;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.triage.Urgency;

/** New findings mean another urgency than before. */
public record TriageRecomputed(
    ConsultId consult, AccountId by, Urgency before, Urgency computed, Instant at)
    implements DomainEvent {}
