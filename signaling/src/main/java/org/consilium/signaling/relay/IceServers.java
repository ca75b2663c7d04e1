package org.consilium.signaling.relay;

import java.util.List;

/** Port: the STUN and TURN servers for one person in one call. */
@FunctionalInterface
public interface IceServers {
  /** No servers: the browsers must reach each other directly. */
  IceServers NONE = admission -> List.of();

  /**
   * Mints credentials. Called on an event loop, only for admitted persons, at every welcome and
   * admission: it must not block.
   */
  List<IceServer> forPerson(Admission admission);
}
