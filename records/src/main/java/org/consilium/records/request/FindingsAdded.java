package org.consilium.records.request;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;

/** The clinic added findings to a request that was sent; after closing, news that reopens it. */
public record FindingsAdded(ConsultId consult, AccountId by, Instant at) implements DomainEvent {}
