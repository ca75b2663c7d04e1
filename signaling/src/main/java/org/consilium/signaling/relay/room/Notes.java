package org.consilium.signaling.relay.room;

import java.time.Instant;
import java.util.Arrays;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.message.ClientMessage;

/**
 * What one seat relays that the record of the call wants to know, at a rate that no client can
 * raise: the bodies are handed on unread. Used by the room's loop only.
 */
final class Notes {
  /** How the link did is read no more often than this. */
  private static final long QUALITY_MILLIS = 10_000;

  /** Changes of media and repairs: so many at once, and one more in each of these times. */
  private static final int CHANGES_MAX = 20;

  private static final long CHANGE_MILLIS = 5_000;

  private long qualityAt = Long.MIN_VALUE / 2;
  private long changesAt;
  private int changes = CHANGES_MAX;

  /** Notes a message that was relayed. */
  void take(CallJournal journal, CallId call, Seat from, ClientMessage message, Instant now) {
    switch (message.type()) {
      case QUALITY -> {
        if (now.toEpochMilli() - qualityAt >= QUALITY_MILLIS) {
          qualityAt = now.toEpochMilli();
          journal.quality(call, from.admission.person(), from.number, body(message), now);
        }
      }
      case MEDIA -> {
        if (mayChange(now)) {
          journal.media(call, from.admission.person(), from.number, body(message), now);
        }
      }
      case RESTART -> {
        if (mayChange(now)) {
          int peer = Math.toIntExact(message.to());
          journal.restarted(call, from.admission.person(), from.number, peer, now);
        }
      }
      default -> {}
    }
  }

  private boolean mayChange(Instant now) {
    long more = (now.toEpochMilli() - changesAt) / CHANGE_MILLIS;
    if (more > 0) {
      changes = (int) Math.min(CHANGES_MAX, changes + more);
      changesAt = now.toEpochMilli();
    }
    if (changes == 0) {
      return false;
    }
    changes--;
    return true;
  }

  private static byte[] body(ClientMessage message) {
    return Arrays.copyOfRange(
        message.raw(), message.bodyFrom(), message.bodyFrom() + message.bodyLength());
  }
}
