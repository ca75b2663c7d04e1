package org.consilium.signaling.record;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;

/** Which people with an account have been in a consult's calls; for the server's own work. */
public final class WhoJoined {
  private static final String SINCE =
      """
      SELECT DISTINCT a.person FROM signaling.attendance a
        JOIN signaling.call c ON c.id = a.call_id
       WHERE c.consult_id = $1 AND a.joined_at >= $2
      """;

  private WhoJoined() {}

  public static Set<AccountId> since(Tx tx, ConsultId consult, Instant moment) {
    return tx.list(SINCE, row -> account(row.getString("person")), consult, moment).stream()
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** Guests have none. */
  private static Optional<AccountId> account(String person) {
    try {
      return Optional.of(new AccountId(UUID.fromString(person)));
    } catch (IllegalArgumentException guest) {
      return Optional.empty();
    }
  }
}
