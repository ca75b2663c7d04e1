package org.consilium.records.note.reading;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.RetractionReason;
import org.consilium.records.note.draft.Draft;
import org.consilium.records.note.signing.CoSigning;
import org.consilium.records.note.signing.NoteAct;
import org.consilium.records.note.signing.SigningService;
import org.consilium.records.recommendation.RecommendationShown;

/** Signed notes over HTTP: read, signed, amended and taken back. */
public final class ReadingRoutes {
  private final Platform platform;
  private final ReadingService notes;
  private final SigningService signing;
  private final CoSigning coSigning;
  private final ReaderStore readers;

  public ReadingRoutes(
      Platform platform,
      ReadingService notes,
      SigningService signing,
      CoSigning coSigning,
      ReaderStore readers) {
    this.platform = platform;
    this.notes = notes;
    this.signing = signing;
    this.coSigning = coSigning;
    this.readers = readers;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listNotes", this::list)
        .operation("previewNote", this::preview)
        .operation("signNote", this::sign)
        .operation("signAddendum", this::add)
        .operation("signCorrection", this::correct)
        .operation("retractNote", this::retract)
        .operation("readRetractedNote", this::readRetracted)
        .operation("coSignNote", this::coSign)
        .operation("listNoteNotices", this::notices)
        .operation("acknowledgeNoteNotice", this::acknowledge);
  }

  private record NotesShown(List<Draft> drafts, List<NoteShown> signed) {}

  /** The members of every signing body; each contract asks for its own. */
  private record Signature(
      Optional<UUID> draftId,
      Optional<Integer> revision,
      Optional<RetractionReason> reason,
      Optional<String> reasonText,
      String shownSha256,
      String password) {}

  private record CoSignature(String sha256, String password) {}

  private record Notices(List<ReaderStore.Notice> items) {}

  private Answer list(Call call) {
    var page = notes.read(call.tx(), consult(call));
    return Answer.ok(new NotesShown(page.drafts(), shown(call.tx(), page)));
  }

  private Answer preview(Call call) {
    return Answer.ok(signing.preview(call.tx(), consult(call), call.body(NoteAct.class)));
  }

  private Answer sign(Call call) {
    return sign(call, NoteKind.NOTE, Optional.empty());
  }

  private Answer add(Call call) {
    return sign(call, NoteKind.ADDENDUM, Optional.of(note(call)));
  }

  private Answer correct(Call call) {
    return sign(call, NoteKind.CORRECTION, Optional.of(note(call)));
  }

  private Answer retract(Call call) {
    return sign(call, NoteKind.RETRACTION, Optional.of(note(call)));
  }

  private Answer sign(Call call, NoteKind kind, Optional<NoteId> amends) {
    var body = call.body(Signature.class);
    var act =
        new NoteAct(
            kind, body.draftId(), body.revision(), amends, body.reason(), body.reasonText());
    var signed = signing.sign(call.tx(), consult(call), act, body.shownSha256(), body.password());
    var page = notes.afterAct(call.tx(), consult(call));
    return Answer.created(one(call.tx(), page, signed.id(), false));
  }

  private Answer readRetracted(Call call) {
    var page = notes.readRetracted(call.tx(), consult(call), note(call));
    return Answer.ok(one(call.tx(), page, note(call), true));
  }

  private Answer coSign(Call call) {
    var body = call.body(CoSignature.class);
    coSigning.sign(call.tx(), consult(call), note(call), body.sha256(), body.password());
    var page = notes.afterAct(call.tx(), consult(call));
    return Answer.created(one(call.tx(), page, note(call), false));
  }

  private Answer notices(Call call) {
    return Answer.ok(new Notices(readers.open(call.tx())));
  }

  private Answer acknowledge(Call call) {
    if (!readers.known(call.tx(), call.pathId("noticeId"))) {
      throw Refusal.notFound("notice-not-found", "There is no such notice for you.");
    }
    return Answer.noContent();
  }

  private List<NoteShown> shown(Tx tx, ReadingService.Page page) {
    var people = RecommendationShown.people(tx, platform.directory(), page.recommendations());
    return page.signed().stream().map(note -> NoteShown.of(note, page, people, false)).toList();
  }

  private NoteShown one(Tx tx, ReadingService.Page page, NoteId id, boolean whole) {
    var people = RecommendationShown.people(tx, platform.directory(), page.recommendations());
    return page.signed().stream()
        .filter(note -> note.id().equals(id))
        .map(note -> NoteShown.of(note, page, people, whole))
        .findFirst()
        .orElseThrow();
  }

  private static ConsultId consult(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }

  private static NoteId note(Call call) {
    return new NoteId(call.pathId("noteId"));
  }
}
