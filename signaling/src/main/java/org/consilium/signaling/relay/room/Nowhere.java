package org.consilium.signaling.relay.room;

import org.consilium.signaling.relay.message.ClientMessage;

/** The link of a connection that is being closed. */
enum Nowhere implements Rooms.Link {
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
