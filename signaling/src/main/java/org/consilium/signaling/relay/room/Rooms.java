package org.consilium.signaling.relay.room;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.CallJournal;
import org.consilium.signaling.relay.CallJournal.EndReason;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.IceServers;
import org.consilium.signaling.relay.Lease;
import org.consilium.signaling.relay.MeteredJournal;
import org.consilium.signaling.relay.SeatKeeper;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;
import org.consilium.signaling.relay.message.ClientMessage;

/**
 * Every call of this server. Safe on any thread.
 *
 * <p>A room is served by the event loop of its first connection; everything about it is run there,
 * in the order it was handed over. So a room needs no lock, and when both connections of a call are
 * on that loop, as they mostly are with few loops, nothing changes threads.
 */
public final class Rooms {
  private final SignalLimits limits;
  private final InstantSource clock;
  private final IceServers iceServers;
  private final CallJournal journal;
  private final SeatKeeper keeper;
  private final SignalMeters meters;
  private final ConcurrentHashMap<CallId, ServedRoom> rooms = new ConcurrentHashMap<>();
  private final Places places = new Places();

  /** Not null once the server stops: nobody comes in any more. */
  private volatile Supplier<Duration> draining;

  private final EndedCalls ended = new EndedCalls();

  /** Told, on the room's loop, of each room that is served here no more. */
  private volatile BiConsumer<CallId, Long> gone = (_, _) -> {};

  /** For calls that end with their server. */
  public Rooms(
      SignalLimits limits,
      InstantSource clock,
      IceServers iceServers,
      CallJournal journal,
      SignalMeters meters) {
    this(limits, clock, iceServers, journal, SeatKeeper.NONE, meters);
  }

  public Rooms(
      SignalLimits limits,
      InstantSource clock,
      IceServers iceServers,
      CallJournal journal,
      SeatKeeper keeper,
      SignalMeters meters) {
    this.keeper = keeper;
    this.meters = meters;
    this.limits = limits;
    this.clock = clock;
    this.iceServers = iceServers;
    this.journal = new MeteredJournal(meters, journal);
  }

  /** The room that a connection speaks to. */
  public interface Link {
    /** The client has sent a message; {@code done} runs when the room has dealt with it. */
    void received(ClientMessage message, Runnable done);

    /** The write buffer has room again. */
    void writable();

    /** The connection is gone. */
    void closed();
  }

  /** Takes a person in. {@code loop} serves the room if this is its first connection. */
  public Link enter(Admission admission, SeatSocket socket, EventExecutor loop) {
    if (ended.contains(admission.call())) {
      socket.close(CloseCode.ENDED);
      return Nowhere.LINK;
    }
    return door(
            admission.call(),
            () -> serve(admission.call(), admission.consult(), Lease.NO_TERM, loop))
        .enter(admission, socket);
  }

  /** The way into a call that is served here; empty when it is not. */
  public Optional<Door> door(CallId call) {
    ServedRoom held =
        rooms.computeIfPresent(
            call,
            (_, room) -> {
              room.claims++;
              return room;
            });
    return Optional.ofNullable(held).map(Door::new);
  }

  /**
   * Serves a call from now on, with the seats that the lease knows. Call it on {@code loop}, which
   * runs the room.
   */
  public Door open(Lease lease, EventExecutor loop) {
    return door(
        lease.call(),
        () -> {
          var served = serve(lease.call(), lease.consult(), lease.term(), loop);
          if (!lease.seats().isEmpty()) {
            served.run(() -> served.restore(lease));
          }
          return served;
        });
  }

  private ServedRoom serve(CallId call, ConsultId consult, long term, EventExecutor loop) {
    return new ServedRoom(
        call,
        consult,
        term,
        loop,
        (served, seatKeeper) ->
            new RoomPorts(
                limits,
                clock,
                served::after,
                places.of(served),
                iceServers,
                journal,
                seatKeeper,
                meters),
        keeper,
        this::forget);
  }

  /** The room was left empty. */
  private void forget(ServedRoom served) {
    if (served.room.isClosed()) {
      ended.add(served.room.call());
    }
    rooms.computeIfPresent(
        served.room.call(),
        (call, known) -> {
          if (known != served || served.claims > 0 || !served.room.isEmpty()) {
            return known;
          }
          gone.accept(call, served.term);
          return null;
        });
  }

  private Door door(CallId call, Supplier<ServedRoom> fresh) {
    return new Door(
        rooms.compute(
            call,
            (_, known) -> {
              ServedRoom room = known == null ? fresh.get() : known;
              room.claims++;
              return room;
            }));
  }

