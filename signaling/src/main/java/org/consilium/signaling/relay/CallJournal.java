package org.consilium.signaling.relay;

import java.time.Instant;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;

/**
 * Port: what happened in a call, for the record.
 *
 * <p>Every method is called on the event loop that serves the room, in the order of the acts of
 * that room, and must return without blocking: hand the entry to another thread. An exception is
 * logged and does not disturb the call.
 */
public interface CallJournal {
  /** Why a seat was given up. */
  enum LeaveReason {
    /** The person left. */
    LEFT,
    /** The connection was lost and did not come back within the time a seat is kept. */
    TIMEOUT,
    /** A host removed the person. */
    REMOVED,
    /** A host did not let the person in. */
    REFUSED,
    /** The right to be in the call was withdrawn, or ended. */
    REVOKED,
    /** The call ended for all. */
    ENDED;

    /** The word used in messages. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Why a room was closed. */
  enum EndReason {
    /** A host closed the call for all. */
    HOST,
    /** The last seat was given up; a later ticket opens the call again. */
    EMPTY,
    /** {@code SignalServer.end}. */
    CLOSED,
    /** The server stops; the call may go on after its start. */
    DRAIN
  }

  /** The first person of the call has connected. */
  void started(CallId call, ConsultId consult, Instant at);

  /** A person is in the call: directly, or admitted from the waiting room. */
  void joined(CallId call, String person, CallRole role, int seat, Instant at);

  /** A seat was given up, also one that only waited. */
  void left(CallId call, String person, int seat, LeaveReason reason, Instant at);

  /** The room was closed. Every seat has had its {@link #left} before, but on a drain. */
  void ended(CallId call, ConsultId consult, EndReason reason, Instant at);

  /** A person waits to be admitted; again after a lost connection. */
  default void waiting(CallId call, String person, CallRole role, int seat, Instant at) {}

  /** A host has let somebody in; {@link #joined} follows. */
  default void admitted(CallId call, String person, int seat, String byPerson, Instant at) {}

  /**
   * A person of the call is something else from now on.
   *
   * @param byPerson the host who decided it; null when the server did, or the person came back with
   *     another right
   */
  default void roleChanged(
      CallId call, String person, int seat, CallRole role, String byPerson, Instant at) {}

  /** A connection was lost; the seat is kept. Also of one who waits. */
  default void away(CallId call, String person, int seat, Instant at) {}

  /**
   * A person of the call is connected again.
   *
   * @param resumed whether nothing was missed
   */
  default void back(CallId call, String person, int seat, boolean resumed, Instant at) {}

  /**
   * A client has said what it sends of its person.
   *
   * @param body of the {@code media} message, as it came
   */
  void media(CallId call, String person, int seat, byte[] body, Instant at);

  /**
   * A client has said how it finds its link; told at a low rate only.
   *
   * @param body of the {@code quality} message, as it came
   */
  void quality(CallId call, String person, int seat, byte[] body, Instant at);

  /** A client has asked a peer for a new path of the media. */
  void restarted(CallId call, String person, int seat, int peer, Instant at);
}
