package org.consilium.signaling.relay.node;

import java.util.function.Function;
import org.consilium.signaling.relay.room.Rooms;
import org.consilium.signaling.relay.room.SeatSocket;

/** The way into a room of this node. */
record DoorWay(Rooms.Door door, Function<SeatSocket, Rooms.Link> through) implements Way {
  @Override
  public Rooms.Link go(SeatSocket socket) {
    return through.apply(socket);
  }

  @Override
  public void forget() {
    door.close();
  }
}
