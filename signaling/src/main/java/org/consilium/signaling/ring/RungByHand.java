package org.consilium.signaling.ring;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;

/** How often people were rung by somebody for a call; for the server's own work. */
public final class RungByHand {
  // Who sat in another call heard nothing.
  private static final String SINCE =
      """
      SELECT callee_id, count(*)::int AS n FROM signaling.ring
       WHERE callee_id = ANY($1::uuid[]) AND rung_at > $2 AND kind = 'call' AND state <> 'busy'
       GROUP BY callee_id
      """;

  private RungByHand() {}

  /** Whoever was not rung since that moment is not in it. */
  public static Map<AccountId, Integer> since(Tx tx, Collection<AccountId> people, Instant moment) {
    return tx.rows(SINCE, people, moment).stream()
        .collect(
            Collectors.toMap(
                row -> new AccountId(row.getUUID("callee_id")), row -> row.getInteger("n")));
  }
}
