package org.consilium.records.note;

import java.time.Instant;
import org.consilium.platform.events.DomainEvent;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;

/**
 * A note was taken back; whoever had read it has been told.
 *
 * @param note the one that no longer counts
 * @param isAdviceLeft whether another signed note still stands in this consult
 */
public record NoteRetracted(
    ConsultId consult,
    NoteId note,
    AccountId by,
    RetractionReason reason,
    boolean isAdviceLeft,
    Instant at)
    implements DomainEvent {}
