package org.consilium.signaling.call;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;

/** A call is over: closed for all, or everybody has left. */
public record CallEnded(CallId call, ConsultId consult, Instant at) implements DomainEvent {}
