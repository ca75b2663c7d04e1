package org.consilium.scheduling.ladder;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.ladder.Timer.Kind;
import org.consilium.scheduling.ladder.Timer.Outcome;

/** All SQL about timers; only the server's own role may. Table: {@code scheduling.timer}. */
public final class TimerStore {
  private static final String COLUMNS =
      """
      SELECT id, consult_id, offer_id, step, coalesce(ladder_version, 1) AS ladder_version, urgency,
             position, planned_at, due_at, fired_at, outcome
        FROM scheduling.timer
      """;
  private static final String HOLD_CONSULTS =
      """
      SELECT c.id FROM scheduling.timer t JOIN scheduling.consult c ON c.id = t.consult_id
       WHERE t.fired_at IS NULL AND t.due_at <= $1
       ORDER BY t.due_at, t.id LIMIT $2 FOR UPDATE OF c SKIP LOCKED
      """;
  private static final String CLAIM =
      COLUMNS
          + """
           WHERE consult_id = ANY($2::uuid[]) AND fired_at IS NULL AND due_at <= $1
           ORDER BY due_at, id FOR UPDATE SKIP LOCKED
          """;
  private static final String OF_CONSULT =
      COLUMNS + " WHERE consult_id = $1 ORDER BY planned_at, position, id";
  private static final String PENDING =
      COLUMNS
          + """
           WHERE consult_id = $1 AND fired_at IS NULL AND step = 'step'
           ORDER BY planned_at, position FOR UPDATE
          """;
  private static final String NEXT =
      """
      SELECT DISTINCT ON (consult_id) id, consult_id, offer_id, step,
             coalesce(ladder_version, 1) AS ladder_version, urgency, position, planned_at, due_at,
             fired_at, outcome
        FROM scheduling.timer
       WHERE consult_id = ANY($1::uuid[]) AND fired_at IS NULL
       ORDER BY consult_id, due_at, position
      """;
  private static final String SET =
      """
      INSERT INTO scheduling.timer (id, consult_id, offer_id, step, due_at, targets_version,
                                    ladder_version, urgency, position, planned_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """;
  private static final String FIRED =
      "UPDATE scheduling.timer SET fired_at = $2, outcome = $3 WHERE id = $1 AND fired_at IS NULL";
  private static final String POSTPONE =
      """
      UPDATE scheduling.timer
         SET due_at = $2::timestamptz + least(60, 2 ^ least(failures + 1, 6)) * interval '1 second',
             failures = failures + 1
       WHERE id = $1 AND fired_at IS NULL
      """;
  private static final String HOLD =
      """
      UPDATE scheduling.timer SET due_at = greatest(planned_at, $2)
       WHERE consult_id = $1 AND fired_at IS NULL AND step <> 'offer-expiry'
      """;
  private static final String OVER_FOR_OFFER =
      """
      UPDATE scheduling.timer SET fired_at = $2, outcome = 'moot'
       WHERE offer_id = $1 AND fired_at IS NULL AND id <> $3
      """;
  private static final String OVER_FOR_CONSULT =
      """
      UPDATE scheduling.timer SET fired_at = $2, outcome = 'moot'
       WHERE consult_id = $1 AND offer_id IS NULL AND fired_at IS NULL AND id <> $3
      """;
  private static final UUID NONE = new UUID(0, 0);

  /**
   * Those that are due longest and that no other worker holds, one a consult. Whoever changes
   * timers holds their consult first, here too, so that nobody waits in a circle: a consult at
   * which somebody is at work comes later.
   */
  public Claim claim(Tx tx, int most) {
    var consults =
        tx.rows(HOLD_CONSULTS, tx.now(), most).stream()
            .map(row -> row.getUUID("id"))
            .distinct()
            .toArray(UUID[]::new);
    var first = new LinkedHashMap<ConsultId, Timer>();
    if (consults.length > 0) {
      tx.list(CLAIM, TimerStore::timer, tx.now(), consults)
          .forEach(timer -> first.putIfAbsent(timer.consult(), timer));
    }
    return new Claim(List.copyOf(first.values()), consults.length == 0);
  }

