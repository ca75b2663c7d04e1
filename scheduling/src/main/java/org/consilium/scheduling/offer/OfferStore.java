package org.consilium.scheduling.offer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.matching.Term;

/** All SQL about offers and their timers. Tables from V003__consult.sql. */
final class OfferStore {
  private static final String COLUMNS =
      """
      SELECT o.id, o.organisation_id, o.consult_id, o.specialist_id, o.lane, o.status, o.sent_at,
             o.expires_at, o.answered_at, o.rank, o.terms, o.about, o.refusal_reason,
             o.refusal_comment, o.patient_id
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
             sent_at, expires_at, rank, terms, weights_version, about, offered_by, patient_id)
      VALUES ($1, $2, $3, $4, $5, 'open', $6, $7, $8, $9, $10, $11, $12, $13)
      """;
  private static final String SAVE =
      """
      UPDATE scheduling.offer
         SET status = $2, answered_at = $3, refusal_reason = $4, refusal_comment = $5
       WHERE id = $1
      """;
  private static final String SET_TIMER =
      """
      INSERT INTO scheduling.timer (id, consult_id, offer_id, step, due_at, targets_version)
      VALUES ($1, $2, $3, 'offer-expiry', $4, $5)
      """;
  private static final String CLAIM_TIMER =
      """
      SELECT id, consult_id, offer_id FROM scheduling.timer
       WHERE fired_at IS NULL AND due_at <= $1
       ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
      """;
  private static final String FIRED = "UPDATE scheduling.timer SET fired_at = $2 WHERE id = $1";
  private static final String POSTPONE =
      "UPDATE scheduling.timer SET due_at = $2, failures = failures + 1 WHERE id = $1";

  /** An offer, and what it says. */
  record Kept(Offer offer, PatientId patient, int rank, List<Term> terms, About about) {
    Subject subject() {
      return Subject.consult(offer.consult(), patient).part("offer", offer.id());
    }
  }

  /** One timer that is due, held until the transaction ends. */
  record Timer(UUID id, ConsultId consult, OfferId offer) {}

  /** A new offer before it is sent. */
  record Draft(
      Offer offer,
      PatientId patient,
      int rank,
      List<Term> terms,
      String weightsVersion,
      About about,
      int targets) {}

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

  /** Sends it, and sets the timer of its end. */
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
        draft.patient());
    tx.run(SET_TIMER, Uuid7.next(), o.consult(), o.id(), o.expiresAt(), draft.targets());
  }

  void save(Tx tx, Offer offer) {
    tx.run(SAVE, offer.id(), offer.status(), offer.answeredAt(), offer.reason(), offer.comment());
  }

  /** The timer that is due longest and that no other worker holds. */
  Optional<Timer> claimTimer(Tx tx) {
    return tx.one(CLAIM_TIMER, tx.now())
        .map(row ->
            new Timer(
                row.getUUID("id"),
                new ConsultId(row.getUUID("consult_id")),
                new OfferId(row.getUUID("offer_id"))));
  }

  void fired(Tx tx, Timer timer) {
    tx.run(FIRED, timer.id(), tx.now());
  }

  void postpone(Tx tx, UUID timer, Instant until) {
    tx.run(POSTPONE, timer, until);
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
        Rows.json(row, "about", About.class));
  }
}
