package org.consilium.records.note.chain;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteAuthor;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.RetractionReason;

/**
 * A signed act as kept.
 *
 * @param draft where it was typed; absent for a retraction and for what was signed before drafts
 *     had names
 * @param shownSha256 of the text that the signer confirmed
 * @param readAt when the clinic first opened it
 */
@SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
public record NoteVersion(
    NoteId id,
    int version,
    NoteKind kind,
    Optional<NoteId> amends,
    Optional<RetractionReason> reason,
    Optional<String> reasonText,
    NoteContent content,
    Optional<UUID> draft,
    Optional<Integer> draftRevision,
    NoteAuthor author,
    boolean needsCoSignature,
    Instant signedAt,
    byte[] canonical,
    Optional<byte[]> shownSha256,
    Optional<byte[]> previousSha256,
    byte[] sha256,
    byte[] signature,
    String keyId,
    Optional<Instant> readAt) {}
