package org.consilium.signaling.relay.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.consilium.signaling.relay.CloseCode;
import org.consilium.signaling.relay.bus.Bus;
import org.consilium.signaling.relay.message.ClientMessage;
import org.consilium.signaling.relay.message.HeadReader;
import org.consilium.signaling.relay.room.Rooms;
import org.consilium.signaling.relay.room.SeatSocket;
import org.junit.jupiter.api.Test;

/** Both ends of one link between two nodes, and what may be on its way at most. */
class FarSocketTest {
  private static final int MESSAGE_BYTES = 8_000;
  private static final String CHAT = "{\"type\":\"chat\",\"seq\":1,\"body\":{}}";

  private final Wire wire = new Wire();
  private final Heard room = new Heard();
  private final Peer peer = new Peer();
  private final FarRoom edge = new FarRoom(wire, "owner", "room", "edge", peer, () -> {});
  private final FarSocket owner =
      new FarSocket(wire, "edge", System::nanoTime, Runnable::run, () -> {});

  FarSocketTest() {
    owner.sitsIn(room);
    edge.begin(Frame.of(Frame.Kind.ENTER, 0, ""));
    wire.toRoom.clear(); // The owner has made its end of it.
  }

  @Test
  void to_a_peer_that_does_not_read_no_more_is_sent_than_the_window() {
    peer.reads = false;
    for (int n = 0; n < 10_000 && owner.isWritable(); n++) {
      owner.send(new byte[MESSAGE_BYTES]);
      wire.carry();
    }

    assertThat(owner.isWritable()).isFalse();
    assertThat(peer.bytes)
        .isBetween(FarSocket.WINDOW_BYTES, FarSocket.WINDOW_BYTES + MESSAGE_BYTES);
    assertThat(room.writable).isZero();

    peer.reads = true;
    edge.writable();
    wire.carry();

    assertThat(owner.isWritable()).isTrue();
    assertThat(room.writable).isOne();
  }

  @Test
  void a_peer_that_reads_opens_the_window_all_the_time() {
    for (int n = 0; n < 1_000; n++) {
      assertThat(owner.isWritable()).isTrue();
      owner.send(new byte[MESSAGE_BYTES]);
      wire.carry();
    }
    assertThat(peer.bytes).isEqualTo(1_000 * MESSAGE_BYTES);
  }

  @Test
  void messages_are_in_flight_until_the_room_has_dealt_with_them() {
    room.busy = true;
    int sent = 3 * FarSocket.DONE_EACH;
    var done = new ArrayList<Integer>();
    for (int n = 0; n < sent; n++) {
      int number = n;
      edge.received(message(), () -> done.add(number));
    }
    wire.carry();
    assertThat(room.messages).hasSize(sent);
    assertThat(done).isEmpty();

    room.dealtWith.forEach(Runnable::run);
    wire.carry();
    assertThat(done).hasSize(sent);
  }

  @Test
  void a_frame_that_was_lost_sends_the_client_elsewhere() {
    owner.send(new byte[1]);
    wire.toEdge.clear();
    owner.send(new byte[1]);
    wire.carry();

    assertThat(peer.closedWith).isEqualTo(CloseCode.MOVED);
    assertThat(room.closed).isTrue();
  }

  private static ClientMessage message() {
    var read = HeadReader.read(CHAT.getBytes(StandardCharsets.UTF_8));
    return ((HeadReader.Result.Read) read).message();
  }

  /** A bus of one link: what is on its way is carried when the test says so. */
  private final class Wire implements Bus {
    final List<byte[]> toEdge = new ArrayList<>();
    final List<byte[]> toRoom = new ArrayList<>();

    void carry() {
      while (!toEdge.isEmpty() || !toRoom.isEmpty()) {
        while (!toEdge.isEmpty()) {
          edge.take(toEdge.removeFirst());
        }
        while (!toRoom.isEmpty()) {
          owner.take(toRoom.removeFirst());
        }
      }
    }

    @Override
    public boolean publish(String subject, String replyTo, byte[] frame) {
      return (subject.equals("edge") ? toEdge : toRoom).add(frame);
    }

    @Override
    public Subscription subscribe(String subject, Listener listener) {
      throw new UnsupportedOperationException(subject);
    }

    @Override
    public boolean isUp() {
      return true;
    }

    @Override
    public boolean isAlone() {
      return false;
    }

    @Override
    public void close() {}
  }

  /** The client's end. */
  private static final class Peer implements SeatSocket {
    boolean reads = true;
    int bytes;
    CloseCode closedWith;

    @Override
    public boolean isWritable() {
      return reads;
    }

    @Override
    public void send(byte[] message) {
      bytes += message.length;
    }

    @Override
    public void close(CloseCode code, String reason) {
      closedWith = code;
    }
  }

  /** The room's end. */
  private static final class Heard implements Rooms.Link {
    final List<ClientMessage> messages = new ArrayList<>();
    final List<Runnable> dealtWith = new ArrayList<>();
    boolean busy;
    int writable;
    boolean closed;

    @Override
    public void received(ClientMessage message, Runnable done) {
      messages.add(message);
      if (busy) {
        dealtWith.add(done);
      } else {
        done.run();
      }
    }

    @Override
    public void writable() {
      writable++;
    }

    @Override
    public void closed() {
      closed = true;
    }
  }
}
