package org.consilium.signaling.relay.room;

import java.time.Duration;
import java.time.Instant;
import org.consilium.signaling.relay.CallJournal.LeaveReason;
import org.consilium.signaling.relay.CloseCode;

/** How long seats are kept. Used by the room's loop only. */
final class SeatTimes {
  /** A seat is closed after this even when its admission says later: no call lasts a day. */
  private static final Duration SEAT_TIME_MAX = Duration.ofDays(1);

  private final Room room;
  private final RoomPorts ports;

  SeatTimes(Room room, RoomPorts ports) {
    this.room = room;
    this.ports = ports;
  }

  /** Gives the seat up unless its client comes back. */
  void keepForAWhile(Seat seat) {
    seat.keeping =
        ports
            .timers()
            .after(
                ports.limits().seatKept(),
                () -> room.giveUp(seat, LeaveReason.TIMEOUT, CloseCode.GONE));
  }

  /** Gives the seat up when the person's right to it is over. */
  void expireLater(Seat seat, Instant now) {
    if (seat.expiry != null) {
      seat.expiry.cancel();
    }
    Instant latest = now.plus(SEAT_TIME_MAX);
    Instant until = seat.admission.until().isBefore(latest) ? seat.admission.until() : latest;
    seat.expiry =
        ports
            .timers()
            .after(
                Duration.between(now, until),
                () -> room.giveUp(seat, LeaveReason.REVOKED, CloseCode.EXPIRED));
  }
}
