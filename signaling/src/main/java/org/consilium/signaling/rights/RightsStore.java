package org.consilium.signaling.rights;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.CallId;

/** The SQL about rights in running calls, on tickets; from V003__ticket_rights.sql. */
final class RightsStore {
  /** What a person sits in a call with is the last ticket that they used for it. */
  private static final String LOST =
      """
      SELECT call_id, person, cause
        FROM (SELECT DISTINCT ON (t.call_id, t.person) t.call_id, t.person, t AS ticket
                FROM signaling.ticket t
               WHERE t.call_id = ANY($1) AND t.used_at IS NOT NULL
               ORDER BY t.call_id, t.person, t.used_at DESC) newest
       CROSS JOIN LATERAL (SELECT signaling.right_lost(newest.ticket, $2) AS cause) now
       WHERE cause IS NOT NULL
      """;

  /** An unused ticket has served when it can be used no more, a used one when its seat is over. */
  private static final String AGE_OUT =
      """
      DELETE FROM signaling.ticket
       WHERE expires_at < $1 AND (used_at IS NULL OR seat_until < $1)
      """;

  /** Longer than anybody counts tickets back, or than a clock of another node is wrong. */
  private static final Duration KEPT = Duration.ofHours(1);

  /**
   * A right that is over.
   *
   * @param cause {@code guest}, {@code membership}, {@code sign-in} or {@code care-team}
   */
  record Lost(CallId call, String person, String cause) {}

  /** Who of these calls may not be there any more, in one statement. */
  List<Lost> lost(Tx tx, Collection<CallId> calls) {
    return tx.list(
        LOST,
        row ->
            new Lost(
                new CallId(row.getUUID("call_id")),
                row.getString("person"),
                row.getString("cause")),
        calls,
        tx.now());
  }

  /** Deletes the tickets that have served; answers how many. */
  int ageOut(Tx tx) {
    return tx.run(AGE_OUT, tx.now().minus(KEPT));
  }
}
