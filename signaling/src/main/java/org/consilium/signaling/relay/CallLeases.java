package org.consilium.signaling.relay;

import io.vertx.core.Future;
import java.util.Optional;
import org.consilium.platform.id.CallId;

/**
 * Port: which node serves which call. Every method returns at once and completes later, on any
 * thread; a failed future means that it cannot be known now.
 */
public interface CallLeases {
  /**
   * Who serves the call. A call that nobody serves is this node's from now on.
   *
   * @param anew whether a call that is over goes on, because somebody comes with a good ticket
   * @return empty when there is no such call, or it is over and another has taken its place
   */
  Future<Optional<Lease>> claim(CallId call, boolean anew);

  /**
   * Takes the call from a node that is gone.
   *
   * @param seen the term in which it was gone; when another has begun since, nothing is taken
   * @return who serves the call now, this node or another
   */
  Future<Optional<Lease>> takeOver(CallId call, long seen);
}
