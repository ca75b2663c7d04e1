package org.consilium.signaling.ring;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.RingId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.signaling.call.OpenConsults;

/** All SQL about rings, from V005__ring.sql. */
final class RingStore {
  private static final String COLUMNS =
      """
      SELECT r.id, r.kind, r.consult_id, r.offer_id, r.caller_id, caller.name AS caller_name,
             r.callee_id, callee.name AS callee_name, r.urgency, r.specialty, r.state, r.reason,
             r.rung_at, r.expires_at, r.ended_at, r.answered_by, r.seen_at IS NOT NULL AS seen
        FROM signaling.ring r
        JOIN platform.account callee ON callee.id = r.callee_id
        LEFT JOIN platform.account caller ON caller.id = r.caller_id
       WHERE
      """;

  private static final String BY_IDS = COLUMNS + "r.id = ANY($1::uuid[]) ORDER BY r.rung_at, r.id";
  private static final String RINGING =
      COLUMNS + "r.consult_id = $1 AND r.callee_id = $2 AND r.state = 'ringing'";
  private static final String CONCERNING =
      COLUMNS
          + """
          (r.callee_id = ANY($1::uuid[]) AND r.state = 'ringing')
             OR (r.caller_id = ANY($1::uuid[]) AND r.rung_at > $2)
          ORDER BY r.rung_at, r.id
          """;
  private static final String OF_CONSULT =
      COLUMNS + "r.consult_id = $1 ORDER BY r.rung_at DESC, r.id LIMIT $2";

  /** An offer that was taken back is nothing to come back to. */
  private static final String UNSEEN =
      """
      r.seen_at IS NULL AND (r.state IN ('missed', 'busy')
             OR (r.state = 'cancelled' AND r.kind = 'call'))
      """;

  private static final String MISSED =
      COLUMNS + "r.callee_id = $1 AND " + UNSEEN + " ORDER BY r.rung_at DESC, r.id LIMIT $2";
  private static final String COUNT_MISSED =
      "SELECT r.callee_id, count(*) AS missed FROM signaling.ring r"
          + " WHERE r.callee_id = ANY($1::uuid[]) AND "
          + UNSEEN
          + " GROUP BY r.callee_id";
  private static final String SEEN =
      """
      UPDATE signaling.ring SET seen_at = $3
       WHERE callee_id = $1 AND id = ANY($2::uuid[]) AND seen_at IS NULL AND state <> 'ringing'
      """;

  private static final String INSERT =
      """
      INSERT INTO signaling.ring (organisation_id, id, consult_id, kind, offer_id, caller_id,
                                  callee_id, urgency, specialty, state, rung_at, expires_at,
                                  ended_at)
      VALUES (platform.owner_of($2), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      ON CONFLICT (consult_id, callee_id) WHERE state = 'ringing' DO NOTHING
      """;

  /** Whoever comes second finds it no longer ringing: one wins. */
  private static final String END =
      """
      UPDATE signaling.ring SET state = $2, reason = $3, ended_at = $4, answered_by = $5
       WHERE id = $1 AND state = 'ringing'
      """;

  private static final String EXPIRE =
      """
      UPDATE signaling.ring SET state = 'missed', ended_at = $1
       WHERE id IN (SELECT id FROM signaling.ring
                     WHERE state = 'ringing' AND expires_at <= $1
                     ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)
      RETURNING id
      """;
  private static final String BY_CALLER =
      """
      SELECT id FROM signaling.ring
       WHERE consult_id = $1 AND caller_id = $2 AND kind = 'call' AND state = 'ringing'
      """;
  private static final String BY_OFFER =
      "SELECT id FROM signaling.ring WHERE offer_id = $1 AND state = 'ringing'";
  private static final String HAS_RUNG =
      "SELECT FROM signaling.ring WHERE offer_id = $1 AND caller_id IS NULL LIMIT 1";
  private static final String OWNER = "SELECT organisation_id FROM signaling.ring WHERE id = $1";
  private static final String RUNG_SINCE =
      "SELECT count(*) AS rings FROM signaling.ring WHERE caller_id = $1 AND rung_at > $2";

  /** Where a person sits now: one of the two, or nowhere. */
  private static final String SEATED =
      """
      SELECT bool_or(c.consult_id = $2) AS here, bool_or(c.consult_id <> $2) AS elsewhere
        FROM signaling.seat s JOIN signaling.call c ON c.id = s.call_id
       WHERE s.person = $1 AND s.state = 'present' AND c.ended_at IS NULL
      """;

  /** What a new ring is made of. */
  record Draft(
      RingId id,
      RingKind kind,
      ConsultId consult,
      Optional<OfferId> offer,
      Optional<AccountId> caller,
      AccountId callee,
      Optional<OpenConsults.Brief> brief,
      RingState state,
      Instant expiresAt) {}

