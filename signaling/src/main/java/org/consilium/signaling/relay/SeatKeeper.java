package org.consilium.signaling.relay;

import org.consilium.platform.id.CallId;

/**
 * Port: keeps the seats of calls, so that another server can take a call over.
 *
 * <p>Called on the event loop that serves the room, in the order of its acts; must return without
 * blocking. What a server writes about a call that another has taken over must be without effect.
 */
public interface SeatKeeper {
  /** For calls that end with their server. */
  SeatKeeper NONE =
      new SeatKeeper() {
        @Override
        public void keep(CallId call, KeptSeat seat) {}

        @Override
        public void giveUp(CallId call, String person) {}
      };

  /** The seat is this from now on, whatever was kept of it before. */
  void keep(CallId call, KeptSeat seat);

  /** The person has no seat any more. */
  void giveUp(CallId call, String person);
}
