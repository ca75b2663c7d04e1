package org.consilium.signaling.record;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.record.CallHistory.Asked;
import org.consilium.signaling.record.CallHistory.Attended;
import org.consilium.signaling.record.CallHistory.Happened;
import org.consilium.signaling.record.CallHistory.Link;
import org.consilium.signaling.record.CallHistory.PastCall;
import org.consilium.signaling.record.CallHistory.State;
import org.consilium.signaling.record.CallOutcome.Sitting;
import org.consilium.signaling.record.LinkSamples.Spread;

/** All SQL that reads the record of calls, from V004__call_record.sql. */
final class HistoryStore {
  private static final String CALLS =
      """
      SELECT id, opened_at, started_at, ended_at, outcome, end_reason
        FROM signaling.call
       WHERE consult_id = $1
         AND ($2::uuid IS NULL
              OR (opened_at, id) < (SELECT opened_at, id FROM signaling.call WHERE id = $2))
       ORDER BY opened_at DESC, id DESC LIMIT $3
      """;

  private static final String PEOPLE =
      """
      SELECT a.call_id, a.person, a.name, a.role, a.came_at, a.joined_at, a.left_at, a.left_reason,
             a.losses, a.returns, a.restarts,
             l.samples, l.up_kbps, l.down_kbps, l.round_trip_ms, l.loss_permille
        FROM signaling.attendance a
        LEFT JOIN signaling.link_summary l ON l.attendance_id = a.id
       WHERE a.call_id = ANY($1) ORDER BY a.came_at, a.id
      """;

  private static final String ASKED =
      """
      SELECT DISTINCT ON (e.call_id, e.person) e.call_id, e.name, e.role, e.at
        FROM signaling.call_event e
       WHERE e.call_id = ANY($1) AND e.kind = 'ticket'
         AND NOT EXISTS (SELECT FROM signaling.attendance a
                          WHERE a.call_id = e.call_id AND a.person = e.person)
       ORDER BY e.call_id, e.person, e.at
      """;

  /** More than these of one call are not shown; the rest stay in the database. */
  private static final int EVENTS_MAX = 500;

  private static final String EVENTS =
      """
      SELECT call_id, at, kind, name, role, by_name, detail
        FROM (SELECT e.call_id, e.at, e.kind, coalesce(e.name, who.name) AS name, e.role,
                     host.name AS by_name, e.detail,
                     row_number() OVER (PARTITION BY e.call_id ORDER BY e.at) AS place
                FROM signaling.call_event e
                LEFT JOIN LATERAL (SELECT a.name FROM signaling.attendance a
                                    WHERE a.call_id = e.call_id AND a.person = e.person
                                    LIMIT 1) who ON true
                LEFT JOIN LATERAL (SELECT a.name FROM signaling.attendance a
                                    WHERE a.call_id = e.call_id AND a.person = e.by_person
                                    LIMIT 1) host ON true
               WHERE e.call_id = ANY($1)) event
       WHERE place <= $2 ORDER BY call_id, place
      """;

  /** Somebody who was there, as shown and as the outcome counts it. */
  record Seen(Attended attended, Sitting sitting) {}

  List<PastCall> calls(Tx tx, ConsultId consult, Optional<CallId> after, int limit) {
    return tx.list(CALLS, HistoryStore::call, consult, after, limit);
  }

  Map<CallId, List<Seen>> people(Tx tx, List<CallId> calls) {
    return byCall(tx, PEOPLE, HistoryStore::seen, calls);
  }

  Map<CallId, List<Asked>> asked(Tx tx, List<CallId> calls) {
    return byCall(
        tx,
        ASKED,
        row -> new Asked(row.getString("name"), row.getString("role"), Rows.instant(row, "at")),
        calls);
  }

  Map<CallId, List<Happened>> events(Tx tx, List<CallId> calls) {
    return byCall(tx, EVENTS, HistoryStore::happened, calls, EVENTS_MAX);
  }

  private record Of<T>(CallId call, T value) {}

  private static <T> Map<CallId, List<T>> byCall(
      Tx tx, String sql, Function<Row, T> reader, Object... parameters) {
    return tx
        .list(
            sql, row -> new Of<>(new CallId(row.getUUID("call_id")), reader.apply(row)), parameters)
        .stream()
        .collect(
            Collectors.groupingBy(Of::call, Collectors.mapping(Of::value, Collectors.toList())));
  }

  private static PastCall call(Row row) {
    var started = Rows.optionalInstant(row, "started_at");
    var ended = Rows.optionalInstant(row, "ended_at");
    var outcome = row.getString("outcome");
    State state =
        ended.isPresent() ? State.OVER : started.isPresent() ? State.GOING_ON : State.EXPECTED;
    return new PastCall(
        new CallId(row.getUUID("id")),
        state,
        Rows.instant(row, "opened_at"),
        started,
        ended,
        outcome == null ? null : Wire.parse(CallOutcome.class, outcome),
        state == State.OVER ? Optional.ofNullable(row.getString("end_reason")) : Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Seen seen(Row row) {
    var attended =
        new Attended(
            row.getString("name"),
            row.getString("role"),
            Rows.instant(row, "came_at"),
            Rows.optionalInstant(row, "joined_at"),
            Rows.optionalInstant(row, "left_at"),
            Optional.ofNullable(row.getString("left_reason")),
            row.getInteger("losses"),
            row.getInteger("returns"),
            row.getInteger("restarts"),
            Optional.ofNullable(row.getInteger("samples")).map(samples -> link(row, samples)));
    return new Seen(
        attended, new Sitting(row.getString("person"), attended.joinedAt(), attended.leftAt()));
  }

  private static Link link(Row row, int samples) {
    return new Link(
        samples,
        spread(row, "up_kbps"),
        spread(row, "down_kbps"),
        spread(row, "round_trip_ms"),
        spread(row, "loss_permille"));
  }

  private static Optional<Spread> spread(Row row, String column) {
    return Optional.ofNullable(row.getArrayOfIntegers(column))
        .map(figures -> new Spread(figures[0], figures[1], figures[2]));
  }

  private static Happened happened(Row row) {
    return new Happened(
        Rows.instant(row, "at"),
        row.getString("kind"),
        Optional.ofNullable(row.getString("name")),
        Optional.ofNullable(row.getString("role")),
        Optional.ofNullable(row.getString("by_name")),
        Optional.ofNullable(row.getString("detail")));
  }
}
