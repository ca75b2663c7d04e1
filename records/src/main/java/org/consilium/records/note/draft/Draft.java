package org.consilium.records.note.draft;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;

/**
 * One line of typing, as its author last left it.
 *
 * @param id made by the device that began it
 * @param late it came after the note was signed: a proposal for an addendum
 */
public record Draft(
    UUID id,
    UUID deviceId,
    NoteKind kind,
    Optional<NoteId> amends,
    boolean late,
    int revision,
    NoteContent content,
    Instant savedAt) {

  /**
   * What a device sends.
   *
   * @param seenVersion the newest signed version on its page when this line was begun; 0 for none
   */
  public record Typed(
      UUID deviceId,
      NoteKind kind,
      Optional<NoteId> amends,
      int seenVersion,
      NoteContent content) {}
}
