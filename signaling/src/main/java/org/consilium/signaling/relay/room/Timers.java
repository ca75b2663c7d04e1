package org.consilium.signaling.relay.room;

import java.time.Duration;

/** Runs a task of the room later, on the room's loop. */
public interface Timers {
  /** A task that may be called off. */
  interface Timer {
    /** Does nothing when the task has run. */
    void cancel();
  }

  /** Runs {@code task} once after {@code delay}. */
  Timer after(Duration delay, Runnable task);
}
