package org.consilium.signaling.relay.room;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.KeptSeat;
import org.consilium.signaling.relay.Lease;
import org.consilium.signaling.relay.SeatKeeper;
import org.consilium.signaling.relay.message.ClientMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A room and the loop that serves it. Safe on any thread, but for {@link #room}. */
final class ServedRoom {
  private static final Logger LOG = LoggerFactory.getLogger(ServedRoom.class);

  final EventExecutor loop;
  final long term;

  /** To be touched on the loop only; see {@link #run}. */
  final Room room;

  /** What others may know of it without being on its loop. */
  volatile LiveRoom live;

  /** People on their way in; changed only inside the lock of {@link Rooms} on this call. */
  int claims;

  private final SeatKeeper keeper;
  private final Consumer<ServedRoom> whenEmpty;
  private boolean changed;

  /**
   * @param ports what the room needs, given this and the keeper of its seats
   * @param whenEmpty told, on the loop, each time the room is left empty
   */
  ServedRoom(
      CallId call,
      ConsultId consult,
      long term,
      EventExecutor loop,
      BiFunction<ServedRoom, SeatKeeper, RoomPorts> ports,
      SeatKeeper keeper,
      Consumer<ServedRoom> whenEmpty) {
    this.loop = loop;
    this.term = term;
    this.keeper = keeper;
    this.whenEmpty = whenEmpty;
    this.live = new LiveRoom(call, consult, term, List.of());
    this.room = new Room(call, consult, ports.apply(this, new Noticing()));
  }

  void restore(Lease lease) {
    room.restore(lease.seats(), lease.lastNumber());
    changed = true;
  }

  /** Runs on the room's loop, at once when this is it. */
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
        whenEmpty.accept(this);
      }
    }
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

  /** What a connection says to the room. */
  Rooms.Link link(SeatSocket socket) {
    return new Rooms.Link() {
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

  /** Notes that the seats have changed, and keeps them. */
  private final class Noticing implements SeatKeeper {
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
  }
}
