package org.consilium.scheduling.calendar;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;

/** All SQL about calendars. Tables from V010__calendar.sql. */
public final class CalendarStore {
  private static final String MAKE_FEED =
      """
      INSERT INTO scheduling.calendar_feed (account_id, secret_sha256, made_at) VALUES ($1, $2, $3)
      ON CONFLICT (account_id) DO UPDATE
         SET secret_sha256 = excluded.secret_sha256, made_at = excluded.made_at, read_at = NULL
      """;
  private static final String FEED =
      "SELECT made_at, read_at FROM scheduling.calendar_feed WHERE account_id = $1";
  private static final String END_FEED =
      "DELETE FROM scheduling.calendar_feed WHERE account_id = $1";
  private static final String READ_FEED =
      """
      UPDATE scheduling.calendar_feed SET read_at = $2 WHERE secret_sha256 = $1 RETURNING account_id
      """;
  // Of a line of moves only the latest in which the person had a part; the first gives its name.
  private static final String APPOINTMENTS =
      """
      WITH RECURSIVE line AS (
        SELECT a.id AS entry, a.id AS first, a.replaces, 0 AS moves
          FROM scheduling.appointment a
          JOIN scheduling.booking b ON b.appointment_id = a.id AND b.resource_id = $1
         WHERE a.start_at < $3 AND a.end_at > $2 AND a.status <> 'held'
        UNION ALL
        SELECT l.entry, a.id, a.replaces, l.moves + 1
          FROM line l JOIN scheduling.appointment a ON a.id = l.replaces),
      latest AS (
        SELECT DISTINCT ON (first) first, entry, moves FROM line WHERE replaces IS NULL
         ORDER BY first, moves DESC)
      SELECT l.first AS uid, a.start_at, a.end_at,
             a.status IN ('cancelled', 'rescheduled', 'no-show') AS cancelled,
             l.moves + (a.status IN ('cancelled', 'rescheduled', 'no-show'))::int AS sequence,
             coalesce(a.cancelled_at, a.booked_at) AS changed_at
        FROM latest l JOIN scheduling.appointment a ON a.id = l.entry ORDER BY a.start_at, a.id
      """;
  private static final String SHIFTS =
      """
      SELECT id AS uid, lower(during) AS start_at, upper(during) AS end_at, false AS cancelled,
             0 AS sequence, changed_at
        FROM scheduling.on_call
       WHERE account_id = $1 AND during && tstzrange($2, $3) ORDER BY lower(during)
      """;
  private static final String SAVE_IMPORT =
      """
      INSERT INTO scheduling.calendar_import (account_id, url, next_due, saved_at)
      VALUES ($1, $2, $3, $3)
      ON CONFLICT (account_id) DO UPDATE
         SET url = excluded.url, next_due = excluded.next_due, saved_at = excluded.saved_at,
             fetched_at = NULL, busy_count = NULL, problem = NULL
      """;
  private static final String IMPORT =
      """
      SELECT url, saved_at, fetched_at, busy_count, problem FROM scheduling.calendar_import
       WHERE account_id = $1
      """;
  private static final String END_IMPORT =
      "DELETE FROM scheduling.calendar_import WHERE account_id = $1";
  // One node takes each; the next look is due even when this one is killed half-way.
  private static final String CLAIM =
      """
      UPDATE scheduling.calendar_import i SET next_due = $2
       WHERE account_id IN (SELECT account_id FROM scheduling.calendar_import
                             WHERE next_due <= $1 ORDER BY next_due LIMIT $3
                             FOR UPDATE SKIP LOCKED)
      RETURNING account_id, url
      """;
  private static final String FETCHED =
      """
      UPDATE scheduling.calendar_import
         SET fetched_at = $3, busy_count = $4, problem = NULL
       WHERE account_id = $1 AND url = $2
      """;
  private static final String FAILED =
      "UPDATE scheduling.calendar_import SET problem = $3 WHERE account_id = $1 AND url = $2";
  private static final String CLEAR = "DELETE FROM scheduling.external_busy WHERE account_id = $1";
  private static final String BUSY =
      """
      INSERT INTO scheduling.external_busy (account_id, during)
      SELECT $1, tstzrange(s, e) FROM unnest($2::timestamptz[], $3::timestamptz[]) AS t (s, e)
      """;
  private static final String BUSY_IN =
      """
      SELECT account_id, lower(during) AS start_at, upper(during) AS end_at
        FROM scheduling.external_busy
       WHERE account_id = ANY($1::uuid[]) AND during && tstzrange($2, $3) ORDER BY lower(during)
      """;

