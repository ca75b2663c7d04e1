package org.consilium.signaling.relay.room;

import java.time.Instant;
import java.util.List;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.KeptSeat;
import org.consilium.signaling.relay.message.Participant;
import org.consilium.signaling.relay.message.SocketMessage;

/** One person's place in a call; outlives the connection. Used by the room's loop only. */
final class Seat {
  final int number;
  final Instant since;
  final Outbox outbox = new Outbox();
  final Notes notes = new Notes();

  /** The first number of a restored client is taken as the next. */
  static final long UNKNOWN = -1;

  /** Epochs that an earlier server may have begun without keeping them. */
  private static final int EPOCHS_SKIPPED = 16;

  private boolean admitted;
  Admission admission;
  int epoch = 1;

  /** The highest number accepted from this client in this epoch, or {@link #UNKNOWN}. */
  long accepted;

  /** Null until the client has shown it again, in a seat that was restored. */
  String resumeToken;

  /** The print of that token. */
  String tokenPrint;

  /**
   * Whether an earlier server gave the seat and the client has not said a word here: it counts the
   * messages of that server.
   */
  boolean restored;

  /** The last {@code media} body, or null. */
  String media;

  /** When the client's credentials for the relay are renewed, with the next pong. */
  Instant iceRenewAt = Instant.MAX;

  /** Null while the connection is lost. */
  SeatSocket socket;

  /** Runs while the connection is lost: gives the seat up. */
  Timers.Timer keeping;

  /** Runs to the end of the person's right to be here. */
  Timers.Timer expiry;

  Seat(int number, Admission admission, Instant since) {
    this.number = number;
    this.admission = admission;
    this.admitted = admission.mode() == AdmissionMode.DIRECT;
    this.since = since;
  }

  /** A seat that an earlier server gave. */
  static Seat restored(KeptSeat kept) {
    var seat = new Seat(kept.number(), kept.admission(), kept.since());
    seat.admitted = kept.admitted();
    seat.epoch = kept.epoch();
    seat.tokenPrint = kept.tokenPrint();
    seat.accepted = UNKNOWN;
    seat.restored = true;
    return seat;
  }

  /** What of it must outlive this server. */
  KeptSeat kept() {
    return new KeptSeat(number, admission, isAdmitted(), socket != null, epoch, since, tokenPrint);
  }

  boolean isAdmitted() {
    return admitted;
  }

  /** Ends the waiting. */
  void admit() {
    admitted = true;
  }

  /** The person has come with a new page: nothing of the old one is left but the place. */
  void startEpoch(Admission now) {
    // What a host made of the person lasts as long as the person's right is the same.
    admission = now.roles().equals(admission.roles()) ? now.as(admission.role()) : now;
    epoch += restored ? EPOCHS_SKIPPED : 1;
    restored = false;
    accepted = 0;
    media = null;
    outbox.clear();
  }

  boolean isHost() {
    return isAdmitted() && admission.role().isHost();
  }

  /** Sends what was not sent, as far as the connection takes it. */
  void pump() {
    if (socket == null) {
      return;
    }
    if (outbox.hasLostUnsent()) {
      // What it missed cannot be made good on this connection: it must resume and repair.
      socket.close(CloseCode.SLOW_READER);
      return;
    }
    while (socket.isWritable()) {
      byte[] message = outbox.nextToSend();
      if (message == null) {
        return;
      }
      socket.send(message);
    }
  }

  Participant participant() {
    return new Participant(
        number,
        epoch,
        admission.displayName(),
        admission.role().text(),
        roles(),
        admission.role().isHost(),
        socket != null,
        since,
        media);
  }

  SocketMessage.Self self() {
    return new SocketMessage.Self(
        number,
        epoch,
        admission.displayName(),
        admission.role().text(),
        roles(),
        admission.role().isHost(),
        isAdmitted() ? "admitted" : "waiting");
  }

  private List<String> roles() {
    return admission.roles().stream().map(CallRole::text).toList();
  }

  void stopKeeping() {
    if (keeping != null) {
      keeping.cancel();
      keeping = null;
    }
  }

  void cancelTimers() {
    stopKeeping();
    if (expiry != null) {
      expiry.cancel();
      expiry = null;
    }
  }
}
