package org.consilium.signaling.relay.room;

import static org.consilium.signaling.relay.message.ClientMessage.ABSENT;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallJournal.EndReason;
import org.consilium.signaling.relay.CallJournal.LeaveReason;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.KeptSeat;
import org.consilium.signaling.relay.message.ClientMessage;
import org.consilium.signaling.relay.message.ClientType;
import org.consilium.signaling.relay.message.ErrorCode;
import org.consilium.signaling.relay.message.ServerMessage;
import org.consilium.signaling.relay.message.SocketMessage;

/**
 * The rules of one call: who sits in it, who waits, and what each is told.
 *
 * <p>Not thread-safe: one event loop serves a room, and only that loop touches it. What it does to
 * the world goes through {@link SeatSocket} and {@link RoomPorts}, so that it can be tested alone.
 */
public final class Room {
  /** The name of the protocol: its subprotocol, and the folder of its examples. */
  public static final String PROTOCOL = "consilium.v1";

  /** What clients are asked to do: ping so often, and give the connection up after so long. */
  public static final SocketMessage.Heartbeat HEARTBEAT = new SocketMessage.Heartbeat(5, 10, 75);

  private final CallId call;
  private final ConsultId consult;
  private final RoomPorts ports;

  private final CallJournal journal;
  private final Seats seats;
  private final Carrier carrier;
  private final RoleChanges roles;
  private final HostActs hostActs;
  private final SeatTimes times;
  private final Arrivals arrivals;
  private boolean closed;
  private boolean moved;

  /** Not null when the room was closed because the server stops. */
  private Supplier<Duration> drained;

  /** An empty room, whose first seat will be number 1. */
  public Room(CallId call, ConsultId consult, RoomPorts ports) {
    this.call = call;
    this.consult = consult;
    this.ports = ports;
    this.seats = new Seats(ports.limits());
    this.journal = new SeatLog(seats, ports.keeper(), new GuardedJournal(ports.journal()));
    this.carrier = new Carrier(seats, ports.meters());
    this.roles = new RoleChanges(call, seats, journal);
    this.hostActs = new HostActs(this, seats, roles);
    this.times = new SeatTimes(this, ports);
    this.arrivals = new Arrivals(call, consult, ports, seats, journal, roles, times);
  }

  public CallId call() {
    return call;
  }

  /** Whether nobody has a seat, so that the room may be forgotten. */
  public boolean isEmpty() {
    return seats.isEmpty();
  }

  /** Whether the call was closed for all; nobody comes in again. */
  public boolean isClosed() {
    return closed && !moved;
  }

  /** Who sits or waits here, also while the connection is lost. */
  public List<KeptSeat> seats() {
    return seats.all().stream().map(Seat::kept).toList();
  }

  /** Takes over the seats that an earlier server gave; each is kept for those who come back. */
  public void restore(List<KeptSeat> kept, int lastNumber) {
    Instant now = now();
    seats.restore(kept, lastNumber);
    for (Seat seat : seats.all()) {
      ports.tokens().restore(seat.tokenPrint, seat.number);
      times.keepForAWhile(seat);
      times.expireLater(seat, now);
    }
  }

  // ---- coming in -------------------------------------------------------------------------------

  /** A person comes with a ticket. Their earlier connection, if there is one, is replaced. */
  public void enter(Admission admission, SeatSocket socket) {
    Instant now = now();
    if (closed) {
      refuse(socket);
    } else {
      arrivals.enter(admission, socket, now);
    }
  }

  /**
   * A client takes its seat again on a new connection.
   *
   * @param number the seat that {@code token} was issued for
   * @param lastSeq the highest number of ours that the client has
   */
  public void resume(int number, String token, long lastSeq, SeatSocket socket) {
    Seat seat = seats.numbered(number);
    if (seat == null || !seat.tokenPrint.equals(ResumeToken.print(token))) {
      if (closed) {
        refuse(socket);
      } else {
        socket.close(CloseCode.GONE);
      }
      return;
    }
    arrivals.resume(seat, token, lastSeq, socket, now());
  }

