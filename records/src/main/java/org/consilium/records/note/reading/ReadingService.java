package org.consilium.records.note.reading;

import java.util.List;
import java.util.Map;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.identity.Role;
import org.consilium.records.note.chain.NoteStates;
import org.consilium.records.note.chain.NoteVersion;
import org.consilium.records.note.chain.VersionStore;
import org.consilium.records.note.draft.Draft;
import org.consilium.records.note.draft.DraftStore;
import org.consilium.records.note.signing.CoSignatureStore;
import org.consilium.records.recommendation.RecommendationStore;

/** Reading notes; every reader is remembered, to be told when a note is taken back. */
public final class ReadingService {
  private final Platform platform;
  private final DraftStore drafts;
  private final VersionStore versions;
  private final CoSignatureStore coSignatures;
  private final RecommendationStore recommendations;
  private final ReaderStore readers;

  public ReadingService(
      Platform platform,
      DraftStore drafts,
      VersionStore versions,
      CoSignatureStore coSignatures,
      RecommendationStore recommendations,
      ReaderStore readers) {
    this.platform = platform;
    this.drafts = drafts;
    this.versions = versions;
    this.coSignatures = coSignatures;
    this.recommendations = recommendations;
    this.readers = readers;
  }

  /** All that a page of notes shows. */
  public record Page(
      List<Draft> drafts,
      List<NoteVersion> signed,
      NoteStates states,
      Map<NoteId, CoSignatureStore.CoSignature> coSignatures,
      List<VersionStore.Kept> warnings,
      List<RecommendationStore.Decided> recommendations) {}

  /** The notes of a consult and the caller's own drafts. */
  public Page read(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    // A program fetches for whom it may concern: nobody has read anything yet.
    boolean isReader = tx.caller().role() != Role.PROGRAM;
    if (isReader && standing.is(Relation.CLINIC)) {
      readers.readAtClinic(tx, standing);
    }
    var page = page(tx, standing);
    if (isReader) {
      remember(tx, standing, page);
    }
    platform.audit().append(tx, "note.read", Subject.consult(consult, standing.patient()));
    return page;
  }

  private void remember(Tx tx, Standing standing, Page page) {
    readers.read(
        tx,
        standing,
        page.signed().stream()
            .map(NoteVersion::id)
            .filter(note -> page.states().of(note) != NoteStates.State.RETRACTED)
            .toList());
  }

  /** The same without being a reader: what an act answers to who has done it. */
  Page afterAct(Tx tx, ConsultId consult) {
    return page(tx, platform.careTeam().standing(tx, consult));
  }

  /** Refuses all but the author of a retracted note and the owner's supervisor. */
  Page readRetracted(Tx tx, ConsultId consult, NoteId note) {
    var standing = platform.careTeam().standing(tx, consult);
    var version = versions.require(tx, standing, note);
    boolean own = version.author().id().equals(tx.caller().account());
    if (!own && !standing.is(Relation.SUPERVISOR)) {
      throw new Refusal(
          403,
          "not-your-part",
          "Only its author and a supervisor read a note that was taken back.");
    }
    platform
        .audit()
        .append(
            tx,
            "note.read-retracted",
            Subject.consult(consult, standing.patient()).part("note", note));
    return page(tx, standing);
  }

  private Page page(Tx tx, Standing standing) {
    var signed = versions.all(tx, standing);
    return new Page(
        drafts.own(tx, standing),
        signed,
        new NoteStates(signed),
        coSignatures.of(tx, standing),
        versions.warnings(tx, standing),
        recommendations.of(tx, standing));
  }
}
