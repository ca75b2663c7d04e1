package org.consilium.signaling.ring;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.RingId;

/** A person was rung and nobody answered. */
public record RingMissed(
    RingId ring, ConsultId consult, RingKind kind, AccountId callee, Instant at)
    implements DomainEvent {}
