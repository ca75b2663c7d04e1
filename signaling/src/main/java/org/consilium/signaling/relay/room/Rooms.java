package org.consilium.signaling.relay.room;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
import org.consilium.signaling.relay.KeptSeat;
import org.consilium.signaling.relay.Lease;
import org.consilium.signaling.relay.MeteredJournal;
import org.consilium.signaling.relay.SeatKeeper;
import org.consilium.signaling.relay.SignalLimits;
import org.consilium.signaling.relay.SignalMeters;
import org.consilium.signaling.relay.message.ClientMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every call of this server. Safe on any thread.
 *
 * <p>A room is served by the event loop of its first connection; everything about it is run there,
 * in the order it was handed over. So a room needs no lock, and when both connections of a call are
 * on that loop, as they mostly are with few loops, nothing changes threads.
 */
public final class Rooms {
  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

  /** Ended calls that are remembered, so that a ticket redeemed a moment too late opens none. */
  private static final int ENDED_MAX = 4096;

  private final SignalLimits limits;
  private final InstantSource clock;
  private final IceServers iceServers;
  private final CallJournal journal;
  private final SeatKeeper keeper;
  private final SignalMeters meters;
  private final ConcurrentHashMap<CallId, Served> rooms = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Place> places = new ConcurrentHashMap<>();

  /** Not null once the server stops: nobody comes in any more. */
  private volatile Supplier<Duration> draining;

  private final Set<CallId> ended =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<CallId, Boolean> eldest) {
                  return size() > ENDED_MAX;
                }
              }));

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
            () -> new Served(admission.call(), admission.consult(), Lease.NO_TERM, loop))
        .enter(admission, socket);
  }

  /** The way into a call that is served here; empty when it is not. */
  public Optional<Door> door(CallId call) {
    Served held =
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
          var served = new Served(lease.call(), lease.consult(), lease.term(), loop);
          if (!lease.seats().isEmpty()) {
            served.run(() -> served.restore(lease));
          }
          return served;
        });
  }

  private Door door(CallId call, Supplier<Served> fresh) {
    return new Door(
        rooms.compute(
            call,
            (_, known) -> {
              Served room = known == null ? fresh.get() : known;
              room.claims++;
              return room;
            }));
  }

  /** A way into a room; the room stays until it is used or closed. */
  public final class Door {
    private final Served served;
    private final AtomicBoolean used = new AtomicBoolean();

    private Door(Served served) {
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
            Place place = places.get(print);
            if (place == null || place.served != served) {
              goneMeanwhile(socket);
            } else {
              served.room.resume(place.seat, token, lastSeq, socket);
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
    return places.containsKey(ResumeToken.print(token));
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
    Served served = rooms.get(call);
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
    Served served = rooms.get(call);
    if (served != null) {
      served.run(() -> act.accept(served.room));
    }
  }

  /** A seat that a token stands for. */
  private record Place(Served served, int seat) {}

  /** A room and the loop that serves it. */
  private final class Served {
    final EventExecutor loop;
    final long term;
    final Room room;

    /** What others may know of it without being on its loop. */
    volatile LiveRoom live;

    private boolean changed;

    /** People on their way in; changed only inside the map's own lock on this call. */
    int claims;

    Served(CallId call, ConsultId consult, long term, EventExecutor loop) {
      this.loop = loop;
      this.term = term;
      this.live = new LiveRoom(call, consult, term, List.of());
      this.room =
          new Room(
              call,
              consult,
              new RoomPorts(
                  limits,
                  clock,
                  this::after,
                  new Tokens(this),
                  iceServers,
                  journal,
                  keeper(),
                  meters));
    }

    private SeatKeeper keeper() {
      return new SeatKeeper() {
        @Override
        public void keep(CallId call, KeptSeat seat) {
          changed = true;
          keeper.keep(call, seat);
        }

        @Override
        public void giveUp(CallId call, String person) {
          changed = true;
          keeper.giveUp(call, person);
        }
      };
    }

    void restore(Lease lease) {
      room.restore(lease.seats(), lease.lastNumber());
      changed = true;
    }

    /** Runs on the room's loop, at once when this is it; forgets the room when it is left empty. */
    void run(Runnable act) {
      if (!loop.inEventLoop()) {
        loop.execute(() -> run(act));
        return;
      }
      try {
        act.run();
      } finally {
        if (changed) {
          changed = false;
          live = new LiveRoom(room.call(), live.consult(), term, room.seats());
        }
        if (room.isEmpty()) {
          forget();
        }
      }
    }

    private void forget() {
      if (room.isClosed()) {
        ended.add(room.call());
      }
      rooms.computeIfPresent(
          room.call(),
          (call, known) -> {
            if (known != this || claims > 0 || !room.isEmpty()) {
              return known;
            }
            gone.accept(call, term);
            return null;
          });
    }

    /** A fault ends the connection it came from, never the room of the others. */
    void guard(SeatSocket socket, Runnable act) {
      try {
        act.run();
      } catch (RuntimeException e) {
        LOG.error("call {}: a connection had to be closed", room.call(), e);
        socket.close(CloseCode.FAULT);
      }
    }

    Timers.Timer after(Duration delay, Runnable task) {
      ScheduledFuture<?> timer =
          loop.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
      return () -> timer.cancel(false);
    }

    Link link(SeatSocket socket) {
      return new Link() {
        @Override
        public void received(ClientMessage message, Runnable done) {
          run(() -> {
            guard(socket, () -> room.received(socket, message));
            done.run();
          });
        }

        @Override
        public void writable() {
          run(() -> guard(socket, () -> room.writable(socket)));
        }

        @Override
        public void closed() {
          run(() -> room.disconnected(socket));
        }
      };
    }
  }

  /** The secrets of one room's seats. */
  private final class Tokens implements ResumeTokens {
    private final Served served;

    Tokens(Served served) {
      this.served = served;
    }

    @Override
    public String issue(int seat) {
      String token = ResumeToken.make(served.room.call(), seat);
      restore(ResumeToken.print(token), seat);
      return token;
    }

    @Override
    public void restore(String print, int seat) {
      places.put(print, new Place(served, seat));
    }

    @Override
    public void withdraw(String print) {
      places.remove(print);
    }
  }

  /** The link of a connection that is being closed. */
  private enum Nowhere implements Link {
    LINK;

    @Override
    public void received(ClientMessage message, Runnable done) {
      done.run();
    }

    @Override
    public void writable() {}

    @Override
    public void closed() {}
  }
}