  private SocketMessage.Pong pong(Seat seat) {
    Instant now = now();
    boolean renews = seat.isAdmitted() && !now.isBefore(seat.iceRenewAt);
    return new SocketMessage.Pong(
        Math.max(seat.accepted, 0), now, renews ? arrivals.iceServers(seat) : null);
  }

  // ---- messages --------------------------------------------------------------------------------

  /** A client has sent a message. One that comes on a replaced connection is not heard. */
  public void received(SeatSocket socket, ClientMessage message) {
    Seat seat = seats.of(socket);
    if (seat == null) {
      return;
    }
    seat.restored = false;
    if (message.ack() != ABSENT) {
      seat.outbox.acknowledge(message.ack());
    }
    if (message.type() == ClientType.PING) {
      socket.send(pong(seat).bytes());
    } else if (message.type() == ClientType.ACK) {
      return;
    } else if (message.seq() == ABSENT) {
      var error = message.type() == null ? ErrorCode.UNKNOWN_TYPE : ErrorCode.INCOMPLETE;
      refuse(socket, error, ABSENT);
    } else if (message.seq() == seat.accepted + 1 || seat.accepted == Seat.UNKNOWN) {
      seat.accepted = message.seq();
      ErrorCode error = act(seat, message);
      if (error != null) {
        refuse(socket, error, message.seq());
      }
    } else if (message.seq() > seat.accepted) {
      socket.close(CloseCode.SEQUENCE_GAP);
    }
    // Else it was sent again after a lost connection, and was done the first time.
  }

  private void refuse(SeatSocket socket, ErrorCode error, long about) {
    ports.meters().error(error);
    socket.send(error.about(about).bytes());
  }

  /** Does what a message asks; null, or why not. */
  private ErrorCode act(Seat seat, ClientMessage message) {
    ClientType type = message.type();
    if (type == null) {
      return ErrorCode.UNKNOWN_TYPE;
    }
    if (!seat.isAdmitted() && type != ClientType.LEAVE) {
      return ErrorCode.NOT_ADMITTED;
    }
    if (type.isHostOnly() && !seat.isHost()) {
      return ErrorCode.NOT_ALLOWED;
    }
    return switch (type.delivery()) {
      case TO_ONE, TO_ALL -> relay(seat, message, now());
      case ABOUT_SEAT -> hostActs.decide(seat, message, now());
      case TO_SERVER -> {
        if (type == ClientType.END) {
          close(EndReason.HOST, seat.number);
        } else {
          giveUp(seat, LeaveReason.LEFT, CloseCode.NORMAL);
        }
        yield null;
      }
      case SOCKET -> null;
    };
  }

  private ErrorCode relay(Seat from, ClientMessage message, Instant now) {
    ErrorCode error = carrier.relay(from, message, now);
    if (error == null) {
      from.notes.take(journal, call, from, message, now);
    }
    return error;
  }

  /** A host has let somebody in who waited. */
  void admit(Seat host, Seat seat) {
    Instant now = now();
    String by = host.admission.person();
    journal.admitted(call, seat.admission.person(), seat.number, by, now);
    seat.admit();
    var admitted =
        new ServerMessage.Admitted(
            host.number,
            seats.participantsFor(seat),
            seats.waitingFor(seat),
            arrivals.iceServers(seat));
    Carrier.tell(List.of(seat), admitted, now);
    arrivals.joined(seat, now);
  }

  /** The connection's write buffer has room again. */
  public void writable(SeatSocket socket) {
    Seat seat = seats.of(socket);
    if (seat != null) {
      seat.pump();
    }
  }

  // ---- going out -------------------------------------------------------------------------------

