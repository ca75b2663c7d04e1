package org.consilium.records.note.signing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.records.followup.FollowUpService;
import org.consilium.records.note.NoteAuthor;
import org.consilium.records.note.NoteContent;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.NoteRetracted;
import org.consilium.records.note.NoteSigned;
import org.consilium.records.note.chain.NoteChain;
import org.consilium.records.note.chain.NoteDocument;
import org.consilium.records.note.chain.NoteStates;
import org.consilium.records.note.chain.NoteVersion;
import org.consilium.records.note.chain.VersionStore;
import org.consilium.records.note.draft.Draft;
import org.consilium.records.note.draft.DraftStore;
import org.consilium.records.note.reading.ReaderStore;
import org.consilium.records.patient.PatientService;
import org.consilium.records.recommendation.Named;
import org.consilium.records.recommendation.RecommendationStore;
import org.consilium.records.recommendation.check.AdviceChecks;
import org.consilium.records.recommendation.check.AdviceChecks.Warning;
import org.consilium.records.recommendation.check.CaseFacts;
import org.consilium.records.recommendation.check.Formulary;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.Team;
import org.consilium.records.text.CanonicalJson;
import org.consilium.records.text.CleanText;

/** Signing notes, addenda, corrections and retractions, within the caller's transaction. */
public final class SigningService {
  private final Platform platform;
  private final Team team;
  private final PatientService patients;
  private final DraftStore drafts;
  private final VersionStore versions;
  private final RecommendationStore recommendations;
  private final ReaderStore readers;
  private final CaseFacts cases;
  private final AttachedFiles files;
  private final Trainees trainees;
  private final SecondFactor secondFactor;
  private final FollowUpService followUps;
  private final ConsultIntake intake;
  private final Licensed licensed;

  public SigningService(
      Platform platform,
      Team team,
      PatientService patients,
      DraftStore drafts,
      VersionStore versions,
      RecommendationStore recommendations,
      ReaderStore readers,
      CaseFacts cases,
      AttachedFiles files,
      Trainees trainees,
      SecondFactor secondFactor,
      FollowUpService followUps,
      ConsultIntake intake) {
    this.platform = platform;
    this.team = team;
    this.patients = patients;
    this.drafts = drafts;
    this.versions = versions;
    this.recommendations = recommendations;
    this.readers = readers;
    this.cases = cases;
    this.files = files;
    this.trainees = trainees;
    this.secondFactor = secondFactor;
    this.followUps = followUps;
    this.intake = intake;
    this.licensed = new Licensed(intake);
  }

  /** What the signer reads and confirms. */
  public record Preview(
      String text, String sha256, List<Warning> warnings, boolean needsCoSignature) {}

  /** All that is fixed before the signature. */
  private record Ready(ShownText.Parts parts, Optional<Draft> draft, String text, String sha256) {}

