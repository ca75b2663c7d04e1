package org.consilium.records.note;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;

/**
 * A specialist has signed a note, an addendum or a correction.
 *
 * @param kind absent in events from before there were several
 * @param followUpInDays in how many days the specialist wants to know how the patient fares
 */
public record NoteSigned(
    ConsultId consult,
    NoteId note,
    int version,
    AccountId author,
    Optional<Integer> followUpInDays,
    Instant at,
    Optional<NoteKind> kind)
    implements DomainEvent {}
