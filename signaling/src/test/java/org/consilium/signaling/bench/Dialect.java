package org.consilium.signaling.bench;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** How the load program speaks to one kind of server. */
interface Dialect {
  /** The kinds of message in a call's set-up, with the bytes of the whole message, about. */
  enum Kind {
    OFFER(4_000),
    ANSWER(3_000),
    CANDIDATE(180);

    final int bytes;

    Kind(int bytes) {
      this.bytes = bytes;
    }
  }

  /** The request line's target for this side of a pair. */
  String target(Peer peer);

  /** What goes into {@code Sec-WebSocket-Protocol}; empty for none. */
  default List<String> protocols(Peer peer) {
    return List.of();
  }

  /** The socket is open; says what the server wants to hear first, or {@link Peer#ready()}. */
  void opened(Peer peer);

  /** Deals with a text that is no relayed message. */
  void heard(Peer peer, ByteBuf text);

  /** Begins the {@code number}th message, up to where its body stands. */
  void begin(ByteBuf out, Peer peer, Kind kind, long number);

  /** Ends it. */
  void end(ByteBuf out);

  /** A relayed message has come; a protocol that acknowledges does so now and then. */
  default void relayed(Peer peer, ByteBuf text) {}
}
