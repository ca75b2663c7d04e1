package org.consilium.signaling.relay.node;

import org.consilium.signaling.relay.room.Rooms;
import org.consilium.signaling.relay.room.SeatSocket;

/** The way of one connection into its room, found before the connection is accepted. */
public interface Way {
  /** The connection stands. Call it once, on the socket's loop. */
  Rooms.Link go(SeatSocket socket);

  /** The connection came to nothing. */
  default void forget() {}
}
