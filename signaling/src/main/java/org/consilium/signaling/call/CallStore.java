package org.consilium.signaling.call;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.SignIn;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.AdmissionMode;
import org.consilium.signaling.relay.CallRole;

/** All SQL about calls, seats and tickets, from V001__call.sql and V003__ticket_rights.sql. */
final class CallStore {
  private static final String OPEN =
      """
      INSERT INTO signaling.call (organisation_id, id, consult_id, opened_at)
      VALUES ($1, $2, $3, $4) ON CONFLICT (consult_id) WHERE ended_at IS NULL DO NOTHING
      """;

  private static final String FIND_OPEN =
      "SELECT id, started_at FROM signaling.call WHERE consult_id = $1 AND ended_at IS NULL";

  private static final String SEATS =
      "SELECT name, role, state FROM signaling.seat WHERE call_id = $1 ORDER BY since, person";

  private static final String TICKET =
      """
      INSERT INTO signaling.ticket (ticket_sha256, organisation_id, call_id, consult_id, person,
                                    guest_id, name, role, roles, mode, seat_until, expires_at,
                                    issued_at, sign_in, membership_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      """;

  private static final String ISSUED_SINCE =
      """
      SELECT count(*) AS tickets, min(issued_at) AS first_at
        FROM signaling.ticket WHERE person = $1 AND issued_at > $2
      """;

  private static final String REDEEM =
      """
      UPDATE signaling.ticket t
         SET used_at = $2,
             call_id = coalesce((SELECT c.id FROM signaling.call c
                                  WHERE c.consult_id = t.consult_id AND c.ended_at IS NULL),
                                t.call_id)
       WHERE ticket_sha256 = $1 AND used_at IS NULL AND expires_at > $2
         AND signaling.right_lost(t, $2) IS NULL
      RETURNING call_id, consult_id, person, name, role, roles, mode, seat_until,
                EXISTS (SELECT FROM signaling.call c
                         WHERE c.id = t.call_id AND (c.ended_at IS NOT NULL OR c.node IS NULL))
                  AS unserved
      """;

  private static final String REOPEN =
      """
      UPDATE signaling.call
         SET ended_at = NULL, node = $2, term = term + 1, leased_at = clock_timestamp(),
             orphaned_at = NULL
       WHERE id = $1 AND (ended_at IS NOT NULL OR node IS NULL)
      """;

  // The end of the same call may have been written down after the ticket was redeemed.
  private static final String STARTED =
      """
      UPDATE signaling.call c
         SET started_at = coalesce(started_at, $2),
             node = coalesce(node, $3),
             ended_at = CASE WHEN EXISTS (SELECT FROM signaling.call other
                                           WHERE other.consult_id = c.consult_id
                                             AND other.ended_at IS NULL)
                             THEN ended_at END
       WHERE id = $1
      """;
  private static final String ENDED =
      """
      UPDATE signaling.call SET ended_at = $2, node = NULL, orphaned_at = NULL
       WHERE id = $1 AND ended_at IS NULL AND (node = $3 OR node IS NULL OR orphaned_at IS NOT NULL)
      """;
  private static final String EMPTY = "DELETE FROM signaling.seat WHERE call_id = $1";
  private static final String ABOUT =
      "SELECT consult_id, organisation_id FROM signaling.call WHERE id = $1";

  /** Which consult a call is about, and whose that is. */
  record About(ConsultId consult, OrganisationId owner) {}

  /**
   * What a ticket was good for.
   *
   * @param unserved whether nobody serves its call
   */
  record Redeemed(Admission admission, boolean unserved) {}

  record OpenCall(CallId id, Instant startedAt) {}

  record Issued(long tickets, Optional<Instant> firstAt) {}

  record SeatRow(String name, String role, String state) {}

  record CallOfConsult(CallId call, ConsultId consult) {}

  /** The consult's open call, made if there is none. Two at once get the same. */
  CallId open(Tx tx, OrganisationId owner, ConsultId consult) {
    tx.run(OPEN, owner, CallId.random(), consult, tx.now());
    return findOpen(tx, consult).orElseThrow().id();
  }

  Optional<OpenCall> findOpen(Tx tx, ConsultId consult) {
    return tx.one(FIND_OPEN, consult)
        .map(row -> new OpenCall(new CallId(row.getUUID("id")), Rows.instant(row, "started_at")));
  }

  List<SeatRow> seats(Tx tx, CallId call) {
    return tx.list(
        SEATS,
        row -> new SeatRow(row.getString("name"), row.getString("role"), row.getString("state")),
        call);
  }

  void keepTicket(
      Tx tx,
      String ticket,
      OrganisationId owner,
      Admission admission,
      TicketHolder holder,
      Instant expiresAt) {
    tx.run(
        TICKET,
        Secrets.sha256(ticket),
        owner,
        admission.call(),
        admission.consult(),
        admission.person(),
        holder.guest(),
        admission.displayName(),
        admission.role(),
        admission.roles(),
        admission.mode(),
        admission.until(),
        expiresAt,
        tx.now(),
        holder.signIn().map(SignIn::id),
        holder.signIn().map(SignIn::membership));
  }

  /** How many tickets a person has been given after {@code since}, and when the first of them. */
  Issued issuedSince(Tx tx, String person, Instant since) {
    var row = tx.one(ISSUED_SINCE, person, since).orElseThrow();
    return new Issued(row.getLong("tickets"), Rows.optionalInstant(row, "first_at"));
  }

  /**
   * Uses the ticket up; empty when it is not good. It leads to the call that the consult has now,
   * or to the one that it was for if there is none.
   */
  Optional<Redeemed> redeem(Tx tx, String ticket) {
    return tx.one(REDEEM, Secrets.sha256(ticket), tx.now())
        .map(row -> new Redeemed(admission(row), row.getBoolean("unserved")));
  }

  /** A call that is over goes on, and one that nobody serves is {@code node}'s from now on. */
  void reopen(Tx tx, CallId call, String node) {
    tx.run(REOPEN, call, node);
  }

  void started(Tx tx, CallId call, String node, Instant at) {
    tx.send(STARTED, call, at, node);
  }

  /** False when it was over, or goes on at another node. */
  boolean ended(Tx tx, CallId call, String node, Instant at) {
    if (tx.run(ENDED, call, at, node) == 0) {
      return false;
    }
    tx.run(EMPTY, call);
    return true;
  }

  Optional<About> about(Tx tx, CallId call) {
    return tx.one(ABOUT, call)
        .map(row ->
            new About(
                new ConsultId(row.getUUID("consult_id")),
                new OrganisationId(row.getUUID("organisation_id"))));
  }

  private static Admission admission(Row row) {
    return new Admission(
        new CallId(row.getUUID("call_id")),
        new ConsultId(row.getUUID("consult_id")),
        row.getString("person"),
        row.getString("name"),
        Wire.parse(CallRole.class, row.getString("role")),
        roles(row),
        Wire.parse(AdmissionMode.class, row.getString("mode")),
        Rows.instant(row, "seat_until"));
  }

  private static Set<CallRole> roles(Row row) {
    return Arrays.stream(row.getArrayOfStrings("roles"))
        .map(role -> Wire.parse(CallRole.class, role))
        .collect(Collectors.toSet());
  }
}
