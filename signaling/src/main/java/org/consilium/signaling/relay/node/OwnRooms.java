package org.consilium.signaling.relay.node;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.bus.Bus.Subscription;
import org.consilium.signaling.relay.node.Frame.Kind;
import org.consilium.signaling.relay.room.Rooms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms of this node as the others reach them. Safe on any thread. */
final class OwnRooms implements Bus.Listener, AutoCloseable {
  /** A client pings each 5 s and its pings come through: silent for three of them is gone. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  private static final long LOOK_SECONDS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(OwnRooms.class);

  private final Bus bus;
  private final Rooms rooms;
  private final ScheduledExecutorService timer;
  private final Map<CallId, Served> served = new ConcurrentHashMap<>();
  private final Map<String, FarSocket> sockets = new ConcurrentHashMap<>();

  private record Served(long term, Subscription subscription) {}

  OwnRooms(String node, Bus bus, Rooms rooms, ScheduledExecutorService timer) {
    this.bus = bus;
    this.rooms = rooms;
    this.timer = timer;
    bus.subscribe(Subjects.ALL, this);
    bus.subscribe(
        Subjects.node(node),
        (_, replyTo, _) -> {
          if (replyTo != null) {
            bus.publish(replyTo, null, Frame.answer(true));
          }
        });
    timer.scheduleWithFixedDelay(this::closeSilent, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** Others can reach the room from now on. */
  void serve(CallId call, long term) {
    served.compute(
        call,
        (_, known) -> {
          if (known != null && known.term == term) {
            return known;
          }
          if (known != null) {
            known.subscription.end();
          }
          return new Served(
              term, bus.subscribe(Subjects.room(call, term), new Listening(call, term)));
        });
  }

  /** The room is served here no more. */
  void end(CallId call, long term) {
    served.computeIfPresent(
        call,
        (_, known) -> {
          if (known.term != term) {
            return known;
          }
          known.subscription.end();
          return null;
        });
  }

  private void closeSilent() {
    for (FarSocket socket : sockets.values()) {
      if (socket.silentNanos() > SILENCE_MAX.toNanos()) {
        socket.close(CloseCode.MOVED);
      }
    }
  }

  /** What comes for one room. */
  private final class Listening implements Bus.Listener {
    private final CallId call;
    private final long term;

    Listening(CallId call, long term) {
      this.call = call;
      this.term = term;
    }

    @Override
    public void received(String subject, String replyTo, byte[] frame) {
      switch (Frame.kind(frame)) {
        case ASK -> {
          String token = Frame.text(Frame.body(frame));
          bus.publish(replyTo, null, Frame.answer(token.isEmpty() || rooms.canResume(token)));
        }
        case ENTER -> {
          var admission = Frame.admission(frame);
          sit(replyTo, (door, socket) -> door.enter(admission, socket));
        }
        case RESUME -> {
          ByteBuffer body = Frame.body(frame);
          long lastSeq = body.getLong();
          String token = StandardCharsets.US_ASCII.decode(body).toString();
          sit(replyTo, (door, socket) -> door.resume(token, lastSeq, socket));
        }
        case LOST -> rooms.lose(call, term);
        default -> {
          FarSocket socket = sockets.get(replyTo);
          if (socket != null) {
            socket.take(frame);
          } else if (Frame.kind(frame) != Kind.LEFT) {
            bus.publish(replyTo, null, Frame.close(0, CloseCode.MOVED, CloseCode.MOVED.reason()));
          }
        }
      }
    }

    private void sit(String edge, BiFunction<Rooms.Door, FarSocket, Rooms.Link> how) {
      Optional<Rooms.Door> door = rooms.door(call);
      if (door.isEmpty()) {
        bus.publish(edge, null, Frame.close(0, CloseCode.MOVED, CloseCode.MOVED.reason()));
        return;
      }
      var socket = new FarSocket(bus, edge, System::nanoTime, timer, () -> sockets.remove(edge));
      sockets.put(edge, socket);
      socket.sitsIn(how.apply(door.get(), socket));
    }
  }

  /** What is said to every node. */
  @Override
  public void received(String subject, String replyTo, byte[] frame) {
    String[] words = Frame.text(Frame.body(frame)).split(" ", 2);
    switch (Frame.kind(frame)) {
      case REVOKE -> {
        if (words.length == 2) {
          rooms.revoke(CallId.parse(words[0]), words[1]);
        } else {
          rooms.revoke(words[0]);
        }
      }
      case END -> rooms.end(CallId.parse(words[0]));
      default -> LOG.warn("a frame for every node was not understood: {}", Frame.kind(frame));
    }
  }

  @Override
  public void close() {
    served.values().forEach(one -> one.subscription.end());
  }
}
