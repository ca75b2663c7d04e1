package org.consilium.signaling.relay.room;

import org.consilium.signaling.relay.CloseCode;

/** The connection of a seat, as the room sees it. Every method may be called on any thread. */
public interface SeatSocket {
  /** Whether the write buffer has room; when it has again, the room is told. */
  boolean isWritable();

  /** Sends one text message. */
  void send(byte[] message);

  /** Closes with the code's own reason. */
  default void close(CloseCode code) {
    close(code, code.reason());
  }

  /** Closes; what was sent before goes out first. */
  void close(CloseCode code, String reason);
}
