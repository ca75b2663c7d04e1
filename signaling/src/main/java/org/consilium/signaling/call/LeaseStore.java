package org.consilium.signaling.call;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;
import org.consilium.signaling.relay.KeptSeat;
import org.consilium.signaling.relay.Lease;

/**
 * All SQL about which node serves a call, and the seats it keeps; from V006__nodes.sql. Ages are
 * counted by the database's clock, because nodes' clocks differ.
 */
final class LeaseStore {
  private static final String CLAIM =
      """
      UPDATE signaling.call c
         SET node = $2, term = term + 1, leased_at = clock_timestamp(), orphaned_at = NULL,
             ended_at = NULL
       WHERE id = $1 AND (node IS NULL OR ended_at IS NOT NULL) AND (ended_at IS NULL OR $3)
         AND NOT EXISTS (SELECT FROM signaling.call other
                          WHERE other.consult_id = c.consult_id AND other.ended_at IS NULL
                            AND other.id <> c.id)
      """;

  private static final String TAKE_OVER =
      """
      UPDATE signaling.call
         SET node = $2, term = term + 1, leased_at = clock_timestamp(), orphaned_at = NULL
       WHERE id = $1 AND term = $3 AND ended_at IS NULL
      """;

  private static final String LEASE =
      """
      SELECT consult_id, node, term, last_seat,
             coalesce(extract(epoch FROM clock_timestamp() - leased_at), 0)::float8 AS age
        FROM signaling.call WHERE id = $1 AND ended_at IS NULL AND node IS NOT NULL
      """;

  private static final String SEATS =
      """
      SELECT person, name, role, roles, state, since, number, epoch, seat_until, token_sha256
        FROM signaling.seat WHERE call_id = $1 ORDER BY number
      """;

  /** What is written in an earlier term than the call's is without effect. */
  private static final String KEEP =
      """
      WITH served AS (
        UPDATE signaling.call SET last_seat = greatest(last_seat, $9)
         WHERE id = $1 AND node = $2 RETURNING organisation_id)
      INSERT INTO signaling.seat (organisation_id, call_id, person, name, role, roles, state, since,
                                  number, epoch, seat_until, token_sha256)
      SELECT organisation_id, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM served
      ON CONFLICT (call_id, person) DO UPDATE
         SET name = $4, role = $5, roles = $6, state = $7, since = $8, number = $9, epoch = $10,
             seat_until = $11, token_sha256 = $12
      """;

  private static final String GIVE_UP =
      """
      DELETE FROM signaling.seat s USING signaling.call c
       WHERE s.call_id = $1 AND s.person = $3 AND c.id = s.call_id AND c.node = $2
      """;

  private static final String RELEASE =
      "UPDATE signaling.call SET node = NULL WHERE id = $1 AND node = $2";

  private static final String ALL_AWAY =
      """
      UPDATE signaling.seat s SET state = 'away' FROM signaling.call c
       WHERE s.call_id = $1 AND s.state = 'present' AND c.id = s.call_id AND c.node = $2
      """;

  private static final String HELD =
      "SELECT id, term FROM signaling.call WHERE id = ANY($1) AND node = $2";

  private static final String SERVED_ELSEWHERE =
      "SELECT FROM signaling.call WHERE id = $1 AND ended_at IS NULL AND node <> $2";

  private static final String OTHER_NODES =
      """
      SELECT DISTINCT node FROM signaling.call
       WHERE ended_at IS NULL AND started_at IS NOT NULL AND node IS DISTINCT FROM $1
      """;

  private static final String ORPHAN =
      """
      UPDATE signaling.call SET orphaned_at = $2
       WHERE ended_at IS NULL AND started_at IS NOT NULL AND orphaned_at IS NULL
         AND node IS NOT DISTINCT FROM $1
      """;

  private static final String NO_ORPHAN =
      "UPDATE signaling.call SET orphaned_at = NULL WHERE node = $1 AND orphaned_at IS NOT NULL";

  private static final String IDLE =
      """
      SELECT id, consult_id FROM signaling.call
       WHERE ended_at IS NULL AND started_at IS NOT NULL AND node = $1 AND NOT id = ANY($2)
         AND leased_at <= clock_timestamp() - $3::float8 * interval '1 second' FOR UPDATE
      """;

  private static final String LEFT_BEHIND =
      """
      SELECT id, consult_id FROM signaling.call
       WHERE ended_at IS NULL AND orphaned_at <= $1 FOR UPDATE SKIP LOCKED
      """;

  private static final CallId NO_CALL = new CallId(new UUID(0, 0));

  /** A call and the term in which it is held. */
  record Held(CallId call, long term) {}

