package org.consilium.records.note.signing;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.RetractionReason;

/**
 * What is about to be signed.
 *
 * @param draftId what was typed; absent for a retraction
 * @param revision of the draft, as its author has it on the page
 * @param amends the note that is added to, replaced or taken back
 */
public record NoteAct(
    NoteKind kind,
    Optional<UUID> draftId,
    Optional<Integer> revision,
    Optional<NoteId> amends,
    Optional<RetractionReason> reason,
    Optional<String> reasonText) {
  public NoteAct {
    Objects.requireNonNull(kind, "kind");
  }
}
