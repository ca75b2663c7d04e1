package org.consilium.deploy.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The present moved into the past, and step by step back again. It never runs backwards. */
final class DemoClock implements InstantSource {
  private final InstantSource present;
  private volatile Duration behind;

  DemoClock(InstantSource present, Duration behind) {
    this.present = present;
    this.behind = behind;
  }

  @Override
  public Instant instant() {
    return present.instant().minus(behind);
  }

  /** Goes on to {@code moment}, unless it has passed; never beyond the present. */
  void goOnTo(Instant moment) {
    var left = Duration.between(moment, present.instant());
    if (left.compareTo(behind) < 0) {
      behind = left.isNegative() ? Duration.ZERO : left;
    }
  }

  void goOnToPresent() {
    behind = Duration.ZERO;
  }
}
