package org.consilium.scheduling.rota;

import java.time.Instant;
import java.util.UUID;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;

/** Somebody is on call in another's place, by a swap that was taken and, where needed, agreed. */
public record ShiftSwapped(UUID swap, AccountId giver, AccountId taker, Instant start, Instant end)
    implements DomainEvent {}
