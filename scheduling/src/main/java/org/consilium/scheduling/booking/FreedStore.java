package org.consilium.scheduling.booking;

import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.availability.TimeSlot;

/** All SQL about time that has become free. Table: {@code scheduling.freed_time}. */
final class FreedStore {
  private static final String ADD =
      """
      INSERT INTO scheduling.freed_time (id, resource_id, during, freed_at)
      VALUES ($1, $2, tstzrange($3, $4), $5)
      """;
  private static final String CLAIM =
      """
      DELETE FROM scheduling.freed_time WHERE id = (
        SELECT id FROM scheduling.freed_time ORDER BY freed_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING resource_id, lower(during) AS start_at, upper(during) AS end_at
      """;

  record Freed(UUID resource, TimeSlot slot) {}

  void add(Tx tx, UUID resource, TimeSlot slot) {
    if (slot.end().isAfter(tx.now())) {
      tx.run(ADD, Uuid7.next(), resource, slot.start(), slot.end(), tx.now());
    }
  }

  /** Takes one that no other node has; it is gone when the transaction commits. */
  Optional<Freed> claim(Tx tx) {
    return tx.one(CLAIM).map(row -> new Freed(row.getUUID("resource_id"), BookingStore.slot(row)));
  }
}
