package org.consilium.signaling.relay.room;

import java.time.Instant;
import java.util.List;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.IceServer;
import org.consilium.signaling.relay.message.ServerMessage;
import org.consilium.signaling.relay.message.SocketMessage;

/** How people come into an open call and come back to it. Used by the room's loop only. */
final class Arrivals {
  private final CallId call;
  private final ConsultId consult;
  private final RoomPorts ports;
  private final Seats seats;
  private final CallJournal journal;
  private final RoleChanges roles;
  private final SeatTimes times;

  Arrivals(
      CallId call,
      ConsultId consult,
      RoomPorts ports,
      Seats seats,
      CallJournal journal,
      RoleChanges roles,
      SeatTimes times) {
    this.call = call;
    this.consult = consult;
    this.ports = ports;
    this.seats = seats;
    this.journal = journal;
    this.roles = roles;
    this.times = times;
  }

  /** A person comes with a ticket. */
  void enter(Admission admission, SeatSocket socket, Instant now) {
    if (!now.isBefore(admission.until())) {
      socket.close(CloseCode.EXPIRED);
    } else if (seats.of(admission.person()) instanceof Seat known) {
      enterAgain(known, admission, socket, now);
    } else if (seats.hasRoomFor(admission.mode())) {
      enterNew(admission, socket, now);
    } else {
      socket.close(CloseCode.FULL);
    }
  }

  private void enterNew(Admission admission, SeatSocket socket, Instant now) {
    if (seats.isEmpty()) {
      journal.started(call, consult, now);
    }
    Seat seat = seats.take(admission, now);
    seat.socket = socket;
    giveToken(seat);
    times.expireLater(seat, now);
    welcome(seat, false, seat.outbox.lastSeq());
    if (seat.isAdmitted()) {
      joined(seat, now);
    } else {
      journal.waiting(call, admission.person(), admission.role(), seat.number, now);
      Carrier.tell(seats.audienceOf(seat), new ServerMessage.Waiting(seat.participant()), now);
    }
  }

  /** The person's page is new: the seat stays, but nothing meant for the old page is of use. */
  private void enterAgain(Seat seat, Admission admission, SeatSocket socket, Instant now) {
    boolean letIn =
        !seat.isAdmitted()
            && admission.mode() == AdmissionMode.DIRECT
            && seats.hasRoomFor(admission.mode());
    CallRole before = seat.admission.role();
    seat.startEpoch(admission);
    roles.cameBack(seat, before, now);
    ports.tokens().withdraw(seat.tokenPrint);
    giveToken(seat);
    times.expireLater(seat, now);
    connect(seat, socket);
    if (letIn) {
      seat.admit();
    }
    welcome(seat, false, seat.outbox.lastSeq());
    if (letIn) {
      joined(seat, now);
    } else {
      back(seat, false, now);
    }
    roles.keepHost(now);
  }

  /** A client takes its seat again; it has shown the seat's secret. */
  void resume(Seat seat, String token, long lastSeq, SeatSocket socket, Instant now) {
    seat.resumeToken = token;
    boolean resumed = !seat.restored && seat.outbox.canReplayAfter(lastSeq);
    if (resumed) {
      seat.outbox.acknowledge(lastSeq);
      seat.outbox.rewindTo(lastSeq);
    } else {
      seat.outbox.clear();
    }
    boolean wasAway = seat.socket == null;
    connect(seat, socket);
    welcome(seat, resumed, resumed ? lastSeq : seat.outbox.lastSeq());
    seat.pump();
    if (wasAway || !resumed) {
      back(seat, resumed, now);
    }
  }

  private void giveToken(Seat seat) {
    seat.resumeToken = ports.tokens().issue(seat.number);
    seat.tokenPrint = ResumeToken.print(seat.resumeToken);
  }

  private void connect(Seat seat, SeatSocket socket) {
    SeatSocket old = seat.socket;
    seat.socket = socket;
    seat.stopKeeping();
    if (old != null) {
      old.close(CloseCode.REPLACED);
    }
  }

  private void welcome(Seat seat, boolean resumed, long seq) {
    boolean in = seat.isAdmitted();
    var welcome =
        new SocketMessage.Welcome(
            Room.PROTOCOL,
            resumed,
            seat.restored,
            call.toString(),
            consult.toString(),
            seat.self(),
            seat.resumeToken,
            seq,
            Math.max(seat.accepted, 0),
            seats.participantsFor(seat),
            seats.waitingFor(seat),
            in ? iceServers(seat) : List.of(),
            ports.limits().seatKept().toSeconds(),
            Room.HEARTBEAT);
    seat.socket.send(welcome.bytes());
  }

  /** The relays of a person, with credentials of their own. */
  List<IceServer> iceServers(Seat seat) {
    seat.iceRenewAt = ports.iceServers().renewAt(seat.admission);
    return ports.iceServers().forPerson(seat.admission);
  }

  /** Tells the others that somebody has come in. */
  void joined(Seat seat, Instant now) {
    Admission who = seat.admission;
    journal.joined(call, who.person(), who.role(), seat.number, now);
    Carrier.tell(seats.audienceOf(seat), new ServerMessage.Joined(seat.participant()), now);
  }

  private void back(Seat seat, boolean resumed, Instant now) {
    Admission who = seat.admission;
    if (seat.isAdmitted()) {
      journal.back(call, who.person(), seat.number, resumed, now);
    } else {
      journal.waiting(call, who.person(), who.role(), seat.number, now);
    }
    Carrier.tell(seats.audienceOf(seat), new ServerMessage.Back(seat.participant(), resumed), now);
  }
}