  /**
   * @param timers fewer than there were consults when somebody else has fired one a moment ago
   * @param nothingDue whether nothing is left that could be claimed
   */
  public record Claim(List<Timer> timers, boolean nothingDue) {}

  public void set(Tx tx, Timer timer, int targetsVersion) {
    tx.run(
        SET,
        timer.id(),
        timer.consult(),
        timer.offer(),
        timer.kind(),
        timer.dueAt(),
        targetsVersion,
        timer.ladderVersion(),
        timer.urgency(),
        timer.position(),
        timer.plannedAt());
  }

  /** A new one, not yet set; {@code heldUntil} delays it. */
  public static Timer make(
      ConsultId consult,
      Optional<OfferId> offer,
      Kind kind,
      int ladder,
      Urgency urgency,
      int position,
      Instant planned,
      Optional<Instant> heldUntil) {
    var due = heldUntil.filter(planned::isBefore).orElse(planned);
    return new Timer(
        Uuid7.next(),
        consult,
        offer,
        kind,
        ladder,
        Optional.of(urgency),
        position,
        planned,
        due,
        Optional.empty(),
        Optional.empty());
  }

  /** Marks it, unless it was before. */
  public void fired(Tx tx, UUID timer, Outcome outcome) {
    tx.send(FIRED, timer, tx.now(), outcome);
  }

  /** It failed: it is tried again, later each time, at most after a minute. */
  public void postpone(Tx tx, UUID timer) {
    tx.run(POSTPONE, timer, tx.now());
  }

  /** Delays what would ask somebody more; what has waited longer comes at its own time. */
  public void hold(Tx tx, ConsultId consult, Instant until) {
    tx.run(HOLD, consult, until);
  }

  /** An offer has been answered or has ended; {@code except} is firing just now. */
  public void overForOffer(Tx tx, OfferId offer, Optional<UUID> except) {
    tx.run(OVER_FOR_OFFER, offer, tx.now(), except.orElse(NONE));
  }

  /** Nothing of the consult itself is to happen any more; {@code except} is firing just now. */
  public void overForConsult(Tx tx, ConsultId consult, Optional<UUID> except) {
    tx.run(OVER_FOR_CONSULT, consult, tx.now(), except.orElse(NONE));
  }

  public List<Timer> ofConsult(Tx tx, ConsultId consult) {
    return tx.list(OF_CONSULT, TimerStore::timer, consult);
  }

  /** The consult's own that have not fired, in order, held until the transaction ends. */
  public List<Timer> pending(Tx tx, ConsultId consult) {
    return tx.list(PENDING, TimerStore::timer, consult);
  }

  /** What comes next for each of these. */
  public Map<ConsultId, Timer> next(Tx tx, Collection<ConsultId> consults) {
    var found = new HashMap<ConsultId, Timer>();
    if (!consults.isEmpty()) {
      tx.list(NEXT, TimerStore::timer, consults).forEach(t -> found.put(t.consult(), t));
    }
    return found;
  }

  private static Timer timer(Row row) {
    return new Timer(
        row.getUUID("id"),
        new ConsultId(row.getUUID("consult_id")),
        Optional.ofNullable(row.getUUID("offer_id")).map(OfferId::new),
        Wire.parse(Kind.class, row.getString("step")),
        row.getInteger("ladder_version"),
        Optional.ofNullable(row.getString("urgency")).map(code -> Wire.parse(Urgency.class, code)),
        row.getInteger("position"),
        Rows.instant(row, "planned_at"),
        Rows.instant(row, "due_at"),
        Rows.optionalInstant(row, "fired_at"),
        Optional.ofNullable(row.getString("outcome")).map(code -> Wire.parse(Outcome.class, code)));
  }
}
