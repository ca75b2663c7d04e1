package org.consilium.scheduling.booking;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;

/** All SQL about hours kept for those who wait. Table: {@code scheduling.stand_by}. */
final class StandByStore {
  private static final String IN =
      """
      SELECT lower(during) AS start_at, upper(during) AS end_at FROM scheduling.stand_by
       WHERE account_id = $1 AND during && tstzrange($2, $3) ORDER BY during
      """;
  private static final String COMING =
      """
      SELECT id, lower(during) AS start_at, upper(during) AS end_at FROM scheduling.stand_by
       WHERE account_id = $1 AND upper(during) > $2 ORDER BY during
      """;
  private static final String OFFER =
      """
      INSERT INTO scheduling.stand_by (id, account_id, during, offered_at)
      VALUES ($1, $2, tstzrange($3, $4), $5) ON CONFLICT DO NOTHING
      """;
  private static final String WITHDRAW =
      "DELETE FROM scheduling.stand_by WHERE id = $1 AND account_id = $2";

  /** Hours that somebody keeps free for whoever waits. */
  record StandBy(UUID id, TimeSlot slot) {}

  List<TimeSlot> in(Tx tx, AccountId account, TimeSlot window) {
    return tx.list(IN, BookingStore::slot, account, window.start(), window.end()).stream()
        .map(slot -> slot.within(window))
        .flatMap(Optional::stream)
        .toList();
  }

  List<StandBy> coming(Tx tx, AccountId account) {
    return tx.list(
        COMING, row -> new StandBy(row.getUUID("id"), BookingStore.slot(row)), account, tx.now());
  }

  /** False when they overlap what is offered already. */
  boolean offer(Tx tx, UUID id, AccountId account, TimeSlot slot) {
    return tx.run(OFFER, id, account, slot.start(), slot.end(), tx.now()) == 1;
  }

  boolean withdraw(Tx tx, UUID id, AccountId account) {
    return tx.run(WITHDRAW, id, account) == 1;
  }
}
