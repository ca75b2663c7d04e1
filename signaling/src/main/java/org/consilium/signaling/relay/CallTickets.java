package org.consilium.signaling.relay;

import io.vertx.core.Future;
import java.util.Optional;

/** Port: who holds this ticket? Filled by the module that issued it. */
public interface CallTickets {
  /**
   * Uses a ticket up, so that a second call with the same text is empty.
   *
   * <p>Called on an event loop: it must return at once and complete later, on any thread. A failed
   * future is answered with 503, so that the client keeps its ticket and tries again.
   *
   * @param ticket the text from the subprotocol, 1 to 512 characters of base64url
   * @return the admission, or empty when unknown, used, expired or revoked (answered with 401)
   */
  Future<Optional<Admission>> redeem(String ticket);
}
