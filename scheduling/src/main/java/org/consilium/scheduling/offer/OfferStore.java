package org.consilium.scheduling.offer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.matching.Term;

/** All SQL about offers. Table: {@code scheduling.offer}, from V003__consult.sql. */
final class OfferStore {
  private static final String COLUMNS =
      """
      SELECT o.id, o.organisation_id, o.consult_id, o.specialist_id, o.lane, o.status, o.sent_at,
             o.expires_at, o.answered_at, o.rank, o.terms, o.about, o.refusal_reason,
             o.refusal_comment, o.patient_id, o.seen_at, o.reminded_at, o.passed_on, o.colleague_id,
             o.rang
        FROM scheduling.offer o
      """;
  private static final String FIND = COLUMNS + " WHERE o.id = $1";
  private static final String LOCK = COLUMNS + " WHERE o.id = $1 FOR UPDATE";
  private static final String OPEN_OF_CONSULT =
      COLUMNS + " WHERE o.consult_id = $1 AND o.status = 'open' ORDER BY o.id FOR UPDATE";
  private static final String OF_CONSULT =
      COLUMNS + " WHERE o.consult_id = $1 ORDER BY o.sent_at, o.id";
  private static final String OF_SPECIALIST =
      COLUMNS
          + """
           WHERE o.specialist_id = $1
           ORDER BY (o.status = 'open') DESC,
                    CASE WHEN o.status = 'open' THEN o.expires_at END, o.sent_at DESC
           LIMIT $2
          """;
  private static final String CONSULTS_ASKING =
      """
      SELECT consult_id FROM scheduling.offer WHERE specialist_id = $1 AND status = 'open'
       ORDER BY consult_id
      """;
  private static final String INSERT =
      """
      INSERT INTO scheduling.offer (id, organisation_id, consult_id, specialist_id, lane, status,
             sent_at, expires_at, rank, terms, weights_version, about, offered_by, patient_id, rang)
      VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;
  private static final String SAVE =
      """
      UPDATE scheduling.offer
         SET status = $2, answered_at = $3, refusal_reason = $4, refusal_comment = $5
       WHERE id = $1
      """;
  private static final String SEEN =
      "UPDATE scheduling.offer SET seen_at = $2 WHERE id = $1 AND seen_at IS NULL";
  private static final String REMINDED =
      "UPDATE scheduling.offer SET reminded_at = $2 WHERE id = $1";
  private static final String PASSED_ON =
      "UPDATE scheduling.offer SET passed_on = true WHERE id = $1";
  private static final String NAME_COLLEAGUE =
      "UPDATE scheduling.offer SET colleague_id = $2 WHERE id = $1";
  private static final String COLLEAGUES =
      """
      SELECT colleague_id, specialist_id FROM scheduling.offer
       WHERE consult_id = $1 AND colleague_id IS NOT NULL ORDER BY answered_at DESC
      """;
  private static final String BUDGETS =
      """
      SELECT v.account_id, v.ring_budget, (
               SELECT count(*)::int FROM scheduling.offer o
                WHERE o.specialist_id = v.account_id AND o.rang AND o.sent_at > $2) AS rung
        FROM scheduling.volunteer v
       WHERE v.account_id = ANY($1::uuid[])
      """;
  private static final Duration WEEK = Duration.ofDays(7);

  /** An offer, and what it says. */
  record Kept(
      Offer offer, PatientId patient, int rank, List<Term> terms, About about, Trace trace) {
    Subject subject() {
      return Subject.consult(offer.consult(), patient).part("offer", offer.id());
    }
  }

  /**
   * What happened to it while it waited.
   *
   * @param seenAt when the specialist first opened it
   * @param passedOn the next one was asked while it still waited
   * @param colleague whom the specialist named instead
   */
  record Trace(
      Optional<Instant> seenAt,
      Optional<Instant> remindedAt,
      boolean passedOn,
      Optional<AccountId> colleague,
      boolean rang) {}

  /** A new offer before it is sent. */
  record Draft(
      Offer offer,
      PatientId patient,
      int rank,
      List<Term> terms,
      String weightsVersion,
      About about,
      boolean rings) {}

  Optional<Kept> find(Tx tx, OfferId id) {
    return tx.one(FIND, id).map(OfferStore::kept);
  }

  /** Always after the consult is locked, so that two never wait for each other. */
  Optional<Kept> lock(Tx tx, OfferId id) {
    return tx.one(LOCK, id).map(OfferStore::kept);
  }

  List<Kept> lockOpen(Tx tx, ConsultId consult) {
    return tx.list(OPEN_OF_CONSULT, OfferStore::kept, consult);
  }

  /** The consults that are offered to somebody now, in the order in which they are locked. */
  List<ConsultId> consultsAsking(Tx tx, AccountId specialist) {
    return tx.list(CONSULTS_ASKING, row -> new ConsultId(row.getUUID("consult_id")), specialist);
  }

  List<Kept> ofConsult(Tx tx, ConsultId consult) {
    return tx.list(OF_CONSULT, OfferStore::kept, consult);
  }

  List<Kept> ofSpecialist(Tx tx, AccountId specialist, int limit) {
    return tx.list(OF_SPECIALIST, OfferStore::kept, specialist, limit);
  }

  void insert(Tx tx, Draft draft, Optional<AccountId> offeredBy) {
    var o = draft.offer();
    tx.run(
        INSERT,
        o.id(),
        o.organisation(),
        o.consult(),
        o.specialist(),
        o.lane(),
        o.sentAt(),
        o.expiresAt(),
        draft.rank(),
        new JsonArray(Json.text(draft.terms())),
        draft.weightsVersion(),
        new JsonObject(Json.text(draft.about())),
        offeredBy,
        draft.patient(),
        draft.rings());
  }

  void save(Tx tx, Offer offer) {
    tx.run(SAVE, offer.id(), offer.status(), offer.answeredAt(), offer.reason(), offer.comment());
  }

  /** False when it was opened before. */
  boolean seen(Tx tx, OfferId id) {
    return tx.run(SEEN, id, tx.now()) == 1;
  }

  void reminded(Tx tx, OfferId id) {
    tx.run(REMINDED, id, tx.now());
  }

  void passedOn(Tx tx, OfferId id) {
    tx.run(PASSED_ON, id);
  }

  void nameColleague(Tx tx, OfferId id, AccountId colleague) {
    tx.run(NAME_COLLEAGUE, id, colleague);
  }

  /** Whom those who refused have named instead, the latest first, each with who named them. */
  Map<AccountId, AccountId> colleagues(Tx tx, ConsultId consult) {
    var named = new LinkedHashMap<AccountId, AccountId>();
    for (Row row : tx.rows(COLLEAGUES, consult)) {
      named.putIfAbsent(
          new AccountId(row.getUUID("colleague_id")), new AccountId(row.getUUID("specialist_id")));
    }
    return named;
  }

  /**
   * Who of these has been rung as often in the last seven days as they agreed to: for offers, and
   * by hand for calls.
   */
  Set<AccountId> ringBudgetSpent(Tx tx, Collection<AccountId> people, RingsByHand byHand) {
    if (people.isEmpty()) {
      return Set.of();
    }
    var since = tx.now().minus(WEEK);
    var calls = byHand.since(tx, people, since);
    var spent = new HashSet<AccountId>();
    for (Row row : tx.rows(BUDGETS, people, since)) {
      var who = new AccountId(row.getUUID("account_id"));
      if (row.getInteger("rung") + calls.getOrDefault(who, 0) >= row.getInteger("ring_budget")) {
        spent.add(who);
      }
    }
    return spent;
  }

  private static Kept kept(Row row) {
    var offer =
        new Offer(
            new OfferId(row.getUUID("id")),
            new OrganisationId(row.getUUID("organisation_id")),
            new ConsultId(row.getUUID("consult_id")),
            new AccountId(row.getUUID("specialist_id")),
            row.getInteger("lane"),
            Wire.parse(OfferStatus.class, row.getString("status")),
            Rows.instant(row, "sent_at"),
            Rows.instant(row, "expires_at"),
            Rows.optionalInstant(row, "answered_at"),
            Optional.ofNullable(row.getString("refusal_reason"))
                .map(code -> Wire.parse(RefusalReason.class, code)),
            Optional.ofNullable(row.getString("refusal_comment")));
    return new Kept(
        offer,
        new PatientId(row.getUUID("patient_id")),
        row.getInteger("rank"),
        List.of(Rows.json(row, "terms", Term[].class)),
        Rows.json(row, "about", About.class),
        new Trace(
            Rows.optionalInstant(row, "seen_at"),
            Rows.optionalInstant(row, "reminded_at"),
            row.getBoolean("passed_on"),
            Optional.ofNullable(row.getUUID("colleague_id")).map(AccountId::new),
            row.getBoolean("rang")));
  }
}