  /**
   * Makes the call this node's if it is nobody's.
   *
   * @param anew whether a call that is over goes on
   */
  void claim(Tx tx, CallId call, String node, boolean anew) {
    tx.run(CLAIM, call, node, anew);
  }

  void takeOver(Tx tx, CallId call, String node, long seen) {
    tx.run(TAKE_OVER, call, node, seen);
  }

  /** Who serves the call; empty when it is over or there is none. */
  Optional<Lease> lease(Tx tx, CallId call) {
    return tx.one(LEASE, call)
        .map(row -> {
          var consult = new ConsultId(row.getUUID("consult_id"));
          return new Lease(
              call,
              consult,
              row.getString("node"),
              row.getLong("term"),
              Duration.ofMillis(Math.round(row.getDouble("age") * 1_000)),
              row.getInteger("last_seat"),
              // Nobody has sat in a call whose first seat is still to be given.
              row.getInteger("last_seat") == 0
                  ? List.of()
                  : tx.list(SEATS, seat -> seat(seat, call, consult), call));
        });
  }

  void keep(Tx tx, String node, CallId call, KeptSeat seat) {
    var who = seat.admission();
    tx.send(
        KEEP,
        call,
        node,
        who.person(),
        who.displayName(),
        who.role(),
        who.roles(),
        state(seat),
        seat.since(),
        seat.number(),
        seat.epoch(),
        who.until(),
        Base64.getUrlDecoder().decode(seat.tokenPrint()));
  }

  private static String state(KeptSeat seat) {
    if (!seat.admitted()) {
      return "waiting";
    }
    return seat.present() ? "present" : "away";
  }

  void giveUp(Tx tx, String node, CallId call, String person) {
    tx.send(GIVE_UP, call, node, person);
  }

  /** The node serves the call no more; its seats are kept for whoever does next. */
  void release(Tx tx, String node, CallId call) {
    tx.run(ALL_AWAY, call, node);
    tx.run(RELEASE, call, node);
  }

  /** Which of these calls the node holds, and in which term. */
  List<Held> held(Tx tx, String node, Collection<CallId> calls) {
    return tx.list(
        HELD, row -> new Held(new CallId(row.getUUID("id")), row.getLong("term")), calls, node);
  }

  boolean isServedElsewhere(Tx tx, String node, CallId call) {
    return tx.one(SERVED_ELSEWHERE, call, node).isPresent();
  }

  /** The other nodes that calls are said to be served by; an empty one stands for nobody. */
  List<Optional<String>> otherNodes(Tx tx, String node) {
    return tx.list(OTHER_NODES, row -> Optional.ofNullable(row.getString("node")), node);
  }

  /** Notes since when nobody serves the calls of this node. */
  void orphan(Tx tx, Optional<String> node) {
    tx.run(ORPHAN, node, tx.now());
  }

  void noOrphan(Tx tx, String node) {
    tx.run(NO_ORPHAN, node);
  }

  /** Calls that nobody has served since {@code since}. */
  List<CallStore.CallOfConsult> leftBehind(Tx tx, Instant since) {
    return tx.list(LEFT_BEHIND, LeaseStore::callOfConsult, since);
  }

  /** Calls that the node took at least {@code age} ago and that are not among its rooms. */
  List<CallStore.CallOfConsult> idle(Tx tx, String node, Collection<CallId> rooms, Duration age) {
    // The driver cannot tell the type of an array of none.
    var known = rooms.isEmpty() ? List.of(NO_CALL) : rooms;
    return tx.list(IDLE, LeaseStore::callOfConsult, node, known, (double) age.toSeconds());
  }

  private static CallStore.CallOfConsult callOfConsult(Row row) {
    return new CallStore.CallOfConsult(
        new CallId(row.getUUID("id")), new ConsultId(row.getUUID("consult_id")));
  }

  private static KeptSeat seat(Row row, CallId call, ConsultId consult) {
    boolean admitted = !row.getString("state").equals("waiting");
    return new KeptSeat(
        row.getInteger("number"),
        new Admission(
            call,
            consult,
            row.getString("person"),
            row.getString("name"),
            Wire.parse(CallRole.class, row.getString("role")),
            Arrays.stream(row.getArrayOfStrings("roles"))
                .map(role -> Wire.parse(CallRole.class, role))
                .collect(Collectors.toSet()),
            admitted ? AdmissionMode.DIRECT : AdmissionMode.WAITS,
            Rows.instant(row, "seat_until")),
        admitted,
        row.getString("state").equals("present"),
        row.getInteger("epoch"),
        Rows.instant(row, "since"),
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(row.getBuffer("token_sha256").getBytes()));
  }
}
