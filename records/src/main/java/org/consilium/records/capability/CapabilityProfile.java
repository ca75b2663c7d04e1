package org.consilium.records.capability;

import java.time.Duration;
import java.time.Instant;
import org.consilium.platform.id.AccountId;

/** What a site has, when that was last said, and by whom. */
public record CapabilityProfile(
    int version, Capabilities content, AccountId confirmedBy, Instant confirmedAt) {
  /** Stocks change; past this the profile is asked for again. */
  public static final Duration CURRENT_FOR = Duration.ofDays(90);

  /** Older than 90 days. */
  public boolean isOutdated(Instant now) {
    return confirmedAt.plus(CURRENT_FOR).isBefore(now);
  }
}
