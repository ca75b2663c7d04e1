package org.consilium.platform.id;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes identifiers that sort by the moment of their making, also those of one millisecond in one
 * program (RFC 9562 §5.7, §6.2 method 3: the twelve bits after the time count on).
 */
public final class Uuid7 {
  private static final int COUNTER_BITS = 12;
  private static final long VERSION = 0x7000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Milliseconds and counter of the newest; never goes back, also when the clock does. */
  private static final AtomicLong NEWEST = new AtomicLong();

  private Uuid7() {}

  /** The next identifier: 48 bits of Unix milliseconds, 12 that count, 62 random ones. */
  public static UUID next() {
    long now = System.currentTimeMillis() << COUNTER_BITS;
    long tick = NEWEST.updateAndGet(newest -> Math.max(newest + 1, now));
    long high = (tick >>> COUNTER_BITS << 16) | VERSION | (tick & ((1L << COUNTER_BITS) - 1));
    return new UUID(high, (RANDOM.nextLong() >>> 2) | VARIANT);
  }
}