  /** A way into a room; the room stays until it is used or closed. */
  public final class Door {
    private final ServedRoom served;
    private final AtomicBoolean used = new AtomicBoolean();

    private Door(ServedRoom served) {
      this.served = served;
    }

    /** A person comes with a ticket. */
    public Link enter(Admission admission, SeatSocket socket) {
      return pass(() -> letIn(served.room, admission, socket), socket);
    }

    /** A client comes back; its socket is closed with 4008 when its seat is gone meanwhile. */
    public Link resume(String token, long lastSeq, SeatSocket socket) {
      String print = ResumeToken.print(token);
      return pass(
          () -> {
            OptionalInt seat = places.seat(print, served);
            if (seat.isEmpty()) {
              goneMeanwhile(socket);
            } else {
              served.room.resume(seat.getAsInt(), token, lastSeq, socket);
            }
          },
          socket);
    }

    private Link pass(Runnable act, SeatSocket socket) {
      served.run(() -> {
        served.guard(socket, act);
        release();
      });
      return served.link(socket);
    }

    /** Nobody comes in by it. */
    public void close() {
      served.run(this::release);
    }

    private void release() {
      if (used.compareAndSet(false, true)) {
        rooms.computeIfPresent(
            served.room.call(),
            (_, room) -> {
              room.claims--;
              return room;
            });
      }
    }
  }

  /**
   * Looks again, now that the room is known to all: who ended the call or began to drain before
   * this has not seen the room, and who does so later finds it.
   */
  private void letIn(Room room, Admission admission, SeatSocket socket) {
    Supplier<Duration> retryAfter = draining;
    if (retryAfter != null) {
      socket.close(CloseCode.RESTART, Room.retry(retryAfter));
    } else if (ended.contains(room.call())) {
      socket.close(CloseCode.ENDED);
    } else {
      room.enter(admission, socket);
    }
  }

  /** Whether this token stands for a seat now. */
  public boolean canResume(String token) {
    return places.knows(ResumeToken.print(token));
  }

  /** Gives a client its seat again; closes the socket with 4008 when it is gone meanwhile. */
  public Link resume(String token, long lastSeq, SeatSocket socket) {
    Optional<Door> door = ResumeToken.callOf(token).flatMap(this::door);
    if (door.isEmpty()) {
      goneMeanwhile(socket);
      return Nowhere.LINK;
    }
    return door.get().resume(token, lastSeq, socket);
  }

  private void goneMeanwhile(SeatSocket socket) {
    Supplier<Duration> retryAfter = draining;
    if (retryAfter == null) {
      socket.close(CloseCode.GONE);
    } else {
      socket.close(CloseCode.RESTART, Room.retry(retryAfter));
    }
  }

  /** Takes a person out of one call. */
  public void revoke(CallId call, String person) {
    inRoom(call, room -> room.revoke(person));
  }

  /** The person's right to be in one call is over; the client asks for a new ticket. */
  public void expire(CallId call, String person) {
    inRoom(call, room -> room.expire(person));
  }

  /** Takes a person out of every call. */
  public void revoke(String person) {
    rooms.keySet().forEach(call -> revoke(call, person));
  }

  /** Closes a call for all. */
  public void end(CallId call) {
    ended.add(call);
    inRoom(call, room -> room.close(EndReason.CLOSED));
  }

  /** Tells every client to come back later; {@code retryAfter} is asked once for each. */
  public void drain(Supplier<Duration> retryAfter) {
    draining = retryAfter;
    rooms.keySet().forEach(call -> inRoom(call, room -> room.drain(retryAfter)));
  }

  /** Another node serves the call now; nothing happens when it is served here in another term. */
  public void lose(CallId call, long term) {
    ServedRoom served = rooms.get(call);
    if (served != null && served.term == term) {
      served.run(served.room::move);
    }
  }

  /** The calls that are served here, and who has a seat in them. */
  public List<LiveRoom> live() {
    return rooms.values().stream().map(served -> served.live).toList();
  }

  /** The calls that are served here, and what each is about. */
  public Map<CallId, ConsultId> open() {
    return live().stream().collect(Collectors.toMap(LiveRoom::call, LiveRoom::consult));
  }

  /** Whether the call was closed for all, here and lately. */
  public boolean isOver(CallId call) {
    return ended.contains(call);
  }

  /** Calls {@code listener} with each room that is served here no more, and its term. */
  public void onGone(BiConsumer<CallId, Long> listener) {
    gone = listener;
  }

  /** How many calls have somebody in them. */
  public int size() {
    return rooms.size();
  }

  private void inRoom(CallId call, Consumer<Room> act) {
    ServedRoom served = rooms.get(call);
    if (served != null) {
      served.run(() -> act.accept(served.room));
    }
  }
}
