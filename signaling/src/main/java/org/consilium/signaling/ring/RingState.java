package org.consilium.signaling.ring;

import org.consilium.platform.http.Wire;

/** How a ring stands; every state but the first is an end. */
public enum RingState implements Wire {
  RINGING,
  ANSWERED,
  DECLINED,
  /** The caller gave up, or what it rang for is over. */
  CANCELLED,
  /** Nobody answered in time. */
  MISSED,
  /** The person sat in another call, and was not disturbed. */
  BUSY
}