  /** The text exactly as it would be signed now; a 422 names what is missing. */
  public Preview preview(Tx tx, ConsultId consult, NoteAct given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.SPECIALIST);
    var ready = ready(tx, standing, CleanText.of(given, NoteAct.class));
    return new Preview(
        ready.text(),
        ready.sha256(),
        ready.parts().warnings(),
        ready.parts().author().trainee().orElse(false));
  }

  /**
   * Signs what was shown. The same again answers the same version.
   *
   * @param shownSha256 of the text that the signer has read; 409 when it would be another by now
   * @param proof the second factor
   */
  public NoteVersion sign(
      Tx tx, ConsultId consult, NoteAct given, String shownSha256, String proof) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.SPECIALIST);
    if (!intake.isTaken(tx, consult)) {
      throw new Refusal(
          409, "not-taken", "This consult was withdrawn. Your draft is kept; it cannot be signed.");
    }
    var act = CleanText.of(given, NoteAct.class);
    versions.lockChain(tx, standing);
    var before = alreadyDone(tx, standing, act);
    if (before.isPresent()) {
      secondFactor.require(tx, proof);
      return before.get();
    }
    // Whoever may advise no more may still take back what they advised.
    if (act.kind() != NoteKind.RETRACTION) {
      licensed.require(tx);
    }
    var ready = ready(tx, standing, act);
    if (!ready.sha256().equals(shownSha256)) {
      throw new Refusal(
          409,
          "changed-since-shown",
          "The text is another than the one you read: the note, the patient's data or the files"
              + " changed meanwhile. Read it again.");
    }
    secondFactor.require(tx, proof);
    return sign(tx, standing, ready);
  }

  /** The answer was lost on the way, and the same act comes again. */
  private Optional<NoteVersion> alreadyDone(Tx tx, Standing standing, NoteAct act) {
    var own = tx.caller().account();
    if (act.kind() == NoteKind.RETRACTION) {
      return versions.all(tx, standing).stream()
          .filter(version ->
              version.kind() == NoteKind.RETRACTION
                  && version.amends().equals(act.amends())
                  && version.reason().equals(act.reason())
                  && version.author().id().equals(own))
          .findFirst();
    }
    return act.draftId()
        .flatMap(draft -> versions.ofDraft(tx, standing, draft))
        .filter(version ->
            version.author().id().equals(own) && version.draftRevision().equals(act.revision()));
  }

  private Ready ready(Tx tx, Standing standing, NoteAct act) {
    var amended = act.amends().map(note -> versions.require(tx, standing, note));
    amended.ifPresent(note -> refuseUnlessAmendable(tx, standing, act.kind(), note));
    var draft =
        act.kind() == NoteKind.RETRACTION
            ? Optional.<Draft>empty()
            : Optional.of(draft(tx, standing, act));
    refuseWithoutReason(act);
    var content =
        draft
            .map(Draft::content)
            .orElseGet(() -> NoteContent.nothing(amended.orElseThrow().content().language()));
    draft.ifPresent(typed -> refuseUnlessComplete(act.kind(), typed));
    var warnings =
        AdviceChecks.check(Formulary.shipped(), cases.of(tx, standing), content.recommendations());
    refuseUnlessAnswered(warnings);
    var parts =
        new ShownText.Parts(
            act.kind(),
            amended,
            act,
            patients.asTheTeamSees(tx, standing),
            NoteAuthor.caller(platform, tx, trainees.isTrainee(tx, tx.caller().account())),
            content,
            warnings,
            act.kind() == NoteKind.RETRACTION ? List.of() : files.of(tx, standing));
    var text = ShownText.of(parts);
    var hash = HexFormat.of().formatHex(Secrets.sha256(text.getBytes(StandardCharsets.UTF_8)));
    return new Ready(parts, draft, text, hash);
  }

  private Draft draft(Tx tx, Standing standing, NoteAct act) {
    var draft =
        act.draftId()
            .flatMap(id -> drafts.lock(tx, standing, id))
            .orElseThrow(() ->
                new Refusal(409, "no-draft", "There is no such draft to sign; save it first."));
    if (!act.revision().equals(Optional.of(draft.revision()))) {
      throw Refusal.editedElsewhere(draft.revision());
    }
    if (draft.kind() != act.kind() || !draft.amends().equals(act.amends())) {
      throw new Refusal(
          409,
          "another-act",
          "This draft was typed as %s; sign it as that."
              .formatted(draft.kind() == NoteKind.NOTE ? "a note" : "an " + draft.kind().wire()));
    }
    return draft;
  }

  private void refuseUnlessAmendable(Tx tx, Standing standing, NoteKind kind, NoteVersion amended) {
    if (amended.kind() == NoteKind.RETRACTION) {
      throw new Refusal(409, "not-a-note", "A retraction is not added to nor taken back.");
    }
    boolean own = amended.author().id().equals(tx.caller().account());
    if (kind != NoteKind.ADDENDUM && !own) {
      throw new Refusal(
          403,
          "not-your-note",
          "Only its author corrects a note or takes it back; add to it instead.");
    }
    var states = new NoteStates(versions.all(tx, standing));
    switch (states.of(amended.id())) {
      case STANDS -> {}
      case RETRACTED ->
          throw new Refusal(
              409,
              "note-retracted",
              "That note was taken back. What you typed is kept; sign it as a note of its own.");
      case CORRECTED ->
          throw new Refusal(
                  409,
                  "note-corrected",
                  "That note was corrected meanwhile. What you typed is kept; go on from the newer one.")
              .with("correction", states.correctionOf(amended.id()).orElseThrow());
    }
  }

  private static void refuseWithoutReason(NoteAct act) {
    boolean said = act.reasonText().filter(words -> !words.isBlank()).isPresent();
    if (act.kind() == NoteKind.CORRECTION && !said) {
      throw Refusal.invalid("/reasonText", "Say what was wrong.");
    }
    if (act.kind() == NoteKind.RETRACTION && act.reason().isEmpty()) {
      throw Refusal.invalid("/reason", "Choose why it is taken back.");
    }
    if (act.kind() != NoteKind.NOTE && act.amends().isEmpty()) {
      throw Refusal.invalid("/amends", "Say which note it is about.");
    }
  }

  private static void refuseUnlessComplete(NoteKind kind, Draft draft) {
    var errors = draft.content().checkComplete(kind);
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  /** Impossible values stop; other warnings need a reason, which is signed along. */
  private static void refuseUnlessAnswered(List<Warning> warnings) {
    var errors = new ArrayList<FieldError>();
    for (var warning : warnings) {
      var pointer = "/recommendations/%d".formatted(warning.recommendation());
      switch (warning.severity()) {
        case INFO -> {}
        case WARNING -> {
          if (warning.reason().isEmpty()) {
            errors.add(
                new FieldError(
                    pointer + "/overrides/" + warning.code(),
                    warning.text() + " Change it, or say why it is right here."));
          }
        }
        case STOP -> errors.add(new FieldError(pointer + "/amount", warning.text()));
      }
    }
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  private NoteVersion sign(Tx tx, Standing standing, Ready ready) {
    var named =
        ready.parts().content().recommendations().stream()
            .map(content -> new Named(RecommendationId.random(), content))
            .toList();
    var version = version(tx, standing, ready, named);
    versions.add(tx, standing, version, ready.parts().warnings());
    recommendations.add(tx, standing, version.id(), named);
    ready.draft().ifPresent(draft -> drafts.drop(tx, standing, draft.id()));
    var told = readers.tell(tx, standing, version);
    var action = version.kind() == NoteKind.RETRACTION ? "note.retract" : "note.sign";
    platform
        .audit()
        .append(
            tx,
            action,
            Subject.consult(standing.consult(), standing.patient()).part("note", version.id()));
    publish(tx, standing, version);
    platform.changes().tell(tx, "consult", standing.consult().value(), standing.owner(), told);
    team.tell(tx, standing);
    return version;
  }

  private void publish(Tx tx, Standing standing, NoteVersion version) {
    var content = version.content();
    if (version.kind() == NoteKind.RETRACTION) {
      var states = new NoteStates(versions.all(tx, standing));
      if (!states.isAdviceLeft()) {
        followUps.adviceTakenBack(tx, standing);
      }
      platform
          .outbox()
          .publish(
              tx,
              new NoteRetracted(
                  standing.consult(),
                  version.amends().orElseThrow(),
                  version.author().id(),
                  version.reason().orElseThrow(),
                  states.isAdviceLeft(),
                  tx.now()));
      return;
    }
    if (version.kind() == NoteKind.NOTE) {
      drafts.proposeAsAddenda(tx, standing, version.id());
    }
    platform
        .outbox()
        .publish(
            tx,
            new NoteSigned(
                standing.consult(),
                version.id(),
                version.version(),
                version.author().id(),
                content.followUpInDays(),
                tx.now(),
                Optional.of(version.kind())));
    followUps.advised(tx, standing, content.followUpInDays(), version.kind() != NoteKind.NOTE);
  }

  private NoteVersion version(Tx tx, Standing standing, Ready ready, List<Named> named) {
    var parts = ready.parts();
    var signer = platform.signer();
    var last = versions.last(tx, standing);
    var previous = last.map(NoteVersion::sha256);
    var document =
        new NoteDocument(
            NoteDocument.FORMAT,
            NoteId.random(),
            standing.consult(),
            standing.owner(),
            parts.patient(),
            last.map(note -> note.version() + 1).orElse(1),
            parts.kind(),
            parts
                .amends()
                .map(note ->
                    new NoteDocument.Amended(
                        note.id(),
                        HexFormat.of().formatHex(note.sha256()),
                        parts.act().reason(),
                        parts.act().reasonText())),
            parts.author(),
            parts.content(),
            named,
            parts.warnings(),
            parts.attachments(),
            tx.now(),
            ready.sha256(),
            previous.map(HexFormat.of()::formatHex),
            signer.keyId());
    var canonical = CanonicalJson.bytes(document);
    var hash = NoteChain.hash(previous, canonical);
    return new NoteVersion(
        document.id(),
        document.version(),
        parts.kind(),
        parts.amends().map(NoteVersion::id),
        parts.act().reason(),
        parts.act().reasonText(),
        parts.content(),
        ready.draft().map(Draft::id),
        ready.draft().map(Draft::revision),
        parts.author(),
        parts.kind() != NoteKind.RETRACTION && parts.author().trainee().orElse(false),
        tx.now(),
        canonical,
        Optional.of(HexFormat.of().parseHex(ready.sha256())),
        previous,
        hash,
        signer.sign(hash),
        signer.keyId(),
        Optional.empty());
  }
}
