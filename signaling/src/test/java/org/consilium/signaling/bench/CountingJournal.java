package org.consilium.signaling.bench;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallRole;

/** A journal that only counts: what the relay costs without the database. */
final class CountingJournal implements CallJournal {
  private final LongAdder entries = new LongAdder();

  @Override
  public void started(CallId call, ConsultId consult, Instant at) {
    entries.increment();
  }

  @Override
  public void joined(CallId call, String person, CallRole role, int seat, Instant at) {
    entries.increment();
  }

  @Override
  public void left(CallId call, String person, int seat, LeaveReason reason, Instant at) {
    entries.increment();
  }

  @Override
  public void ended(CallId call, ConsultId consult, EndReason reason, Instant at) {
    entries.increment();
  }

  @Override
  public void media(CallId call, String person, int seat, byte[] body, Instant at) {
    entries.increment();
  }

  @Override
  public void quality(CallId call, String person, int seat, byte[] body, Instant at) {
    entries.increment();
  }

  @Override
  public void restarted(CallId call, String person, int seat, int peer, Instant at) {
    entries.increment();
  }
}
