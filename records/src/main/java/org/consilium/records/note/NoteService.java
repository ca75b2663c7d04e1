package org.consilium.records.note;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.records.followup.FollowUpService;
import org.consilium.records.patient.PatientService;
import org.consilium.records.request.ConsultIntake;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;
import org.consilium.records.text.CanonicalJson;
import org.consilium.records.text.CleanText;

/** What can be done with notes; each call within the caller's transaction. */
public final class NoteService {
  private final Platform platform;
  private final Team team;
  private final RequestStore requests;
  private final PatientService patients;
  private final NoteStore notes;
  private final RecommendationStore recommendations;
  private final FollowUpService followUps;
  private final ConsultIntake intake;

  public NoteService(
      Platform platform,
      Team team,
      RequestStore requests,
      PatientService patients,
      NoteStore notes,
      RecommendationStore recommendations,
      FollowUpService followUps,
      ConsultIntake intake) {
    this.platform = platform;
    this.team = team;
    this.requests = requests;
    this.patients = patients;
    this.notes = notes;
    this.recommendations = recommendations;
    this.followUps = followUps;
    this.intake = intake;
  }

  /** All that a page of notes shows. */
  public record Page(
      Optional<Note.Draft> draft,
      List<Note.Signed> signed,
      List<RecommendationStore.Decided> recommendations) {}

  public Page read(Tx tx, ConsultId consult) {
    var standing = platform.careTeam().standing(tx, consult);
    if (standing.is(Relation.CLINIC)) {
      notes.markRead(tx, standing);
    }
    audit(tx, "note.read", Subject.consult(consult, standing.patient()));
    return page(tx, standing);
  }