  private static final String NETWORK_OF =
      "SELECT organisation_id FROM scheduling.volunteer WHERE account_id = $1";

  record Feed(Instant madeAt, Instant readAt) {}

  record Import(
      String url, Instant savedAt, Instant fetchedAt, Integer busyCount, String problem) {}

  record Due(AccountId account, String url) {}

  void makeFeed(Tx tx, AccountId account, String secret) {
    tx.run(MAKE_FEED, account, Secrets.sha256(secret), tx.now());
  }

  Optional<Feed> feed(Tx tx, AccountId account) {
    return tx.one(FEED, account)
        .map(row -> new Feed(Rows.instant(row, "made_at"), Rows.instant(row, "read_at")));
  }

  boolean endFeed(Tx tx, AccountId account) {
    return tx.run(END_FEED, account) == 1;
  }

  /** Whose feed this is; a look is noted. */
  Optional<AccountId> readFeed(Tx tx, String secret) {
    return tx.one(READ_FEED, Secrets.sha256(secret), tx.now())
        .map(row -> new AccountId(row.getUUID("account_id")));
  }

  List<CalendarEntry> entries(Tx tx, AccountId account, TimeSlot window) {
    var appointments =
        tx.list(
            APPOINTMENTS,
            row -> entry(row, CalendarEntry.Kind.APPOINTMENT),
            account,
            window.start(),
            window.end());
    var shifts =
        tx.list(
            SHIFTS,
            row -> entry(row, CalendarEntry.Kind.ON_CALL),
            account,
            window.start(),
            window.end());
    return Stream.concat(appointments.stream(), shifts.stream()).toList();
  }

  void saveImport(Tx tx, AccountId account, String url) {
    tx.run(SAVE_IMPORT, account, url, tx.now());
  }

  Optional<Import> importOf(Tx tx, AccountId account) {
    return tx.one(IMPORT, account)
        .map(row ->
            new Import(
                row.getString("url"),
                Rows.instant(row, "saved_at"),
                Rows.instant(row, "fetched_at"),
                row.getInteger("busy_count"),
                row.getString("problem")));
  }

  boolean endImport(Tx tx, AccountId account) {
    return tx.run(END_IMPORT, account) == 1;
  }

  List<Due> claim(Tx tx, Duration again, int atMost) {
    return tx.list(
        CLAIM,
        row -> new Due(new AccountId(row.getUUID("account_id")), row.getString("url")),
        tx.now(),
        tx.now().plus(again),
        atMost);
  }

  /** False when the person has changed or forgotten the address meanwhile. */
  boolean fetched(Tx tx, Due due, List<TimeSlot> busy) {
    if (tx.run(FETCHED, due.account(), due.url(), tx.now(), busy.size()) == 0) {
      return false;
    }
    tx.run(CLEAR, due.account());
    if (!busy.isEmpty()) {
      tx.run(BUSY, due.account(), moments(busy, TimeSlot::start), moments(busy, TimeSlot::end));
    }
    return true;
  }

  /** The network that somebody volunteers in. */
  Optional<OrganisationId> networkOf(Tx tx, AccountId account) {
    return tx.one(NETWORK_OF, account)
        .map(row -> new OrganisationId(row.getUUID("organisation_id")));
  }

  void failed(Tx tx, Due due, String problem) {
    tx.run(FAILED, due.account(), due.url(), problem);
  }

  /** When people are busy by their own calendars. */
  public Map<UUID, List<TimeSlot>> busy(Tx tx, Collection<UUID> accounts, TimeSlot window) {
    return tx.rows(BUSY_IN, accounts.toArray(UUID[]::new), window.start(), window.end()).stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getUUID("account_id"),
                Collectors.mapping(CalendarStore::slot, Collectors.toList())));
  }

  private static OffsetDateTime[] moments(List<TimeSlot> slots, Function<TimeSlot, Instant> which) {
    return slots.stream()
        .map(which)
        .map(moment -> moment.atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }

  private static CalendarEntry entry(Row row, CalendarEntry.Kind kind) {
    return new CalendarEntry(
        row.getUUID("uid"),
        row.getInteger("sequence"),
        kind,
        slot(row),
        row.getBoolean("cancelled"),
        Rows.instant(row, "changed_at"));
  }

  private static TimeSlot slot(Row row) {
    return new TimeSlot(Rows.instant(row, "start_at"), Rows.instant(row, "end_at"));
  }
}
