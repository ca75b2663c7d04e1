package org.consilium.records.note;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;

/** A specialist has answered. */
public record NoteSigned(
    ConsultId consult,
    NoteId note,
    int version,
    AccountId author,
    Optional<Integer> followUpInDays,
    Instant at)
    implements DomainEvent {}
