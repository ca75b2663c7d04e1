package org.consilium.scheduling.roster;

import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * All SQL about on-call shifts. Those planned by hand: {@code scheduling.on_call_shift}; those and
 * the ones of rotas: the view {@code scheduling.on_call}.
 */
final class ShiftStore {
  private static final String IN_WINDOW =
      """
      SELECT id, account_id, lower(during) AS start_at, upper(during) AS end_at, rota_id
        FROM scheduling.on_call
       WHERE account_id = ANY($1::uuid[]) AND during && tstzrange($2, $3)
       ORDER BY lower(during)
      """;
  private static final String INSERT =
      """
      INSERT INTO scheduling.on_call_shift (id, account_id, organisation_id, during, planned_by, planned_at)
      VALUES ($1, $2, $3, tstzrange($4, $5), $6, $7) ON CONFLICT DO NOTHING
      """;
  private static final String OWNER =
      """
      SELECT account_id FROM scheduling.on_call_shift WHERE id = $1 AND organisation_id = $2
      """;
  private static final String DELETE =
      """
      DELETE FROM scheduling.on_call_shift WHERE id = $1 AND organisation_id = $2
      RETURNING account_id
      """;

  Map<UUID, List<Shift>> in(Tx tx, Collection<UUID> accounts, TimeSlot window) {
    return tx.rows(IN_WINDOW, accounts.toArray(UUID[]::new), window.start(), window.end()).stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getUUID("account_id"),
                Collectors.mapping(ShiftStore::shift, Collectors.toList())));
  }

  /** Empty when the person is on call in part of that time already. */
  Optional<Shift> plan(Tx tx, AccountId account, OrganisationId planner, TimeSlot during) {
    var id = Uuid7.next();
    var by = Optional.of(tx.caller()).filter(c -> c.isPerson()).map(c -> c.account());
    int planned = tx.run(INSERT, id, account, planner, during.start(), during.end(), by, tx.now());
    return planned == 1
        ? Optional.of(new Shift(id, during.start(), during.end(), Optional.empty()))
        : Optional.empty();
  }

  /** The same shift at another time; false when they are on call in part of that time already. */
  boolean move(Tx tx, UUID id, AccountId account, OrganisationId planner, TimeSlot to) {
    var by = tx.caller().account();
    drop(tx, id, planner);
    return tx.run(INSERT, id, account, planner, to.start(), to.end(), by, tx.now()) == 1;
  }

  /** Whose it is; empty when the organisation has no such shift. */
  Optional<AccountId> owner(Tx tx, UUID id, OrganisationId planner) {
    return tx.one(OWNER, id, planner).map(row -> new AccountId(row.getUUID("account_id")));
  }

  /** Whose it was; empty when the organisation has no such shift. */
  Optional<AccountId> drop(Tx tx, UUID id, OrganisationId planner) {
    return tx.one(DELETE, id, planner).map(row -> new AccountId(row.getUUID("account_id")));
  }

  private static Shift shift(Row row) {
    return new Shift(
        row.getUUID("id"),
        Rows.instant(row, "start_at"),
        Rows.instant(row, "end_at"),
        Optional.ofNullable(row.getUUID("rota_id")));
  }
}
