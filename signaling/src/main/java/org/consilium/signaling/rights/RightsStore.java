package org.consilium.signaling.rights;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.CallId;

/** The SQL about rights in running calls, on tickets; from V003__ticket_rights.sql. */
final class RightsStore {
  /** What a person sits in a call with is the last ticket that they used for it. */
  private static final String SEATS =
      """
      SELECT call_id, person, cause, advises
        FROM (SELECT DISTINCT ON (t.call_id, t.person) t.call_id, t.person, t AS ticket,
                     t.guest_id IS NULL AND 'specialist' = ANY(t.roles) AS advises
                FROM signaling.ticket t
               WHERE t.call_id = ANY($1) AND t.used_at IS NOT NULL
               ORDER BY t.call_id, t.person, t.used_at DESC) newest
       CROSS JOIN LATERAL (SELECT signaling.right_lost(newest.ticket, $2) AS cause) now
       WHERE cause IS NOT NULL OR advises
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
   * Somebody in a call whose right is over, or who advises there and needs a licence for it.
   *
   * @param cause why it is over: {@code guest}, {@code membership}, {@code sign-in} or {@code
   *     care-team}; empty while it is good
   */
  record Seat(CallId call, String person, Optional<String> cause) {
    /** Of somebody with an account. */
    AccountId account() {
      return AccountId.parse(person);
    }
  }

  /** Who of these calls may not be there any more, and all who advise there; in one statement. */
  List<Seat> seats(Tx tx, Collection<CallId> calls) {
    return tx.list(
        SEATS,
        row ->
            new Seat(
                new CallId(row.getUUID("call_id")),
                row.getString("person"),
                Optional.ofNullable(row.getString("cause"))),
        calls,
        tx.now());
  }

  /** Deletes the tickets that have served; answers how many. */
  int ageOut(Tx tx) {
    return tx.run(AGE_OUT, tx.now().minus(KEPT));
  }
}
