package org.consilium.scheduling.rota;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;

/** All SQL about swaps. Table: {@code scheduling.shift_swap}. */
final class SwapStore {
  private static final String SELECT =
      """
      SELECT s.id, s.rota_id, s.layer, lower(s.during) AS start_at, upper(s.during) AS end_at,
             s.giver_id, s.to_id, s.taker_id, s.state, s.offered_at, s.taken_at, s.ended_at
        FROM scheduling.shift_swap s
      """;
  private static final String ONE = SELECT + " WHERE s.id = $1";
  private static final String OF_ORGANISATION =
      SELECT
          + """
          JOIN scheduling.rota r ON r.id = s.rota_id AND r.organisation_id = $1
          ORDER BY s.offered_at DESC LIMIT 100
          """;
  private static final String OF_PERSON =
      SELECT
          + """
          WHERE s.giver_id = $1 OR s.taker_id = $1
             OR (s.state = 'open' AND lower(s.during) > $2 AND (s.to_id IS NULL OR s.to_id = $1))
          ORDER BY s.offered_at DESC LIMIT 200
          """;
  private static final String INSERT =
      """
      INSERT INTO scheduling.shift_swap (id, rota_id, layer, during, giver_id, to_id, state, offered_at)
      VALUES ($1, $2, $3, tstzrange($4, $5), $6, $7, 'open', $8) ON CONFLICT DO NOTHING
      """;
  // The first of several takers finds it open; all others wait here for the first, and find
  // nothing.
  private static final String TAKE =
      """
      UPDATE scheduling.shift_swap SET state = $3, taker_id = $2, taken_at = $4,
             ended_at = CASE WHEN $3 = 'done' THEN $4 END
       WHERE id = $1 AND state = 'open' AND lower(during) > $4
      """;
  private static final String END =
      """
      UPDATE scheduling.shift_swap SET state = $2, ended_at = $4, ended_by = $5
       WHERE id = $1 AND state = $3
      """;

  Optional<Swap> find(Tx tx, UUID id) {
    return tx.one(ONE, id).map(SwapStore::swap);
  }

  /** The latest first. */
  List<Swap> ofOrganisation(Tx tx, OrganisationId organisation) {
    return tx.list(OF_ORGANISATION, SwapStore::swap, organisation);
  }

  /** Given, taken, or open to them for all that the row says. */
  List<Swap> ofPerson(Tx tx, AccountId account) {
    return tx.list(OF_PERSON, SwapStore::swap, account, tx.now());
  }

  /** False when part of that time is offered already. */
  boolean insert(Tx tx, Swap swap) {
    return tx.run(
            INSERT,
            swap.id(),
            swap.rota(),
            swap.layer(),
            swap.slot().start(),
            swap.slot().end(),
            swap.giver(),
            swap.to(),
            tx.now())
        == 1;
  }

  /** False when it is no longer to be had. */
  boolean take(Tx tx, UUID id, AccountId taker, Swap.State state) {
    return tx.run(TAKE, id, taker, state, tx.now()) == 1;
  }

  /** False when it is not in that state any more. */
  boolean end(Tx tx, UUID id, Swap.State from, Swap.State to) {
    return tx.run(END, id, to, from, tx.now(), tx.caller().account()) == 1;
  }

  private static Swap swap(Row row) {
    return new Swap(
        row.getUUID("id"),
        row.getUUID("rota_id"),
        RotaStore.layer(row),
        RotaStore.slot(row),
        new AccountId(row.getUUID("giver_id")),
        Optional.ofNullable(row.getUUID("to_id")).map(AccountId::new),
        Optional.ofNullable(row.getUUID("taker_id")).map(AccountId::new),
        Wire.parse(Swap.State.class, row.getString("state")),
        Rows.instant(row, "offered_at"),
        Rows.optionalInstant(row, "taken_at"),
        Rows.optionalInstant(row, "ended_at"));
  }
}
