package org.consilium.platform.id;

import java.security.SecureRandom;
import java.util.UUID;

/** Makes identifiers that sort by the millisecond of their making (RFC 9562 §5.7). */
public final class Uuid7 {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Uuid7() {}

  /** The next identifier: 48 bits of Unix milliseconds, then 74 random bits. */
  public static UUID next() {
    long now = System.currentTimeMillis();
    long high = (now << 16) | 0x7000 | (RANDOM.nextLong() & 0x0fff);
    long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
