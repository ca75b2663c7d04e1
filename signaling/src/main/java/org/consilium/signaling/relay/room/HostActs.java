package org.consilium.signaling.relay.room;

import static org.consilium.signaling.relay.message.ClientMessage.ABSENT;

import java.time.Instant;
import java.util.List;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallJournal.LeaveReason;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.message.ClientMessage;
import org.consilium.signaling.relay.message.ErrorCode;
import org.consilium.signaling.relay.message.ServerMessage;

/** What a host does about another seat. Used by the room's loop only. */
final class HostActs {
  private final Room room;
  private final Seats seats;
  private final RoleChanges roles;

  HostActs(Room room, Seats seats, RoleChanges roles) {
    this.room = room;
    this.seats = seats;
    this.roles = roles;
  }

  /** Does it; null, or why not. */
  ErrorCode decide(Seat host, ClientMessage message, Instant now) {
    if (message.seat() == ABSENT) {
      return ErrorCode.INCOMPLETE;
    }
    Seat seat = seats.numbered(message.seat());
    if (seat == null) {
      return ErrorCode.NO_SUCH_SEAT;
    }
    return switch (message.type()) {
      case ADMIT -> seat.isAdmitted() ? null : admit(host, seat);
      case REFUSE -> refuse(host, seat, now);
      case ROLE -> roles.change(host, seat, message, now);
      case HAND_OVER -> roles.handOver(host, seat, now);
      default -> {
        room.giveUp(seat, LeaveReason.REMOVED, CloseCode.REMOVED);
        yield null;
      }
    };
  }

  private ErrorCode admit(Seat host, Seat seat) {
    if (!seats.hasRoomFor(AdmissionMode.DIRECT)) {
      return ErrorCode.CALL_FULL;
    }
    room.admit(host, seat);
    return null;
  }

  private ErrorCode refuse(Seat host, Seat seat, Instant now) {
    if (seat.isAdmitted()) {
      return ErrorCode.NO_SUCH_SEAT;
    }
    Carrier.tell(List.of(seat), new ServerMessage.Refused(host.number), now);
    room.giveUp(seat, LeaveReason.REFUSED, CloseCode.REFUSED);
    return null;
  }
}
