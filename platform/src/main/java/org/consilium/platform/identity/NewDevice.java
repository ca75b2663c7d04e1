package org.consilium.platform.identity;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;

/** Somebody has signed in with a password from a browser that their account did not know. */
public record NewDevice(AccountId account, Instant at) implements DomainEvent {}