  /** In which calls a person is present. */
  record Seated(boolean here, boolean elsewhere) {}

  List<Ring> byIds(Tx tx, Collection<RingId> ids) {
    return tx.list(BY_IDS, RingStore::ring, ids);
  }

  Optional<Ring> find(Tx tx, RingId id) {
    return byIds(tx, List.of(id)).stream().findFirst();
  }

  Optional<Ring> ringing(Tx tx, ConsultId consult, AccountId callee) {
    return tx.one(RINGING, consult, callee).map(RingStore::ring);
  }

  /** What rings these people, and what they have rung since. */
  List<Ring> concerning(Tx tx, Collection<AccountId> accounts, Instant rungSince) {
    return tx.list(CONCERNING, RingStore::ring, accounts, rungSince);
  }

  List<Ring> ofConsult(Tx tx, ConsultId consult, int max) {
    return tx.list(OF_CONSULT, RingStore::ring, consult, max);
  }

  List<Ring> missed(Tx tx, AccountId callee, int max) {
    return tx.list(MISSED, RingStore::ring, callee, max);
  }

  Map<AccountId, Integer> countMissed(Tx tx, Collection<AccountId> callees) {
    return tx.rows(COUNT_MISSED, callees).stream()
        .collect(
            Collectors.toMap(
                row -> new AccountId(row.getUUID("callee_id")),
                row -> row.getLong("missed").intValue()));
  }

  int seen(Tx tx, AccountId callee, Collection<RingId> ids) {
    return tx.run(SEEN, callee, ids, tx.now());
  }

  /** False when the person is rung about this consult already. */
  boolean insert(Tx tx, Draft draft) {
    return tx.run(
            INSERT,
            draft.id(),
            draft.consult(),
            draft.kind(),
            draft.offer(),
            draft.caller(),
            draft.callee(),
            draft.brief().map(OpenConsults.Brief::urgency),
            draft.brief().flatMap(OpenConsults.Brief::specialty),
            draft.state(),
            tx.now(),
            draft.expiresAt(),
            draft.state() == RingState.RINGING ? null : tx.now())
        == 1;
  }

  /** Ends it; false when it had ended already. */
  boolean end(
      Tx tx, RingId id, RingState how, Optional<DeclineReason> reason, Optional<UUID> answeredBy) {
    return tx.run(END, id, how, reason, tx.now(), answeredBy) == 1;
  }

  /**
   * Claims what rings past its time, and makes it missed. Rows another node holds are passed by.
   */
  List<RingId> expire(Tx tx, int max) {
    return tx.list(EXPIRE, RingStore::id, tx.now(), max);
  }

  List<RingId> byCaller(Tx tx, ConsultId consult, AccountId caller) {
    return tx.list(BY_CALLER, RingStore::id, consult, caller);
  }

  List<RingId> byOffer(Tx tx, OfferId offer) {
    return tx.list(BY_OFFER, RingStore::id, offer);
  }

  /** Whether the server has rung for this offer, now or before. */
  boolean hasRung(Tx tx, OfferId offer) {
    return tx.one(HAS_RUNG, offer).isPresent();
  }

  OrganisationId ownerOf(Tx tx, RingId id) {
    return new OrganisationId(tx.one(OWNER, id).orElseThrow().getUUID("organisation_id"));
  }

  long rungSince(Tx tx, AccountId caller, Instant since) {
    return tx.one(RUNG_SINCE, caller, since).orElseThrow().getLong("rings");
  }

  Seated seated(Tx tx, AccountId person, ConsultId consult) {
    var row = tx.one(SEATED, person.toString(), consult).orElseThrow();
    return new Seated(
        Boolean.TRUE.equals(row.getBoolean("here")),
        Boolean.TRUE.equals(row.getBoolean("elsewhere")));
  }

  private static RingId id(Row row) {
    return new RingId(row.getUUID("id"));
  }

  private static Ring ring(Row row) {
    return new Ring(
        id(row),
        Wire.parse(RingKind.class, row.getString("kind")),
        new ConsultId(row.getUUID("consult_id")),
        Optional.ofNullable(row.getUUID("offer_id")).map(OfferId::new),
        Optional.ofNullable(row.getUUID("caller_id"))
            .map(caller -> new PersonRef(new AccountId(caller), row.getString("caller_name"))),
        new PersonRef(new AccountId(row.getUUID("callee_id")), row.getString("callee_name")),
        Optional.ofNullable(row.getString("urgency")),
        Optional.ofNullable(row.getString("specialty")),
        Wire.parse(RingState.class, row.getString("state")),
        Optional.ofNullable(row.getString("reason")).flatMap(DeclineReason::named),
        Rows.instant(row, "rung_at"),
        Rows.instant(row, "expires_at"),
        Rows.optionalInstant(row, "ended_at"),
        Optional.ofNullable(row.getUUID("answered_by")),
        row.getBoolean("seen"));
  }
}
