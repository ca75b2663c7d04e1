package org.consilium.signaling.relay.room;

import java.time.Instant;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A journal whose failures are logged and do not disturb the call. */
record GuardedJournal(CallJournal journal) implements CallJournal {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedJournal.class);

  @Override
  public void started(CallId call, ConsultId consult, Instant at) {
    guard(call, () -> journal.started(call, consult, at));
  }

  @Override
  public void joined(CallId call, String person, CallRole role, int seat, Instant at) {
    guard(call, () -> journal.joined(call, person, role, seat, at));
  }

  @Override
  public void left(CallId call, String person, int seat, LeaveReason reason, Instant at) {
    guard(call, () -> journal.left(call, person, seat, reason, at));
  }

  @Override
  public void ended(CallId call, ConsultId consult, EndReason reason, Instant at) {
    guard(call, () -> journal.ended(call, consult, reason, at));
  }

  @Override
  public void waiting(CallId call, String person, CallRole role, int seat, Instant at) {
    guard(call, () -> journal.waiting(call, person, role, seat, at));
  }

  @Override
  public void admitted(CallId call, String person, int seat, String byPerson, Instant at) {
    guard(call, () -> journal.admitted(call, person, seat, byPerson, at));
  }

  @Override
  public void roleChanged(
      CallId call, String person, int seat, CallRole role, String byPerson, Instant at) {
    guard(call, () -> journal.roleChanged(call, person, seat, role, byPerson, at));
  }

  @Override
  public void away(CallId call, String person, int seat, Instant at) {
    guard(call, () -> journal.away(call, person, seat, at));
  }

  @Override
  public void back(CallId call, String person, int seat, boolean resumed, Instant at) {
    guard(call, () -> journal.back(call, person, seat, resumed, at));
  }

  @Override
  public void media(CallId call, String person, int seat, byte[] body, Instant at) {
    guard(call, () -> journal.media(call, person, seat, body, at));
  }

  @Override
  public void quality(CallId call, String person, int seat, byte[] body, Instant at) {
    guard(call, () -> journal.quality(call, person, seat, body, at));
  }

  @Override
  public void restarted(CallId call, String person, int seat, int peer, Instant at) {
    guard(call, () -> journal.restarted(call, person, seat, peer, at));
  }

  private static void guard(CallId call, Runnable entry) {
    try {
      entry.run();
    } catch (RuntimeException e) {
      LOG.error("call {}: the journal failed", call, e);
    }
  }
}
