package org.consilium.deploy.link;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * One direction of a link as a mobile network has it: a rate, a queue of a second before it that
 * drops what finds it full, a delay, and losses. Times are nanoseconds of any clock.
 */
final class Shaper {
  private static final long QUEUE_NANOS = Duration.ofSeconds(1).toNanos();

  private final RandomGenerator random;
  private Terms terms = Terms.FREE;
  private boolean broken;
  private long idleAt = Long.MIN_VALUE;
  private long lastArrival = Long.MIN_VALUE;

  Shaper(RandomGenerator random) {
    this.random = random;
  }

  void become(Terms changed) {
    terms = changed;
  }

  /** While broken nothing gets in. */
  void setBroken(boolean isBroken) {
    broken = isBroken;
  }

  /** When a packet that is sent now arrives; empty if it never does. None overtakes another. */
  OptionalLong arrival(long now, int bytes) {
    if (broken || (terms.loss() > 0 && random.nextDouble() < terms.loss())) {
      return OptionalLong.empty();
    }
    long begins = Math.max(now, idleAt);
    if (begins - now > QUEUE_NANOS) {
      return OptionalLong.empty();
    }
    idleAt = begins + Math.round(bytes * 8e6 / terms.kilobitsPerSecond());
    lastArrival = Math.max(lastArrival, idleAt + terms.oneWay().toNanos());
    return OptionalLong.of(lastArrival);
  }
}
