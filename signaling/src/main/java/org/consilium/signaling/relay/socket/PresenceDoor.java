package org.consilium.signaling.relay.socket;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.consilium.signaling.relay.room.Rooms;
import org.consilium.signaling.relay.room.SeatSocket;

/** Port: sockets of people who are not in a call but can be rung. */
public interface PresenceDoor {
  /** Somebody whose ticket was good. */
  interface Arrival {
    /** Takes the socket in; on its event loop. */
    Rooms.Link enter(SeatSocket socket);
  }

  /** Where nobody can be rung: every ticket is refused. */
  PresenceDoor NONE =
      new PresenceDoor() {
        @Override
        public Future<Optional<Arrival>> redeem(String ticket, String host) {
          return Future.succeededFuture(Optional.empty());
        }

        @Override
        public void drain(Supplier<Duration> retryAfter) {
          // Nobody came in.
        }
      };

  /**
   * Uses a ticket up. Called on an event loop: it must return at once and complete later, on any
   * thread. A failed future is answered with 503.
   *
   * @param host the handshake's {@code Host}
   * @return who takes the socket in, or empty when the ticket is not good (answered with 401)
   */
  Future<Optional<Arrival>> redeem(String ticket, String host);

  /** The server stops: closes every socket with its own time to come back. */
  void drain(Supplier<Duration> retryAfter);
}
