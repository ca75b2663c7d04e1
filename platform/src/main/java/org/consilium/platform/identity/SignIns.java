package org.consilium.platform.identity;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.MembershipId;

/** Whether what people came with is still good, for connections that outlive a request. */
final class SignIns {
  private static final String ENDED =
      """
      SELECT g.id, g.membership FROM unnest($1::uuid[], $2::uuid[]) AS g (id, membership)
       WHERE NOT EXISTS (SELECT FROM platform.membership m
                           JOIN platform.account a ON a.id = m.account_id AND a.active
                          WHERE m.id = g.membership AND m.active)
          OR NOT EXISTS (SELECT FROM platform.session s
                          WHERE s.id = g.id AND s.membership_id = g.membership
                            AND s.ended_at IS NULL AND s.expires_at > $3
                            AND s.seen_at > $3::timestamptz - s.idle_seconds_max * interval '1 second')
         AND NOT EXISTS (SELECT FROM platform.refresh_token r
                          WHERE r.family = g.id AND r.membership_id = g.membership
                            AND r.revoked_at IS NULL AND r.expires_at > $3
                            AND NOT EXISTS (SELECT FROM platform.refresh_token other
                                             WHERE other.family = r.family
                                               AND other.revoked_at IS NOT NULL))
      """;

  /** Which of them are over: ended, expired, locked, or gone on in another role. */
  Set<SignIn> ended(Tx tx, Collection<SignIn> asked) {
    return tx
        .list(
            ENDED,
            row -> new SignIn(row.getUUID("id"), new MembershipId(row.getUUID("membership"))),
            asked.stream().map(SignIn::id).toArray(UUID[]::new),
            asked.stream().map(signIn -> signIn.membership().value()).toArray(UUID[]::new),
            tx.now())
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }
}
