package org.consilium.signaling.record;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.record.CallOutcome.Sitting;
import org.consilium.signaling.record.LinkSamples.Spread;
import org.consilium.signaling.relay.CallRole;

/** All SQL that writes the record of calls, from V001__call.sql and V004__call_record.sql. */
public final class RecordStore {
  private static final String EVENT =
      """
      INSERT INTO signaling.call_event (organisation_id, call_id, kind, at, person, seat, name,
                                        role, by_person, detail)
      SELECT organisation_id, id, $2, $3, $4, $5, $6, $7, $8, $9 FROM signaling.call WHERE id = $1
      """;

  private static final String CAME =
      """
      INSERT INTO signaling.attendance (organisation_id, call_id, person, seat, name, role, came_at,
                                        joined_at)
      SELECT organisation_id, call_id, person, $3, name, $4, $5, $6 FROM signaling.ticket
       WHERE call_id = $1 AND person = $2 ORDER BY used_at DESC NULLS LAST LIMIT 1
      ON CONFLICT (call_id, person) WHERE left_at IS NULL
      DO UPDATE SET joined_at = coalesce(attendance.joined_at, excluded.joined_at),
                    role = excluded.role, seat = excluded.seat
      """;

  private static final String ROLE =
      """
      UPDATE signaling.attendance SET role = $3
       WHERE call_id = $1 AND person = $2 AND left_at IS NULL
      """;

  private static final String COUNT =
      """
      UPDATE signaling.attendance
         SET losses = losses + $3, returns = returns + $4, restarts = restarts + $5
       WHERE call_id = $1 AND person = $2 AND left_at IS NULL
      """;

  /** Who was seated when a server stopped, and resumes at another, attends again. */
  private static final String ATTENDS_AGAIN =
      """
      INSERT INTO signaling.attendance (organisation_id, call_id, person, seat, name, role, came_at,
                                        joined_at)
      SELECT organisation_id, call_id, person, $3, name, role, $4, $4 FROM signaling.attendance
       WHERE call_id = $1 AND person = $2 ORDER BY id DESC LIMIT 1
      ON CONFLICT (call_id, person) WHERE left_at IS NULL DO NOTHING
      """;

  private static final String WENT =
      """
      UPDATE signaling.attendance SET left_at = $3, left_reason = $4
       WHERE call_id = $1 AND person = $2 AND left_at IS NULL RETURNING id
      """;

  private static final String ALL_WENT =
      """
      UPDATE signaling.attendance SET left_at = $2, left_reason = $3
       WHERE call_id = $1 AND left_at IS NULL RETURNING id, person
      """;

  private static final String LINK =
      """
      INSERT INTO signaling.link_summary (organisation_id, attendance_id, call_id, written_at,
                                          samples, up_kbps, down_kbps, round_trip_ms, loss_permille)
      SELECT organisation_id, id, call_id, $2, $3, $4, $5, $6, $7
        FROM signaling.attendance WHERE id = $1
      ON CONFLICT (attendance_id) DO NOTHING
      """;

  private static final String SITTINGS =
      "SELECT person, joined_at, left_at FROM signaling.attendance WHERE call_id = $1";

  private static final String LAST_LEFT =
      """
      SELECT left_reason FROM signaling.attendance
       WHERE call_id = $1 AND left_at IS NOT NULL ORDER BY left_at DESC, id DESC LIMIT 1
      """;

  private static final String OUTCOME =
      "UPDATE signaling.call SET outcome = $2, end_reason = $3 WHERE id = $1";

  private static final String UNUSED =
      """
      UPDATE signaling.call c
         SET ended_at = $1, outcome = 'nobody-came', end_reason = 'unused'
       WHERE ended_at IS NULL AND started_at IS NULL AND opened_at < $2
         AND NOT EXISTS (SELECT FROM signaling.ticket t
                          WHERE t.call_id = c.id AND t.expires_at > $1)
      """;

  private static final String OLD_EVENTS = "DELETE FROM signaling.call_event WHERE at < $1";
  private static final String OLD_LINKS =
      "DELETE FROM signaling.link_summary WHERE written_at < $1";

  /** Writes one event down; needs no more right to the call than to see it. */
  public void event(Tx tx, CallId call, CallEvent event) {
    tx.send(
        EVENT,
        call,
        event.kind(),
        event.at(),
        event.person(),
        event.seat(),
        event.name(),
        event.role(),
        event.byPerson(),
        event.detail());
  }

  /** A person has come: to wait, or into the call; one who waited is let in. */
  public void came(
      Tx tx, CallId call, String person, CallRole role, int seat, Instant at, boolean in) {
    tx.send(CAME, call, person, seat, role, at, in ? at : null);
  }

  /** The person is something else from now on. */
  public void role(Tx tx, CallId call, String person, CallRole role) {
    tx.send(ROLE, call, person, role);
  }

  /** The person's connection was lost. */
  public void lost(Tx tx, CallId call, String person) {
    tx.send(COUNT, call, person, 1, 0, 0);
  }

  /** The person is connected again; after a stop of the server that begins a new attendance. */
  public void returned(Tx tx, CallId call, String person, int seat, Instant at) {
    if (tx.run(COUNT, call, person, 0, 1, 0) == 0) {
      tx.run(ATTENDS_AGAIN, call, person, seat, at);
    }
  }

  /** The person has asked a peer for a new path of the media. */
  public void restarted(Tx tx, CallId call, String person) {
    tx.send(COUNT, call, person, 0, 0, 1);
  }

  /** The person has gone; which attendance that was. */
  public Optional<Long> went(Tx tx, CallId call, String person, String reason, Instant at) {
    return tx.one(WENT, call, person, at, reason).map(row -> row.getLong("id"));
  }

  /** An attendance and whose it is. */
  public record Went(long attendance, String person) {}

  /** Everybody has gone. */
  public List<Went> allWent(Tx tx, CallId call, String reason, Instant at) {
    return tx.list(
        ALL_WENT, row -> new Went(row.getLong("id"), row.getString("person")), call, at, reason);
  }

  /** How the link did during an attendance. */
  public void link(Tx tx, long attendance, LinkSamples.Summary link) {
    tx.run(
        LINK,
        attendance,
        tx.now(),
        link.samples(),
        link.upKbps().map(Spread::array),
        link.downKbps().map(Spread::array),
        link.roundTripMs().map(Spread::array),
        link.lossPermille().map(Spread::array));
  }

  /** What has become of the call, now that it is over. */
  public void outcome(Tx tx, CallId call, String endReason) {
    tx.run(OUTCOME, call, CallOutcome.of(tx.list(SITTINGS, RecordStore::sitting, call)), endReason);
  }

  /** Whether the last who was there was lost rather than gone. */
  public boolean lastWasLost(Tx tx, CallId call) {
    return tx.one(LAST_LEFT, call).filter(row -> row.getString(0).equals("timeout")).isPresent();
  }

  /** Ends the attempts opened before that nobody can use any more. */
  int endUnused(Tx tx, Instant openedBefore) {
    return tx.run(UNUSED, tx.now(), openedBefore);
  }

  /** Forgets what is only of technical interest. */
  int forgetBefore(Tx tx, Instant before) {
    return tx.run(OLD_EVENTS, before) + tx.run(OLD_LINKS, before);
  }

  private static Sitting sitting(Row row) {
    return new Sitting(
        row.getString("person"),
        Rows.optionalInstant(row, "joined_at"),
        Rows.optionalInstant(row, "left_at"));
  }
}
