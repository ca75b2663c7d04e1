package org.consilium.deploy.link;

import java.time.Duration;

/**
 * What a link does to what is sent on it, the same in both directions.
 *
 * @param kilobitsPerSecond what passes, headers of IP and UDP or TCP included
 * @param oneWay how long a packet is under way when nothing waits before it
 * @param loss the share of packets that is lost at random, 0 to 1
 */
public record Terms(double kilobitsPerSecond, Duration oneWay, double loss) {
  /** Nothing is in the way. */
  public static final Terms FREE = new Terms(Double.POSITIVE_INFINITY, Duration.ZERO, 0);

  public Terms {
    if (!(kilobitsPerSecond > 0) || oneWay.isNegative() || !(loss >= 0 && loss < 1)) {
      throw new IllegalArgumentException("no link has " + kilobitsPerSecond + " kbit/s, " + loss);
    }
  }

  /** A far-off link: 600 ms there and back. */
  public static Terms far(double kilobitsPerSecond, double loss) {
    return new Terms(kilobitsPerSecond, Duration.ofMillis(300), loss);
  }

  /** The same link with another rate. */
  public Terms at(double otherKilobitsPerSecond) {
    return new Terms(otherKilobitsPerSecond, oneWay, loss);
  }

  boolean free() {
    return Double.isInfinite(kilobitsPerSecond) && oneWay.isZero() && loss == 0;
  }
}
