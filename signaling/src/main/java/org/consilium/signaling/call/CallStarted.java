package org.consilium.signaling.call;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;

/** The first person has connected to a call. */
public record CallStarted(CallId call, ConsultId consult, Instant at) implements DomainEvent {}
