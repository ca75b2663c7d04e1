package org.consilium.signaling.relay;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.SignalMeters.SeatState;

/** Counts who comes, goes and waits, and hands every entry on. Safe on any thread. */
public final class MeteredJournal implements CallJournal {
  private final SignalMeters meters;
  private final CallJournal journal;
  private final Map<CallId, Map<Integer, SeatState>> seats = new ConcurrentHashMap<>();

  public MeteredJournal(SignalMeters meters, CallJournal journal) {
    this.meters = meters;
    this.journal = journal;
  }

  @Override
  public void started(CallId call, ConsultId consult, Instant at) {
    journal.started(call, consult, at);
  }

  @Override
  public void joined(CallId call, String person, CallRole role, int seat, Instant at) {
    meters.joined();
    // One who is admitted while away is still away.
    if (of(call).get(seat) != SeatState.AWAY) {
      move(call, seat, SeatState.PRESENT);
    }
    journal.joined(call, person, role, seat, at);
  }

  @Override
  public void waiting(CallId call, String person, CallRole role, int seat, Instant at) {
    move(call, seat, SeatState.WAITING);
    journal.waiting(call, person, role, seat, at);
  }

  @Override
  public void admitted(CallId call, String person, int seat, String byPerson, Instant at) {
    journal.admitted(call, person, seat, byPerson, at);
  }

  @Override
  public void roleChanged(
      CallId call, String person, int seat, CallRole role, String byPerson, Instant at) {
    journal.roleChanged(call, person, seat, role, byPerson, at);
  }

  @Override
  public void away(CallId call, String person, int seat, Instant at) {
    move(call, seat, SeatState.AWAY);
    journal.away(call, person, seat, at);
  }

  @Override
  public void back(CallId call, String person, int seat, boolean resumed, Instant at) {
    meters.back(resumed);
    move(call, seat, SeatState.PRESENT);
    journal.back(call, person, seat, resumed, at);
  }

  @Override
  public void media(CallId call, String person, int seat, byte[] body, Instant at) {
    journal.media(call, person, seat, body, at);
  }

  @Override
  public void quality(CallId call, String person, int seat, byte[] body, Instant at) {
    journal.quality(call, person, seat, body, at);
  }

  @Override
  public void restarted(CallId call, String person, int seat, int peer, Instant at) {
    journal.restarted(call, person, seat, peer, at);
  }

  @Override
  public void left(CallId call, String person, int seat, LeaveReason reason, Instant at) {
    moved(of(call).remove(seat), -1);
    journal.left(call, person, seat, reason, at);
  }

  @Override
  public void ended(CallId call, ConsultId consult, EndReason reason, Instant at) {
    var left = seats.remove(call);
    if (left != null) {
      left.values().forEach(state -> moved(state, -1));
    }
    journal.ended(call, consult, reason, at);
  }

  /** Touched by the loop of the room only. */
  private Map<Integer, SeatState> of(CallId call) {
    return seats.computeIfAbsent(call, _ -> new ConcurrentHashMap<>());
  }

  private void move(CallId call, int seat, SeatState to) {
    moved(of(call).put(seat, to), -1);
    moved(to, 1);
  }

  private void moved(SeatState state, long change) {
    if (state != null) {
      meters.seats(state, change);
    }
  }
}
