package org.consilium.signaling.relay.room;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.consilium.platform.id.CallId;

/**
 * The calls that ended lately, so that a ticket redeemed a moment too late opens none. Safe on any
 * thread.
 */
final class EndedCalls {
  private static final int REMEMBERED_MAX = 4096;

  private final Set<CallId> calls =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<CallId, Boolean> eldest) {
                  return size() > REMEMBERED_MAX;
                }
              }));

  void add(CallId call) {
    calls.add(call);
  }

  boolean contains(CallId call) {
    return calls.contains(call);
  }
}
