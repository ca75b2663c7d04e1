package org.consilium.signaling.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many different credentials one person may have in a while, on this node. It remembers those
 * of the present window only. Safe on any thread.
 */
final class MintQuota {
  /** Different calls, or lives of a credential; coming back to the same call counts once. */
  static final int CREDENTIALS_MAX = 100;

  static final Duration WINDOW = Duration.ofMinutes(10);

  private final Map<String, Set<String>> minted = new HashMap<>();
  private Instant windowEnd = Instant.MIN;

  /** Whether {@code person} may have this credential at {@code now}; one had before is free. */
  synchronized boolean allows(String person, String credential, Instant now) {
    if (!now.isBefore(windowEnd)) {
      minted.clear();
      windowEnd = now.plus(WINDOW);
    }
    var had = minted.computeIfAbsent(person, _ -> new HashSet<>());
    return had.contains(credential) || (had.size() < CREDENTIALS_MAX && had.add(credential));
  }
}
