package org.consilium.signaling.relay.room;

import java.time.Instant;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.SeatKeeper;

/**
 * A journal that also has the seat kept as it is after each entry about it: whatever changes a seat
 * is entered. Used by the room's loop only.
 */
record SeatLog(Seats seats, SeatKeeper keeper, CallJournal journal) implements CallJournal {
  @Override
  public void started(CallId call, ConsultId consult, Instant at) {
    journal.started(call, consult, at);
  }

  @Override
  public void joined(CallId call, String person, CallRole role, int seat, Instant at) {
    keep(call, person);
    journal.joined(call, person, role, seat, at);
  }

  @Override
  public void left(CallId call, String person, int seat, LeaveReason reason, Instant at) {
    keeper.giveUp(call, person);
    journal.left(call, person, seat, reason, at);
  }

  @Override
  public void ended(CallId call, ConsultId consult, EndReason reason, Instant at) {
    journal.ended(call, consult, reason, at);
  }

  @Override
  public void waiting(CallId call, String person, CallRole role, int seat, Instant at) {
    keep(call, person);
    journal.waiting(call, person, role, seat, at);
  }

  @Override
  public void admitted(CallId call, String person, int seat, String byPerson, Instant at) {
    journal.admitted(call, person, seat, byPerson, at);
  }

  @Override
  public void roleChanged(
      CallId call, String person, int seat, CallRole role, String byPerson, Instant at) {
    keep(call, person);
    journal.roleChanged(call, person, seat, role, byPerson, at);
  }

  @Override
  public void away(CallId call, String person, int seat, Instant at) {
    keep(call, person);
    journal.away(call, person, seat, at);
  }

  @Override
  public void back(CallId call, String person, int seat, boolean resumed, Instant at) {
    keep(call, person);
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

  private void keep(CallId call, String person) {
    Seat seat = seats.of(person);
    if (seat != null) {
      keeper.keep(call, seat.kept());
    }
  }
}
