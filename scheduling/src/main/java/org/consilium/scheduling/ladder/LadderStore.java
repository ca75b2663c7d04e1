package org.consilium.scheduling.ladder;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.ladder.Placing.Redirection;

/** All SQL about ladders and how consults are placed. Tables from V007__ladder.sql. */
public final class LadderStore {
  private static final String LADDER =
      "SELECT version, is_proposal FROM scheduling.ladder WHERE version = $1";
  private static final String STEPS =
      """
      SELECT urgency, position, phase, counted_from, after, act, asks, asks_life, every
        FROM scheduling.ladder_step WHERE version = $1 ORDER BY urgency, position
      """;
  private static final String BEGIN =
      """
      INSERT INTO scheduling.placing (consult_id, organisation_id, ladder_version)
      SELECT $1, $2, version FROM scheduling.ladder WHERE active_from <= $3
       ORDER BY active_from DESC, version DESC LIMIT 1
      ON CONFLICT (consult_id) DO NOTHING
      """;
  private static final String COLUMNS =
      """
      SELECT consult_id, organisation_id, ladder_version, life_threatening, attention, paused_until,
             pinned_id, pinned_until, coordinator_id, handing_to_id, redirected
        FROM scheduling.placing
      """;
  private static final String LOCK = COLUMNS + " WHERE consult_id = $1 FOR UPDATE";
  private static final String OF = COLUMNS + " WHERE consult_id = ANY($1::uuid[])";
  private static final String SAVE =
      """
      UPDATE scheduling.placing
         SET life_threatening = $2, attention = $3, paused_until = $4, pinned_id = $5,
             pinned_until = $6, coordinator_id = $7, handing_to_id = $8, redirected = $9
       WHERE consult_id = $1
      """;

  /** Versions are never changed: each is read once. */
  private final Map<Integer, Ladder> known = new ConcurrentHashMap<>();

  public Ladder version(Tx tx, int version) {
    var before = known.get(version);
    if (before != null) {
      return before;
    }
    var row = tx.one(LADDER, version).orElseThrow();
    var ladder =
        new Ladder(
            version, row.getBoolean("is_proposal"), tx.list(STEPS, LadderStore::step, version));
    known.put(version, ladder);
    return ladder;
  }

  /** Begins it when it has not begun. Always after the consult is locked; as the server. */
  public Placing lock(Tx tx, ConsultId consult, OrganisationId organisation) {
    return begun(tx, consult)
        .orElseGet(() -> {
          tx.send(BEGIN, consult, organisation, tx.now());
          return begun(tx, consult).orElseThrow();
        });
  }

  private static Optional<Placing> begun(Tx tx, ConsultId consult) {
    return tx.one(LOCK, consult).map(LadderStore::placing);
  }

  /** Of those that have begun, as far as the caller may know. */
  public Map<ConsultId, Placing> of(Tx tx, Collection<ConsultId> consults) {
    var found = new HashMap<ConsultId, Placing>();
    if (!consults.isEmpty()) {
      tx.list(OF, LadderStore::placing, consults).forEach(p -> found.put(p.consult(), p));
    }
    return found;
  }

  public void save(Tx tx, Placing p) {
    tx.send(
        SAVE,
        p.consult(),
        p.lifeThreatening(),
        p.attention(),
        p.pausedUntil(),
        p.pinned().map(Placing.Pin::specialist),
        p.pinned().map(Placing.Pin::until),
        p.coordinator(),
        p.handingTo(),
        p.redirected());
  }

  private static LadderStep step(Row row) {
    return new LadderStep(
        Wire.parse(Urgency.class, row.getString("urgency")),
        row.getInteger("position"),
        Wire.parse(LadderStep.Phase.class, row.getString("phase")),
        Wire.parse(LadderStep.From.class, row.getString("counted_from")),
        row.getInteger("after"),
        Wire.parse(Act.class, row.getString("act")),
        row.getInteger("asks"),
        row.getInteger("asks_life"),
        Optional.ofNullable(row.getInteger("every")).map(Duration::ofSeconds));
  }

  private static Placing placing(Row row) {
    Optional<Instant> pinnedUntil = Rows.optionalInstant(row, "pinned_until");
    return new Placing(
        new ConsultId(row.getUUID("consult_id")),
        new OrganisationId(row.getUUID("organisation_id")),
        row.getInteger("ladder_version"),
        row.getBoolean("life_threatening"),
        Wire.parse(Attention.class, row.getString("attention")),
        Rows.optionalInstant(row, "paused_until"),
        pinnedUntil.map(until -> new Placing.Pin(new AccountId(row.getUUID("pinned_id")), until)),
        Optional.ofNullable(row.getUUID("coordinator_id")).map(AccountId::new),
        Optional.ofNullable(row.getUUID("handing_to_id")).map(AccountId::new),
        Optional.ofNullable(row.getString("redirected"))
            .map(code -> Wire.parse(Redirection.class, code)));
  }
}