  /** A connection ended. When it was a seat's own, the seat is kept for a while. */
  public void disconnected(SeatSocket socket) {
    Seat seat = seats.of(socket);
    if (seat == null) {
      return;
    }
    Instant now = now();
    Duration kept = ports.limits().seatKept();
    seat.socket = null;
    times.keepForAWhile(seat);
    journal.away(call, seat.admission.person(), seat.number, now);
    Carrier.tell(seats.audienceOf(seat), new ServerMessage.Away(seat.number, now.plus(kept)), now);
  }

  /** Another node serves the call now: every client is sent there, and nothing is written down. */
  public void move() {
    if (closed) {
      return;
    }
    closed = true;
    moved = true;
    seats.all().forEach(seat -> forget(seat, CloseCode.MOVED, CloseCode.MOVED.reason()));
    seats.clear();
  }

  /** The person is taken out of this call. */
  public void revoke(String person) {
    revoke(person, CloseCode.REMOVED);
  }

  /** The person's right to be in this call is over; a new ticket tells why, or gives a new seat. */
  public void expire(String person) {
    revoke(person, CloseCode.EXPIRED);
  }

  private void revoke(String person, CloseCode code) {
    Seat seat = seats.of(person);
    if (seat != null) {
      giveUp(seat, LeaveReason.REVOKED, code);
    }
  }

  /** Closes the call for all; nobody comes in again. */
  public void close(EndReason reason) {
    close(reason, null);
  }

  private void close(EndReason reason, Integer by) {
    if (closed) {
      return;
    }
    closed = true;
    if (seats.isEmpty()) {
      return; // Nobody has come in yet, or the last has left: that is on record.
    }
    Instant now = now();
    Carrier.tell(
        List.copyOf(seats.all()),
        new ServerMessage.Ended(reason.name().toLowerCase(Locale.ROOT), by),
        now);
    for (Seat seat : seats.all()) {
      journal.left(call, seat.admission.person(), seat.number, LeaveReason.ENDED, now);
      forget(seat, CloseCode.ENDED, CloseCode.ENDED.reason());
    }
    seats.clear();
    journal.ended(call, consult, reason, now);
  }

  /**
   * The server stops: every client is told to come back after a while of its own.
   *
   * @param retryAfter chosen anew for each client, so that they do not all come at once
   */
  public void drain(Supplier<Duration> retryAfter) {
    if (closed) {
      return;
    }
    closed = true;
    drained = retryAfter;
    if (seats.isEmpty()) {
      return;
    }
    for (Seat seat : seats.all()) {
      forget(seat, CloseCode.RESTART, retry(retryAfter));
    }
    seats.clear();
    journal.ended(call, consult, EndReason.DRAIN, now());
  }

  /** Of a closed room: for good, or until the server is back. */
  private void refuse(SeatSocket socket) {
    if (drained == null) {
      socket.close(CloseCode.ENDED);
    } else {
      socket.close(CloseCode.RESTART, retry(drained));
    }
  }

  /** The reason beside 1012. */
  static String retry(Supplier<Duration> after) {
    return "retry-ms=" + after.get().toMillis();
  }

  /** Takes a person out; nothing when the seat was given up before. */
  void giveUp(Seat seat, LeaveReason reason, CloseCode code) {
    if (!seats.remove(seat)) {
      return;
    }
    Instant now = now();
    journal.left(call, seat.admission.person(), seat.number, reason, now);
    Carrier.tell(seats.audienceOf(seat), new ServerMessage.Left(seat.number, reason.text()), now);
    forget(seat, code, code.reason());
    if (seats.isEmpty()) {
      journal.ended(call, consult, EndReason.EMPTY, now);
    } else {
      roles.keepHost(now);
    }
  }

  private void forget(Seat seat, CloseCode code, String reason) {
    ports.tokens().withdraw(seat.tokenPrint);
    seat.cancelTimers();
    SeatSocket socket = seat.socket;
    seat.socket = null;
    if (socket != null) {
      socket.close(code, reason);
    }
  }

  private Instant now() {
    return ports.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
