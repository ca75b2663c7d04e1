package org.consilium.signaling.relay.room;

import static org.consilium.signaling.relay.message.ClientMessage.ABSENT;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import org.consilium.signaling.relay.SignalMeters;
import org.consilium.signaling.relay.message.ClientMessage;
import org.consilium.signaling.relay.message.ClientType;
import org.consilium.signaling.relay.message.ErrorCode;
import org.consilium.signaling.relay.message.ServerMessage;

/** Carries messages of one room from seat to seat, and what the server tells to seats. */
final class Carrier {
  private final Seats seats;
  private final SignalMeters meters;

  Carrier(Seats seats, SignalMeters meters) {
    this.seats = seats;
    this.meters = meters;
  }

  /** Hands on what {@code from} says to those it is meant for; null, or why not. */
  ErrorCode relay(Seat from, ClientMessage message, Instant now) {
    if (message.bodyLength() == 0) {
      return ErrorCode.INCOMPLETE;
    }
    if (message.bodyLength() > message.type().bodyBytesMax()) {
      return ErrorCode.TOO_LARGE;
    }
    if (message.type().delivery() == ClientType.Delivery.TO_ALL) {
      if (message.type() == ClientType.MEDIA) {
        from.media =
            new String(
                message.raw(), message.bodyFrom(), message.bodyLength(), StandardCharsets.UTF_8);
      }
      for (Seat seat : seats.all()) {
        if (seat != from && seat.isAdmitted()) {
          deliver(seat, from, message, now);
        }
      }
      return null;
    }
    if (message.to() == ABSENT) {
      return ErrorCode.INCOMPLETE;
    }
    Seat to = seats.numbered(message.to());
    if (to == null || !to.isAdmitted() || to == from) {
      return ErrorCode.NO_SUCH_SEAT;
    }
    // What was meant for a page that is gone would confuse the one that took its place.
    if (message.epoch() == ABSENT || message.epoch() == to.epoch) {
      deliver(to, from, message, now);
    }
    return null;
  }

  private void deliver(Seat to, Seat from, ClientMessage message, Instant now) {
    meters.relayed(message.bodyLength());
    to.outbox.add(ServerMessage.relayed(message, to.outbox.nextSeq(), now, from.number));
    to.pump();
  }

  /** Tells all of them what the server has to say. */
  static void tell(Collection<Seat> receivers, ServerMessage message, Instant now) {
    for (Seat seat : receivers) {
      seat.outbox.add(message.stamped(seat.outbox.nextSeq(), now));
      seat.pump();
    }
  }
}
