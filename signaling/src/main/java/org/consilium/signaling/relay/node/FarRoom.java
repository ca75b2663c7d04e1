package org.consilium.signaling.relay.node;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.message.ClientMessage;
import org.consilium.signaling.relay.node.Frame.Kind;
import org.consilium.signaling.relay.room.Rooms;
import org.consilium.signaling.relay.room.SeatSocket;

/**
 * The room of another node, as a socket of this one speaks to it. When a frame is lost, or nobody
 * serves the room any more, the socket is closed with 4010: the client resumes, wherever that is.
 *
 * <p>Bounded by the socket, which stops reading while too many of its messages are on their way.
 * Safe on any thread.
 */
final class FarRoom implements Rooms.Link {
  /** Written-out bytes are told in portions, so that most messages need no frame of their own. */
  static final int CREDIT_BYTES_MIN = FarSocket.WINDOW_BYTES / 8;

  private final Bus bus;
  private final String owner;
  private final String room;
  private final String self;
  private final SeatSocket socket;
  private final Runnable forget;
  private final ArrayDeque<Runnable> inFlight = new ArrayDeque<>();
  private int said;
  private int heard;
  private int uncredited;
  private boolean over;

  /**
   * @param owner the node that serves the room
   * @param room the subject of the room
   * @param self the subject of this link
   * @param forget runs when the link is over
   */
  FarRoom(Bus bus, String owner, String room, String self, SeatSocket socket, Runnable forget) {
    this.bus = bus;
    this.owner = owner;
    this.room = room;
    this.self = self;
    this.socket = socket;
    this.forget = forget;
  }

  String owner() {
    return owner;
  }

  /** The first frame of the link: who comes. */
  synchronized void begin(byte[] frame) {
    said = 1;
    publish(frame);
  }

  // ---- from the socket -------------------------------------------------------------------------

  @Override
  public synchronized void received(ClientMessage message, Runnable done) {
    if (over) {
      done.run();
      return;
    }
    inFlight.add(done);
    publish(Frame.of(Kind.TEXT, said++, message.raw()));
  }

  @Override
  public synchronized void writable() {
    credit(1);
  }

  @Override
  public synchronized void closed() {
    if (!over) {
      publish(Frame.of(Kind.LEFT, said++, new byte[0]));
      end();
    }
  }

  private void credit(int least) {
    if (!over && uncredited >= least) {
      publish(Frame.of(Kind.CREDIT, said++, uncredited));
      uncredited = 0;
    }
  }

  private void publish(byte[] frame) {
    if (!bus.publish(room, self, frame)) {
      moved();
    }
  }

  // ---- from the room ---------------------------------------------------------------------------

  synchronized void take(byte[] frame) {
    if (over) {
      return;
    }
    if (Frame.count(frame) != heard++) {
      closed();
      socket.close(CloseCode.MOVED);
      return;
    }
    switch (Frame.kind(frame)) {
      case TEXT -> {
        byte[] text = Frame.bytes(frame);
        uncredited += text.length;
        socket.send(text);
        if (socket.isWritable()) {
          credit(CREDIT_BYTES_MIN);
        }
      }
      case DONE -> {
        for (int n = Frame.body(frame).getInt(); n > 0 && !inFlight.isEmpty(); n--) {
          inFlight.poll().run();
        }
      }
      case CLOSE -> {
        ByteBuffer body = Frame.body(frame);
        short code = body.getShort();
        end();
        socket.close(CloseCode.of(code).orElse(CloseCode.MOVED), Frame.text(body));
      }
      default -> throw new IllegalArgumentException("not for a socket: " + Frame.kind(frame));
    }
  }

  /** The room is served there no more. */
  synchronized void moved() {
    if (!over) {
      end();
      socket.close(CloseCode.MOVED);
    }
  }

  /** This node stops. */
  synchronized void drain(String reason) {
    if (!over) {
      closed();
      socket.close(CloseCode.RESTART, reason);
    }
  }

  private void end() {
    over = true;
    while (!inFlight.isEmpty()) {
      inFlight.poll().run();
    }
    forget.run();
  }
}
