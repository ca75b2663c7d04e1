package org.consilium.records.note.draft;

import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteKind;
import org.consilium.records.note.chain.NoteVersion;
import org.consilium.records.note.chain.VersionStore;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;
import org.consilium.records.text.CleanText;

/**
 * Keeping what is typed. A save names the revision that it started from. When the draft has moved
 * on, was thrown away or was signed meanwhile, what was sent is kept beside it: no text that
 * reached the server is ever overwritten by text that was not typed on top of it.
 */
public final class DraftService {
  private final Platform platform;
  private final Team team;
  private final RequestStore requests;
  private final DraftStore drafts;
  private final VersionStore versions;

  public DraftService(
      Platform platform,
      Team team,
      RequestStore requests,
      DraftStore drafts,
      VersionStore versions) {
    this.platform = platform;
    this.team = team;
    this.requests = requests;
    this.drafts = drafts;
    this.versions = versions;
  }

  /**
   * Keeps the draft as typed; incomplete is well. Answers where it is kept, which may be beside.
   */
  public Draft save(Tx tx, ConsultId consult, UUID id, int startedFrom, Draft.Typed given) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.SPECIALIST);
    team.requireSubmitted(tx, requests, consult);
    var typed = CleanText.of(given, Draft.Typed.class);
    typed.amends().ifPresent(note -> versions.require(tx, standing, note));
    // A signature and a late save of the same text take turns.
    versions.lockChain(tx, standing);
    var before = drafts.lock(tx, standing, id);
    if (before.filter(draft -> isJustThis(draft, startedFrom, typed)).isPresent()) {
      return before.get();
    }
    var kept = keep(tx, standing, id, startedFrom, typed, before);
    platform
        .audit()
        .append(tx, "note.save", Subject.consult(consult, standing.patient()).part("draft", kept));
    return drafts.lock(tx, standing, kept).orElseThrow();
  }

  private UUID keep(
      Tx tx, Standing standing, UUID id, int startedFrom, Draft.Typed typed, Optional<Draft> was) {
    if (was.isPresent() && was.get().revision() == startedFrom) {
      drafts.save(tx, standing, id, startedFrom + 1, typed);
      return id;
    }
    var signed = versions.ofDraft(tx, standing, id);
    if (was.isPresent() || signed.isPresent() || startedFrom > 0) {
      return keepBeside(tx, standing, typed, signed);
    }
    var overtaken = overtaking(tx, standing, typed);
    drafts.add(
        tx,
        standing,
        id,
        overtaken.map(note -> adding(typed, note)).orElse(typed),
        overtaken.isPresent());
    return id;
  }

  /** A line of its own; the same text that came before is the same line. */
  private UUID keepBeside(
      Tx tx, Standing standing, Draft.Typed typed, Optional<NoteVersion> signed) {
    if (signed.filter(version -> version.content().equals(typed.content())).isPresent()) {
      throw new Refusal(
          409, "already-signed", "This text was signed meanwhile, just as it stands here.");
    }
    var late = signed.map(NoteVersion::id).or(() -> overtaking(tx, standing, typed));
    var proposed = late.map(note -> adding(typed, note)).orElse(typed);
    var same =
        drafts.own(tx, standing).stream()
            .filter(draft ->
                draft.content().equals(proposed.content())
                    && draft.kind() == proposed.kind()
                    && draft.amends().equals(proposed.amends()))
            .findFirst();
    if (same.isPresent()) {
      return same.get().id();
    }
    var id = UUID.randomUUID();
    drafts.add(tx, standing, id, proposed, late.isPresent());
    return id;
  }

  /** The note that the author has signed since the page on which this line was begun. */
  private Optional<NoteId> overtaking(Tx tx, Standing standing, Draft.Typed typed) {
    return typed.kind() == NoteKind.NOTE
        ? versions
            .lastNoteBy(tx, standing, tx.caller().account())
            .filter(version -> version.version() > typed.seenVersion())
            .map(NoteVersion::id)
        : Optional.empty();
  }

  private static Draft.Typed adding(Draft.Typed typed, NoteId note) {
    return new Draft.Typed(
        typed.deviceId(),
        NoteKind.ADDENDUM,
        Optional.of(note),
        typed.seenVersion(),
        typed.content());
  }

  /** The answer to this very save was lost on the way, and it comes again. */
  private static boolean isJustThis(Draft draft, int startedFrom, Draft.Typed typed) {
    return draft.revision() == startedFrom + 1 && draft.content().equals(typed.content());
  }

  /** Throws a draft away as {@code revision} shows it; a newer one stays. */
  public void discard(Tx tx, ConsultId consult, UUID id, int revision) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.SPECIALIST);
    var draft = drafts.lock(tx, standing, id);
    if (draft.isEmpty()) {
      return;
    }
    if (draft.get().revision() != revision) {
      throw Refusal.editedElsewhere(draft.get().revision());
    }
    drafts.drop(tx, standing, id);
    platform
        .audit()
        .append(tx, "note.discard", Subject.consult(consult, standing.patient()).part("draft", id));
  }
}
