package org.consilium.scheduling.rota;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;

/** All SQL about rotas, their overrides and their shifts. Tables from V009__roster.sql. */
final class RotaStore {
  private static final String SELECT =
      """
      SELECT id, organisation_id, name, specialty, language, zone, rotations, swap_needs_approval,
             rest_hours, version
        FROM scheduling.rota
      """;
  private static final String ALL = SELECT + " WHERE organisation_id = $1 ORDER BY name, id";
  private static final String SOME = SELECT + " WHERE id = ANY($1::uuid[])";
  private static final String ONE = SELECT + " WHERE id = $1";
  private static final String LOCK = ONE + " FOR UPDATE";
  private static final String DUE =
      SELECT
          + """
          WHERE laid_at IS NULL OR laid_at < $1 ORDER BY laid_at NULLS FIRST LIMIT 1
          FOR UPDATE SKIP LOCKED
          """;
  private static final String WITH_MEMBER =
      """
      SELECT id FROM scheduling.rota r
       WHERE EXISTS (SELECT FROM jsonb_array_elements(r.rotations) t WHERE t -> 'members' ? $1)
          OR EXISTS (SELECT FROM scheduling.rota_override o
                      WHERE o.rota_id = r.id AND o.account_id = $2 AND upper(o.during) > $3)
       ORDER BY id
      """;
  private static final String INSERT =
      """
      INSERT INTO scheduling.rota (id, organisation_id, name, specialty, language, zone, rotations,
                                   swap_needs_approval, rest_hours, version, saved_at, saved_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING
      """;
  private static final String UPDATE =
      """
      UPDATE scheduling.rota
         SET name = $2, specialty = $3, language = $4, zone = $5, rotations = $6,
             swap_needs_approval = $7, rest_hours = $8, version = $9, saved_at = $10, saved_by = $11
       WHERE id = $1
      """;
  private static final String LAID = "UPDATE scheduling.rota SET laid_at = $2 WHERE id = $1";

  private static final String OVERRIDES =
      """
      SELECT id, layer, lower(during) AS start_at, upper(during) AS end_at, account_id, swap_id
        FROM scheduling.rota_override
       WHERE rota_id = $1 AND during && tstzrange($2, $3) ORDER BY made_at, id
      """;
  private static final String OVERRIDE =
      """
      INSERT INTO scheduling.rota_override (id, rota_id, layer, during, account_id, swap_id, made_by,
                                            made_at)
      VALUES ($1, $2, $3, tstzrange($4, $5), $6, $7, $8, $9)
      """;
  private static final String DROP_OVERRIDE =
      "DELETE FROM scheduling.rota_override WHERE id = $1 AND rota_id = $2";

  private static final String SHIFT =
      """
      SELECT id, rota_id, layer, lower(during) AS start_at, upper(during) AS end_at, account_id, state
        FROM scheduling.rota_shift
      """;
  private static final String SHIFTS =
      SHIFT + " WHERE rota_id = $1 AND during && tstzrange($2, $3) ORDER BY layer DESC, during";
  private static final String OF_PERSON =
      SHIFT
          + " WHERE account_id = $1 AND during && tstzrange($2, $3) AND state <> 'planned'"
          + " ORDER BY during";
  private static final String ONE_SHIFT = SHIFT + " WHERE id = $1";
  private static final String INSERT_SHIFT =
      """
      INSERT INTO scheduling.rota_shift (id, rota_id, layer, during, account_id, state, changed_at)
      VALUES ($1, $2, $3, tstzrange($4, $5), $6, $7, $8)
      """;
  private static final String STATE =
      "UPDATE scheduling.rota_shift SET state = $2, changed_at = $3 WHERE id = $1";
  private static final String CUT =
      """
      UPDATE scheduling.rota_shift SET during = tstzrange(lower(during), $2), changed_at = $2
       WHERE id = $1
      """;
  private static final String DELETE_SHIFTS =
      "DELETE FROM scheduling.rota_shift WHERE id = ANY($1::uuid[])";
  private static final String ON_CALL =
      """
      SELECT lower(during) AS start_at, upper(during) AS end_at
        FROM scheduling.on_call WHERE account_id = $1 AND during && tstzrange($2, $3)
      """;

  /** An override as it is kept. */
  record Kept(UUID id, RotationLayout.Override what) {}

  List<Rota> all(Tx tx, OrganisationId organisation) {
    return tx.list(ALL, RotaStore::rota, organisation);
  }

  List<Rota> some(Tx tx, Collection<UUID> ids) {
    return tx.list(SOME, RotaStore::rota, (Object) ids.toArray(UUID[]::new));
  }

  Optional<Rota> find(Tx tx, UUID id) {
    return tx.one(ONE, id).map(RotaStore::rota);
  }

  /** Who lays it out or changes it goes through here, one after the other. */
  Optional<Rota> lock(Tx tx, UUID id) {
    return tx.one(LOCK, id).map(RotaStore::rota);
  }

