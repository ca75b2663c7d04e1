package org.consilium.scheduling.roster;

import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;

/** A volunteer saved other hours, or leave: what is booked with them may no longer fit. */
public record HoursChanged(AccountId volunteer) implements DomainEvent {}