  /** Keeps the draft as typed; incomplete is well. */
  public Note.Draft save(Tx tx, ConsultId consult, int basedOn, NoteContent given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.SPECIALIST);
    team.requireSubmitted(tx, requests, consult);
    var content = CleanText.of(given, NoteContent.class);
    var before = notes.lockDraft(tx, standing);
    if (!isAlreadySaved(before, basedOn, content)) {
      keep(tx, standing, before, basedOn, content);
      audit(tx, "note.save", Subject.consult(consult, standing.patient()));
    }
    return notes.draft(tx, standing).orElseThrow();
  }

  private void keep(
      Tx tx, Standing standing, Optional<Note.Draft> before, int basedOn, NoteContent content) {
    int current = before.map(Note.Draft::revision).orElse(0);
    if (current != basedOn) {
      throw Refusal.editedElsewhere(current);
    }
    if (before.isPresent()) {
      notes.saveDraft(tx, standing, basedOn + 1, content);
    } else if (!notes.addDraft(tx, standing, content)) {
      throw Refusal.editedElsewhere(1);
    }
  }

  /** Signs the draft as {@code revision} shows it. Signing the same one again answers that note. */
  public Page sign(Tx tx, ConsultId consult, int revision, String password) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.SPECIALIST);
    if (!intake.isTaken(tx, consult)) {
      throw new Refusal(
          409, "not-taken", "This consult was withdrawn. Your draft is kept; it cannot be signed.");
    }
    var draft = notes.lockDraft(tx, standing);
    draft.ifPresent(typed -> refuseUnlessReady(typed, revision));
    confirm(tx, password);
    notes.lockChain(tx, standing);
    var last = notes.last(tx, standing);
    if (draft.isPresent()) {
      sign(tx, standing, draft.get(), last);
    } else if (!last.filter(note -> isSameAct(tx, note, revision)).isPresent()) {
      throw new Refusal(409, "no-draft", "There is no draft to sign; save one first.");
    }
    return page(tx, standing);
  }

  private static void refuseUnlessReady(Note.Draft draft, int revision) {
    if (draft.revision() != revision) {
      throw Refusal.editedElsewhere(draft.revision());
    }
    var errors = draft.content().checkComplete();
    if (!errors.isEmpty()) {
      throw Refusal.invalid(errors);
    }
  }

  private static boolean isSameAct(Tx tx, Note.Signed last, int revision) {
    return last.author().id().equals(tx.caller().account()) && last.draftRevision() == revision;
  }

  private void confirm(Tx tx, String password) {
    if (!platform.passwords().confirm(tx, tx.caller().account(), password)) {
      throw new Refusal(
          403,
          "wrong-password",
          "That is not your password; the draft is kept.",
          List.of(new FieldError("/password", "That is not your password.")));
    }
  }

  private void sign(Tx tx, Standing standing, Note.Draft draft, Optional<Note.Signed> last) {
    var named =
        draft.content().recommendations().stream()
            .map(content -> new Note.Named(RecommendationId.random(), content))
            .toList();
    var note = signed(tx, standing, draft, named, last);
    notes.sign(tx, standing, note);
    recommendations.add(tx, standing, note.id(), named);
    notes.dropDraft(tx, standing);
    var days = draft.content().followUpInDays();
    platform
        .outbox()
        .publish(
            tx,
            new NoteSigned(
                standing.consult(), note.id(), note.version(), note.author().id(), days, tx.now()));
    audit(
        tx,
        "note.sign",
        Subject.consult(standing.consult(), standing.patient()).part("note", note.id()));
    days.ifPresent(inDays -> followUps.setByNote(tx, standing, inDays));
    team.tell(tx, standing);
  }

  private Note.Signed signed(
      Tx tx,
      Standing standing,
      Note.Draft draft,
      List<Note.Named> named,
      Optional<Note.Signed> last) {
    var signer = platform.signer();
    var previous = last.map(Note.Signed::sha256);
    var document =
        new Note.Document(
            Note.Document.FORMAT,
            NoteId.random(),
            standing.consult(),
            standing.owner(),
            patients.asTheTeamSees(tx, standing),
            last.map(note -> note.version() + 1).orElse(1),
            author(tx),
            draft.content(),
            named,
            tx.now(),
            previous.map(HexFormat.of()::formatHex),
            signer.keyId());
    var canonical = CanonicalJson.bytes(document);
    var hash = NoteChain.hash(previous, canonical);
    return new Note.Signed(
        document.id(),
        document.version(),
        draft.content(),
        draft.revision(),
        document.author(),
        tx.now(),
        canonical,
        previous,
        hash,
        signer.sign(hash),
        signer.keyId(),
        Optional.empty());
  }

  private Note.Author author(Tx tx) {
    var account = tx.caller().account();
    var credentials = platform.directory().credentials(tx, account);
    return new Note.Author(
        account,
        platform.directory().person(tx, account).name(),
        Optional.ofNullable(credentials.registration()),
        Optional.ofNullable(credentials.country()));
  }

  /** Decides upon a recommendation; an earlier decision stays beside this one. */
  public RecommendationStore.Decided decide(
      Tx tx, ConsultId consult, RecommendationId id, Note.NewDecision given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    var decision = CleanText.of(given, Note.NewDecision.class);
    var before = recommendation(tx, standing, id);
    refuseUnexplained(decision);
    recommendations.decide(tx, standing, id, decision);
    platform
        .outbox()
        .publish(
            tx,
            new RecommendationDecided(
                consult,
                before.note(),
                id,
                decision.decision().wire(),
                tx.caller().account(),
                tx.now()));
    audit(
        tx,
        "recommendation.decide",
        Subject.consult(consult, standing.patient()).part("recommendation", id));
    team.tell(tx, standing);
    return recommendation(tx, standing, id);
  }

  private RecommendationStore.Decided recommendation(
      Tx tx, Standing standing, RecommendationId id) {
    return recommendations.of(tx, standing).stream()
        .filter(decided -> decided.named().id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            Refusal.notFound("recommendation-not-found", "There is no such recommendation here."));
  }

  private static void refuseUnexplained(Note.NewDecision decision) {
    switch (decision.decision()) {
      case ACCEPT -> {}
      case ADAPT -> {
        if (decision.text().filter(text -> !text.isBlank()).isEmpty()) {
          throw Refusal.invalid("/text", "Say what you do instead.");
        }
      }
      case DECLINE, CANNOT -> {
        if (decision.reason().isEmpty()) {
          throw Refusal.invalid("/reason", "Choose why; the specialist learns from it.");
        }
      }
    }
  }

  private Page page(Tx tx, Standing standing) {
    return new Page(
        notes.draft(tx, standing), notes.signed(tx, standing), recommendations.of(tx, standing));
  }

  /** The answer to this very save was lost on the way, and it comes again. */
  private static boolean isAlreadySaved(
      Optional<Note.Draft> before, int basedOn, NoteContent content) {
    return before
        .filter(saved -> saved.revision() == basedOn + 1 && saved.content().equals(content))
        .isPresent();
  }

  private void audit(Tx tx, String action, Subject subject) {
    platform.audit().append(tx, action, subject);
  }
}