  /** One that was last laid out before that moment, and that nobody else is at. */
  Optional<Rota> lockDue(Tx tx, Instant before) {
    return tx.one(DUE, before).map(RotaStore::rota);
  }

  List<UUID> withMember(Tx tx, AccountId account) {
    return tx.list(WITH_MEMBER, row -> row.getUUID("id"), account.toString(), account, tx.now());
  }

  boolean insert(Tx tx, Rota rota) {
    return tx.run(
            INSERT,
            rota.id(),
            rota.organisation(),
            rota.name(),
            rota.specialty(),
            rota.language(),
            rota.zone().getId(),
            new JsonArray(Json.text(rota.rotations())),
            rota.swapNeedsApproval(),
            rota.restHours(),
            rota.version(),
            tx.now(),
            by(tx))
        == 1;
  }

  void update(Tx tx, Rota rota) {
    tx.run(
        UPDATE,
        rota.id(),
        rota.name(),
        rota.specialty(),
        rota.language(),
        rota.zone().getId(),
        new JsonArray(Json.text(rota.rotations())),
        rota.swapNeedsApproval(),
        rota.restHours(),
        rota.version(),
        tx.now(),
        by(tx));
  }

  void laid(Tx tx, UUID rota) {
    tx.run(LAID, rota, tx.now());
  }

  /** In the order in which they were made. */
  List<Kept> overrides(Tx tx, UUID rota, TimeSlot window) {
    return tx.list(
        OVERRIDES,
        row ->
            new Kept(
                row.getUUID("id"),
                new RotationLayout.Override(
                    layer(row),
                    slot(row),
                    new AccountId(row.getUUID("account_id")),
                    row.getUUID("swap_id") != null)),
        rota,
        window.start(),
        window.end());
  }

  void override(
      Tx tx,
      UUID id,
      UUID rota,
      Layer layer,
      TimeSlot slot,
      AccountId account,
      Optional<UUID> swap) {
    tx.run(OVERRIDE, id, rota, layer, slot.start(), slot.end(), account, swap, by(tx), tx.now());
  }

  boolean dropOverride(Tx tx, UUID rota, UUID id) {
    return tx.run(DROP_OVERRIDE, id, rota) == 1;
  }

  List<RotaShift> shifts(Tx tx, UUID rota, TimeSlot window) {
    return tx.list(SHIFTS, RotaStore::shift, rota, window.start(), window.end());
  }

  /** Those that the person has been told of. */
  List<RotaShift> shiftsOf(Tx tx, AccountId account, TimeSlot window) {
    return tx.list(OF_PERSON, RotaStore::shift, account, window.start(), window.end());
  }

  Optional<RotaShift> shift(Tx tx, UUID id) {
    return tx.one(ONE_SHIFT, id).map(RotaStore::shift);
  }

  void insert(Tx tx, RotaShift shift) {
    tx.run(
        INSERT_SHIFT,
        shift.id(),
        shift.rota(),
        shift.layer(),
        shift.slot().start(),
        shift.slot().end(),
        shift.account(),
        shift.state(),
        tx.now());
  }

  void state(Tx tx, UUID shift, ShiftState state) {
    tx.run(STATE, shift, state, tx.now());
  }

  /** It was theirs until now, which stays on record. */
  void cutNow(Tx tx, UUID shift) {
    tx.run(CUT, shift, tx.now());
  }

  void delete(Tx tx, Collection<UUID> shifts) {
    tx.run(DELETE_SHIFTS, (Object) shifts.toArray(UUID[]::new));
  }

  /** Of every rota, and planned by hand. */
  List<TimeSlot> onCall(Tx tx, AccountId account, TimeSlot window) {
    return tx.list(ON_CALL, RotaStore::slot, account, window.start(), window.end());
  }

  private static Optional<AccountId> by(Tx tx) {
    return Optional.of(tx.caller()).filter(c -> c.isPerson()).map(c -> c.account());
  }

  static TimeSlot slot(Row row) {
    return new TimeSlot(Rows.instant(row, "start_at"), Rows.instant(row, "end_at"));
  }

  static Layer layer(Row row) {
    return Wire.parse(Layer.class, row.getString("layer"));
  }

  private static RotaShift shift(Row row) {
    return new RotaShift(
        row.getUUID("id"),
        row.getUUID("rota_id"),
        layer(row),
        slot(row),
        Optional.ofNullable(row.getUUID("account_id")).map(AccountId::new),
        Wire.parse(ShiftState.class, row.getString("state")));
  }

  private static Rota rota(Row row) {
    return new Rota(
        row.getUUID("id"),
        new OrganisationId(row.getUUID("organisation_id")),
        row.getString("name"),
        row.getString("specialty"),
        row.getString("language"),
        ZoneId.of(row.getString("zone")),
        List.of(Rows.json(row, "rotations", Rotation[].class)),
        row.getBoolean("swap_needs_approval"),
        row.getInteger("rest_hours"),
        row.getInteger("version"));
  }
}
