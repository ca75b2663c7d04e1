package org.consilium.signaling.record;

import java.time.Instant;
import org.consilium.platform.http.Wire;
import org.consilium.signaling.relay.CallRole;

/**
 * One thing that happened in a call.
 *
 * @param person whom it is about; null when it is about the call
 * @param seat their seat; null when they have none
 * @param name how they are shown; only where no attendance tells it
 * @param role what they are from then on, or null
 * @param byPerson the host who decided it, or null
 * @param detail the reason, the mode, or whether anything was missed, in a word; or null
 */
public record CallEvent(
    Kind kind,
    Instant at,
    String person,
    Integer seat,
    String name,
    CallRole role,
    String byPerson,
    String detail) {
  /** What can happen. */
  public enum Kind implements Wire {
    /** Somebody was given a ticket. */
    TICKET,
    STARTED,
    WAITING,
    ADMITTED,
    JOINED,
    ROLE,
    AWAY,
    BACK,
    /** The person asked a peer to negotiate the media's path anew. */
    RESTART,
    MODE,
    LEFT,
    ENDED
  }

  /** About the call itself. */
  public static CallEvent ofCall(Kind kind, Instant at, String detail) {
    return new CallEvent(kind, at, null, null, null, null, null, detail);
  }

  /** About one person. */
  public static CallEvent of(Kind kind, Instant at, String person, int seat) {
    return new CallEvent(kind, at, person, seat, null, null, null, null);
  }

  /** Somebody was given a ticket. */
  public static CallEvent ticket(Instant at, String person, String name, CallRole role) {
    return new CallEvent(Kind.TICKET, at, person, null, name, role, null, null);
  }

  /** The same with the role that the person has from then on. */
  public CallEvent as(CallRole now) {
    return new CallEvent(kind, at, person, seat, name, now, byPerson, detail);
  }

  /** The same, decided by a host. */
  public CallEvent by(String host) {
    return new CallEvent(kind, at, person, seat, name, role, host, detail);
  }

  /** The same with a word more. */
  public CallEvent with(String word) {
    return new CallEvent(kind, at, person, seat, name, role, byPerson, word);
  }

  /** Without the name, which is personal data. */
  @Override
  public String toString() {
    return "CallEvent[" + kind + ", person=" + person + ", at=" + at + "]";
  }
}
