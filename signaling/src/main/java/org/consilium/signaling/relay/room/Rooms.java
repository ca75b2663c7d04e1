package org.consilium.signaling.relay.room;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
import org.consilium.signaling.relay.MeteredJournal;
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

  private static final int TOKEN_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SignalLimits limits;
  private final InstantSource clock;
  private final IceServers iceServers;
  private final CallJournal journal;
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

  public Rooms(
      SignalLimits limits,
      InstantSource clock,
      IceServers iceServers,
      CallJournal journal,
      SignalMeters meters) {
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
    Served served =
        rooms.compute(
            admission.call(),
            (call, known) -> {
              Served room = known == null ? new Served(admission, loop) : known;
              room.claims++;
              return room;
            });
    served.run(() -> {
      served.guard(socket, () -> letIn(served.room, admission, socket));
      rooms.computeIfPresent(
          admission.call(),
          (call, room) -> {
            room.claims--;
            return room;
          });
    });
    return served.link(socket);
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
    return places.containsKey(token);
  }

  /** Gives a client its seat again; closes the socket with 4008 when it is gone meanwhile. */
  public Link resume(String token, long lastSeq, SeatSocket socket) {
    Place place = places.get(token);
    if (place == null) {
      Supplier<Duration> retryAfter = draining;
      if (retryAfter == null) {
        socket.close(CloseCode.GONE);
      } else {
        socket.close(CloseCode.RESTART, Room.retry(retryAfter));
      }
      return Nowhere.LINK;
    }
    Served served = place.served;
    served.run(
        () -> served.guard(socket, () -> served.room.resume(place.seat, token, lastSeq, socket)));
    return place.served.link(socket);
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

  /** The calls that have somebody in them, and what each is about. */
  public Map<CallId, ConsultId> open() {
    return rooms.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().consult));
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
    final ConsultId consult;
    final Room room;

    /** People on their way in; changed only inside the map's own lock on this call. */
    int claims;

    Served(Admission first, EventExecutor loop) {
      this.loop = loop;
      this.consult = first.consult();
      this.room =
          new Room(
              first.call(),
              first.consult(),
              new RoomPorts(
                  limits, clock, this::after, new Tokens(this), iceServers, journal, meters));
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
          (call, known) -> known == this && claims == 0 && room.isEmpty() ? null : known);
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
      var bytes = new byte[TOKEN_BYTES];
      RANDOM.nextBytes(bytes);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      places.put(token, new Place(served, seat));
      return token;
    }

    @Override
    public void withdraw(String token) {
      places.remove(token);
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
