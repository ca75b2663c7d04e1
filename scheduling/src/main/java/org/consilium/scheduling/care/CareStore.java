package org.consilium.scheduling.care;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;

/** All SQL about what volunteers give and how they are spared. Tables from V006__people.sql. */
public final class CareStore {
  /** A lighter time, as its owner sees it. */
  record Ease(int weeklyCap, Instant until) {}

  /** A case that may have been hard. */
  record HardCase(ConsultId consult, Instant at, boolean marked) {}

  record Certificate(
      String code,
      AccountId account,
      String name,
      long minutes,
      LocalDate first,
      LocalDate last,
      Instant issuedAt) {}

  private static final String EASES =
      "SELECT account_id, weekly_cap FROM scheduling.volunteer_ease WHERE until > $1";
  private static final String EASE =
      """
      SELECT weekly_cap, until FROM scheduling.volunteer_ease WHERE account_id = $1 AND until > $2
      """;
  private static final String SAVE_EASE =
      """
      INSERT INTO scheduling.volunteer_ease (account_id, weekly_cap, until, asked_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (account_id) DO UPDATE
        SET weekly_cap = excluded.weekly_cap, until = excluded.until, asked_at = excluded.asked_at
      """;
  private static final String END_EASE =
      "DELETE FROM scheduling.volunteer_ease WHERE account_id = $1";

  private static final String SHIFTS_SINCE =
      """
      SELECT account_id, lower(during) AS start, upper(during) AS stop
        FROM scheduling.on_call
       WHERE upper(during) > $1 AND upper(during) <= $2
      """;
  private static final String IMMEDIATE_SINCE =
      """
      SELECT o.specialist_id AS account_id, o.answered_at AS taken
        FROM scheduling.offer o JOIN scheduling.consult c ON c.id = o.consult_id
       WHERE o.status = 'accepted' AND o.answered_at > $1
         AND coalesce(c.urgency_confirmed, c.urgency_requested) = 'red'
      """;

  // What ended badly within the last two months and was not spoken of, or what was marked.
  private static final String HARD =
      """
      SELECT c.id, coalesce(h.marked_at, c.ended_at) AS at, h.marked_by IS NOT NULL AS marked
        FROM scheduling.consult c
        LEFT JOIN scheduling.hard_case h ON h.consult_id = c.id AND h.account_id = c.specialist_id
       WHERE c.specialist_id = $1 AND c.status = 'closed' AND c.ended_at > $2
         AND c.result IN ('died', 'worse') AND h.answered_at IS NULL
       ORDER BY at DESC LIMIT 5
      """;
  private static final String MARK =
      """
      INSERT INTO scheduling.hard_case (consult_id, account_id, marked_by, marked_at)
      SELECT id, specialist_id, $2, $3 FROM scheduling.consult
       WHERE id = $1 AND status = 'closed' AND result IN ('died', 'worse')
         AND specialist_id IN (SELECT account_id FROM scheduling.volunteer)
      ON CONFLICT DO NOTHING
      RETURNING account_id
      """;
  private static final String MARKED =
      "SELECT account_id FROM scheduling.hard_case WHERE consult_id = $1";
  private static final String ANSWERED =
      """
      INSERT INTO scheduling.hard_case (consult_id, account_id, marked_at, answered_at)
      SELECT id, specialist_id, $3, $3 FROM scheduling.consult WHERE id = $1 AND specialist_id = $2
      ON CONFLICT (account_id, consult_id) DO UPDATE SET answered_at = excluded.answered_at
      """;

  private static final String SUPPORT =
      """
      SELECT p.line FROM scheduling.peer_support p
        JOIN scheduling.volunteer v ON v.organisation_id = p.organisation_id
       WHERE v.account_id = $1
      """;
  private static final String SUPPORT_OF =
      "SELECT line FROM scheduling.peer_support WHERE organisation_id = $1";
  private static final String SAVE_SUPPORT =
      """
      INSERT INTO scheduling.peer_support (organisation_id, line, saved_by, saved_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (organisation_id) DO UPDATE
        SET line = excluded.line, saved_by = excluded.saved_by, saved_at = excluded.saved_at
      """;

  private static final String TAKEN =
      """
      SELECT answered_at FROM scheduling.offer
       WHERE specialist_id = $1 AND status = 'accepted' AND answered_at >= $2 AND answered_at < $3
      """;
  private static final String CALLS =
      """
      SELECT e.consult_id, e.kind, coalesce(e.device_at, e.at) AS at
        FROM scheduling.consult_event e JOIN scheduling.consult c ON c.id = e.consult_id
       WHERE c.specialist_id = $1 AND e.kind IN ('call-started', 'call-ended')
         AND coalesce(e.device_at, e.at) >= $2 AND coalesce(e.device_at, e.at) < $3
       ORDER BY e.consult_id, coalesce(e.device_at, e.at), e.id
      """;
  private static final String ON_CALL =
      """
      SELECT lower(during) AS start, least(upper(during), $4) AS stop
        FROM scheduling.on_call
       WHERE account_id = $1 AND during && tstzrange($2, $3) AND lower(during) < $4
      """;
  private static final String TAKEN_BY_WEEK =
      """
      SELECT specialist_id, floor(extract(epoch FROM $1 - answered_at) / 604800)::int AS ago,
             count(*)::int AS n
        FROM scheduling.offer
       WHERE status = 'accepted' AND answered_at > $2 AND answered_at <= $1
       GROUP BY 1, 2
      """;

