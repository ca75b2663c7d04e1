package org.consilium.signaling.relay;

import java.time.Instant;
import java.util.List;

/** Port: the STUN and TURN servers for one person in one call. */
@FunctionalInterface
public interface IceServers {
  /** No servers: the browsers must reach each other directly. */
  IceServers NONE = admission -> List.of();

  /**
   * Mints credentials. Called on an event loop, only for admitted persons, at every welcome and
   * admission and when it is time to renew: it must not block.
   */
  List<IceServer> forPerson(Admission admission);

  /**
   * From when on newer credentials should take the place of those that {@link #forPerson} gives
   * now, well before these expire; {@link Instant#MAX} when they never do.
   */
  default Instant renewAt(Admission admission) {
    return Instant.MAX;
  }
}
