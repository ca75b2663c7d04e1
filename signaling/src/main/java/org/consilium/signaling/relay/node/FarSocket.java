package org.consilium.signaling.relay.node;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.message.HeadReader;
import org.consilium.signaling.relay.node.Frame.Kind;
import org.consilium.signaling.relay.room.Rooms;
import org.consilium.signaling.relay.room.SeatSocket;

/**
 * A socket of another node, as a room of this one speaks to it. What was sent and is not written
 * out there is bounded by a window. Safe on any thread.
 */
final class FarSocket implements SeatSocket {
  /** As much as a socket's own buffer takes before it counts as full again. */
  static final int WINDOW_BYTES = 256 * 1024;

  /** So many messages are told to be dealt with at once. */
  static final int DONE_EACH = 16;

  private final Bus bus;
  private final String edge;
  private final LongSupplier nanoTime;
  private final Executor later;
  private final Runnable forget;
  private Rooms.Link room;
  private int said;
  private int heard = 1;
  private int unwritten;
  private int done;
  private boolean over;
  private volatile long heardAt;

  /**
   * @param edge the subject of the link at the socket's node
   * @param later tells the room that the socket is gone: a room must not hear it while it sends
   * @param forget runs when the link is over
   */
  FarSocket(Bus bus, String edge, LongSupplier nanoTime, Executor later, Runnable forget) {
    this.later = later;
    this.bus = bus;
    this.edge = edge;
    this.nanoTime = nanoTime;
    this.forget = forget;
    this.heardAt = nanoTime.getAsLong();
  }

  void sitsIn(Rooms.Link link) {
    room = link;
  }

  /** How long nothing has been heard of it. */
  long silentNanos() {
    return nanoTime.getAsLong() - heardAt;
  }

  // ---- from the room ---------------------------------------------------------------------------

  @Override
  public synchronized boolean isWritable() {
    return unwritten < WINDOW_BYTES;
  }

  @Override
  public synchronized void send(byte[] message) {
    if (!over) {
      unwritten += message.length;
      publish(Frame.of(Kind.TEXT, said++, message));
    }
  }

  @Override
  public synchronized void close(CloseCode code, String reason) {
    if (!over) {
      publish(Frame.close(said++, code, reason));
      end();
    }
  }

  private synchronized void dealtWith() {
    if (++done == DONE_EACH && !over) {
      done = 0;
      publish(Frame.of(Kind.DONE, said++, DONE_EACH));
    }
  }

  private void publish(byte[] frame) {
    if (!over && !bus.publish(edge, null, frame)) {
      end();
    }
  }

  // ---- from the socket's node; one frame after the other ---------------------------------------

  void take(byte[] frame) {
    heardAt = nanoTime.getAsLong();
    if (Frame.count(frame) != heard++) {
      close(CloseCode.MOVED);
      return;
    }
    switch (Frame.kind(frame)) {
      case TEXT -> {
        if (HeadReader.read(Frame.bytes(frame)) instanceof HeadReader.Result.Read(var message)) {
          room.received(message, this::dealtWith);
        } else {
          close(CloseCode.MALFORMED);
        }
      }
      case CREDIT -> {
        synchronized (this) {
          unwritten -= Frame.body(frame).getInt();
        }
        room.writable();
      }
      case LEFT -> end();
      default -> throw new IllegalArgumentException("not for a room: " + Frame.kind(frame));
    }
  }

  private void end() {
    boolean first;
    synchronized (this) {
      first = !over;
      over = true;
    }
    if (first) {
      forget.run();
      later.execute(room::closed);
    }
  }
}
