package org.consilium.records.note.chain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.records.note.NoteAuthor;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.RetractionReason;
import org.consilium.records.patient.Patient;
import org.consilium.records.recommendation.Named;
import org.consilium.records.recommendation.check.AdviceChecks.Warning;

/**
 * Exactly what is signed: these members, in canonical form (RFC 8785). The patient is as the
 * specialist saw them, without name and number.
 *
 * @param format names this list of members, so that another can be told from it; {@code
 *     consilium-note-1} had neither kind, amended note, warnings, attachments nor the shown text
 * @param shownSha256 hex; of the text that the signer has read and confirmed
 * @param previousSha256 hex; the version before it in the same consult
 */
public record NoteDocument(
    String format,
    NoteId id,
    ConsultId consult,
    OrganisationId organisation,
    Patient.Shared patient,
    int version,
    NoteKind kind,
    Optional<Amended> amends,
    NoteAuthor author,
    NoteContent content,
    List<Named> recommendations,
    List<Warning> warnings,
    List<Attached> attachments,
    Instant signedAt,
    String shownSha256,
    Optional<String> previousSha256,
    String keyId) {
  public static final String FORMAT = "consilium-note-2";

  /** Which version is added to, replaced or taken back, and why. */
  public record Amended(
      NoteId note, String sha256, Optional<RetractionReason> reason, Optional<String> reasonText) {}

  /** A file that belongs to what was judged; SHA-256 in hex. */
  public record Attached(UUID id, String sha256) {}

  /** What a co-signer signs. */
  public record CoSigned(
      String format,
      NoteId note,
      ConsultId consult,
      String noteSha256,
      NoteAuthor signer,
      Instant signedAt,
      String keyId) {
    public static final String FORMAT = "consilium-co-signature-1";
  }
}
