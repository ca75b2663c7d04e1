package org.consilium.signaling.relay.node;

/** The node that serves a call cannot be asked now; whoever wants in tries again. */
public final class Unreachable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unreachable(String why) {
    super(why, null, false, false);
  }
}