  private static final String ISSUE =
      """
      INSERT INTO scheduling.service_certificate (code, account_id, name, minutes, first_day,
                                                  last_day, issued_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String CERTIFICATE =
      """
      SELECT code, account_id, name, minutes, first_day, last_day, issued_at
        FROM scheduling.service_certificate WHERE code = $1
      """;

  /** The lower caps that hold now. */
  public Map<UUID, Integer> eases(Tx tx) {
    var caps = new HashMap<UUID, Integer>();
    tx.rows(EASES, tx.now())
        .forEach(row -> caps.put(row.getUUID("account_id"), row.getInteger("weekly_cap")));
    return caps;
  }

  Optional<Ease> ease(Tx tx, AccountId account) {
    return tx.one(EASE, account, tx.now())
        .map(row -> new Ease(row.getInteger("weekly_cap"), Rows.instant(row, "until")));
  }

  void save(Tx tx, AccountId account, Ease ease) {
    tx.run(SAVE_EASE, account, ease.weeklyCap(), ease.until(), tx.now());
  }

  void endEase(Tx tx, AccountId account) {
    tx.run(END_EASE, account);
  }

  /** On-call shifts that ended lately, by person. */
  public Map<UUID, List<TimeSlot>> shiftsEnded(Tx tx) {
    var shifts = new HashMap<UUID, List<TimeSlot>>();
    for (Row row : tx.rows(SHIFTS_SINCE, tx.now().minus(Rest.LOOK_BACK), tx.now())) {
      shifts.computeIfAbsent(row.getUUID("account_id"), _ -> new ArrayList<>()).add(slot(row));
    }
    return shifts;
  }

  /** When immediate consults were taken lately, by person. */
  public Map<UUID, List<Instant>> immediateTaken(Tx tx) {
    var taken = new HashMap<UUID, List<Instant>>();
    for (Row row : tx.rows(IMMEDIATE_SINCE, tx.now().minus(Rest.LOOK_BACK))) {
      taken
          .computeIfAbsent(row.getUUID("account_id"), _ -> new ArrayList<>())
          .add(Rows.instant(row, "taken"));
    }
    return taken;
  }

  List<HardCase> hard(Tx tx, AccountId account, Instant since) {
    return tx.list(
        HARD,
        row ->
            new HardCase(
                new ConsultId(row.getUUID("id")),
                Rows.instant(row, "at"),
                row.getBoolean("marked")),
        account,
        since);
  }

  /** Empty when the consult did not end badly, or nobody advised on it. */
  Optional<AccountId> mark(Tx tx, ConsultId consult) {
    return tx.one(MARK, consult, tx.caller().account(), tx.now())
        .or(() -> tx.one(MARKED, consult))
        .map(row -> new AccountId(row.getUUID("account_id")));
  }

  /** False when the consult is not theirs. */
  boolean answered(Tx tx, ConsultId consult, AccountId account) {
    return tx.run(ANSWERED, consult, account, tx.now()) == 1;
  }

  Optional<String> support(Tx tx, AccountId volunteer) {
    return tx.one(SUPPORT, volunteer).map(row -> row.getString("line"));
  }

  Optional<String> supportOf(Tx tx, OrganisationId network) {
    return tx.one(SUPPORT_OF, network).map(row -> row.getString("line"));
  }

  void saveSupport(Tx tx, String line) {
    tx.run(SAVE_SUPPORT, tx.caller().organisation(), line, tx.caller().account(), tx.now());
  }

  /** When they accepted consults in that time. */
  public List<Instant> taken(Tx tx, AccountId account, TimeSlot window) {
    return tx.list(
        TAKEN, row -> Rows.instant(row, "answered_at"), account, window.start(), window.end());
  }

  /** Each start with the next end; a call that has not ended has no length yet. */
  List<TimeSlot> calls(Tx tx, AccountId account, TimeSlot window) {
    var calls = new ArrayList<TimeSlot>();
    UUID consult = null;
    Instant started = null;
    for (Row row : tx.rows(CALLS, account, window.start(), window.end())) {
      var at = Rows.instant(row, "at");
      var of = row.getUUID("consult_id");
      if (row.getString("kind").equals("call-started")) {
        started = at;
        consult = of;
      } else if (started != null && of.equals(consult)) {
        if (started.isBefore(at)) {
          calls.add(new TimeSlot(started, at));
        }
        started = null;
      }
    }
    return calls;
  }

  List<TimeSlot> onCall(Tx tx, AccountId account, TimeSlot window) {
    return tx.list(ON_CALL, CareStore::slot, account, window.start(), window.end(), tx.now());
  }

  /** Consults taken in each of the last {@code weeks} weeks, the latest first, by person. */
  Map<UUID, int[]> takenByWeek(Tx tx, int weeks) {
    var taken = new HashMap<UUID, int[]>();
    var since = tx.now().minus(java.time.Duration.ofDays(7L * weeks));
    for (Row row : tx.rows(TAKEN_BY_WEEK, tx.now(), since)) {
      taken
              .computeIfAbsent(row.getUUID("specialist_id"), _ -> new int[weeks])[
              row.getInteger("ago")] =
          row.getInteger("n");
    }
    return taken;
  }

  void issue(Tx tx, Certificate c) {
    tx.run(ISSUE, c.code(), c.account(), c.name(), c.minutes(), c.first(), c.last(), c.issuedAt());
  }

  Optional<Certificate> certificate(Tx tx, String code) {
    return tx.one(CERTIFICATE, code)
        .map(row ->
            new Certificate(
                row.getString("code"),
                new AccountId(row.getUUID("account_id")),
                row.getString("name"),
                row.getLong("minutes"),
                row.getLocalDate("first_day"),
                row.getLocalDate("last_day"),
                Rows.instant(row, "issued_at")));
  }

  private static TimeSlot slot(Row row) {
    return new TimeSlot(Rows.instant(row, "start"), Rows.instant(row, "stop"));
  }
}
