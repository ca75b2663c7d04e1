package org.consilium.scheduling.offer;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;

/** How often somebody rang people for a call; filled where rings are known. As the server. */
@FunctionalInterface
public interface RingsByHand {
  /** Whoever was not rung since that moment is not in it. */
  Map<AccountId, Integer> since(Tx tx, Collection<AccountId> people, Instant moment);
}
