package org.consilium.records.note;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.records.patient.Patient;

/** A note as drafted and as signed. */
public final class Note {
  private Note() {}

  /** What its author has typed so far. */
  public record Draft(int revision, NoteContent content, Instant savedAt) {}

  /** Who signed, as they were known on that day. */
  public record Author(
      AccountId id, String name, Optional<String> registration, Optional<String> country) {}

  /** A recommendation with the name by which it is decided upon. */
  public record Named(RecommendationId id, RecommendationContent content) {}

  /**
   * Exactly what is signed: these members, in canonical form. The patient is as the specialist saw
   * them, without name and number.
   *
   * @param format names this list of members, so that a later one can be told from it
   * @param previousSha256 hex; the note before it in the same consult
   */
  public record Document(
      String format,
      NoteId id,
      ConsultId consult,
      OrganisationId organisation,
      Patient.Shared patient,
      int version,
      Author author,
      NoteContent content,
      List<Named> recommendations,
      Instant signedAt,
      Optional<String> previousSha256,
      String keyId) {
    static final String FORMAT = "consilium-note-1";
  }

  /** A signed note as kept. */
  public record Signed(
      NoteId id,
      int version,
      NoteContent content,
      int draftRevision,
      Author author,
      Instant signedAt,
      byte[] canonical,
      Optional<byte[]> previousSha256,
      byte[] sha256,
      byte[] signature,
      String keyId,
      Optional<Instant> readAt) {}

  /** The treating clinician's decision: the medical act; the advice is no order. */
  public record Decision(NewDecision decided, AccountId by, Instant at) {}

  /** What is decided upon a recommendation. */
  public record NewDecision(Verdict decision, Optional<Reason> reason, Optional<String> text) {}

  /** How a recommendation was taken. */
  public enum Verdict implements Wire {
    ACCEPT,
    ADAPT,
    DECLINE,
    CANNOT
  }

  /** Why not. */
  public enum Reason implements Wire {
    NO_DRUG,
    NO_TEST,
    COST,
    REFUSED,
    TOO_LATE,
    DIED,
    TRANSFERRED,
    OTHER
  }
}
