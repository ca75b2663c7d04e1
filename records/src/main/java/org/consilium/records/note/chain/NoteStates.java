package org.consilium.records.note.chain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.NoteId;
import org.consilium.records.note.NoteKind;

/**
 * Which versions of a consult still hold. Taking a correction back takes back what it had replaced
 * too, and taking a note back takes its addenda along: nothing that was replaced comes to life
 * again by itself.
 */
public final class NoteStates {
  /** How a version stands. */
  public enum State implements Wire {
    STANDS,
    /** Another version has taken its place; readable, struck. */
    CORRECTED,
    /** Out of care. */
    RETRACTED
  }

  private final Map<NoteId, NoteVersion> versions = new HashMap<>();
  private final Map<NoteId, NoteId> correctedBy = new HashMap<>();
  private final Map<NoteId, NoteId> retractedBy = new HashMap<>();

  /** From everything signed in a consult, in any order. */
  public NoteStates(List<NoteVersion> all) {
    for (var version : all) {
      versions.put(version.id(), version);
      version
          .amends()
          .ifPresent(amended -> {
            switch (version.kind()) {
              case CORRECTION -> correctedBy.put(amended, version.id());
              case RETRACTION -> retractedBy.put(amended, version.id());
              case NOTE, ADDENDUM -> {}
            }
          });
    }
  }

  /** How this version stands. A retraction itself stands: it is what is to be read. */
  public State of(NoteId note) {
    if (isRetracted(note)) {
      return State.RETRACTED;
    }
    return correctedBy.containsKey(note) ? State.CORRECTED : State.STANDS;
  }

  /** The correction that has taken its place. */
  public Optional<NoteId> correctionOf(NoteId note) {
    return Optional.ofNullable(correctedBy.get(note));
  }

  /** Whether advice is left that a clinic may act upon. */
  public boolean isAdviceLeft() {
    return versions.values().stream()
        .anyMatch(
            version -> version.kind() != NoteKind.RETRACTION && of(version.id()) == State.STANDS);
  }

  private boolean isRetracted(NoteId note) {
    if (retractedBy.containsKey(note)) {
      return true;
    }
    var correction = correctedBy.get(note);
    if (correction != null && isRetracted(correction)) {
      return true;
    }
    var version = versions.get(note);
    return version != null
        && version.kind() == NoteKind.ADDENDUM
        && version.amends().filter(this::isRetracted).isPresent();
  }
}
