package org.consilium.records.request;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.access.Standing;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.records.patient.Age;
import org.consilium.records.text.CanonicalJson;
import org.consilium.records.triage.Triage;
import org.consilium.records.triage.Urgency;

/**
 * All SQL about requests. Tables: {@code records.request}, {@code records.request_version} (insert
 * only), from V001__records.sql.
 */
public final class RequestStore {
  private static final String COLUMNS =
      """
      SELECT consult_id, patient_id, site_id, requester_id, revision, content, saved_at, age, triage,
             urgency_requested, urgency_reason, submitted_at
        FROM records.request
      """;

  private static final String FIND = COLUMNS + " WHERE consult_id = $1";

  private static final String LOCK = FIND + " FOR UPDATE";

  private static final String DRAFTS =
      COLUMNS
          + """
           WHERE organisation_id = $1 AND requester_id = $2 AND status = 'draft'
           ORDER BY saved_at DESC, consult_id
          """;

  private static final String ADD =
      """
      INSERT INTO records.request (organisation_id, consult_id, patient_id, site_id, requester_id,
                                   status, revision, content, saved_at)
      VALUES ($1, $2, $3, $4, $5, 'draft', 1, $6, $7) ON CONFLICT DO NOTHING
      """;

  private static final String SAVE =
      """
      UPDATE records.request SET revision = $2, content = $3, saved_at = $4 WHERE consult_id = $1
      """;

  private static final String DISCARD = "DELETE FROM records.request WHERE consult_id = $1";

  private static final String SUBMIT =
      """
      UPDATE records.request
         SET status = 'submitted', age = $2, triage = $3, urgency_computed = $4,
             urgency_requested = $5, urgency_reason = $6, submitted_at = $7
       WHERE consult_id = $1
      """;

  private static final String KEEP_VERSION =
      """
      INSERT INTO records.request_version (organisation_id, consult_id, version, canonical, sha256,
                                           made_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  private static final String IS_SUBMITTED =
      "SELECT FROM records.request WHERE consult_id = $1 AND status = 'submitted'";

  public Optional<Request> find(Tx tx, ConsultId consult) {
    return tx.one(FIND, consult).map(RequestStore::request);
  }

  /** The case form as it stands. */
  public Optional<RequestContent> content(Tx tx, ConsultId consult) {
    return find(tx, consult).map(Request::content);
  }

  /** Locks the row until the transaction ends: two devices may send at once. */
  public Optional<Request> lock(Tx tx, ConsultId consult) {
    return tx.one(LOCK, consult).map(RequestStore::request);
  }

  /** The caller's own drafts, the newest first. */
  List<Request> drafts(Tx tx) {
    return tx.list(
        DRAFTS, RequestStore::request, tx.caller().organisation(), tx.caller().account());
  }

  /** Whether the consult has been sent, so that others may write to it. */
  public boolean isSubmitted(Tx tx, ConsultId consult) {
    return tx.one(IS_SUBMITTED, consult).isPresent();
  }

  /** False when another device was first. */
  boolean add(Tx tx, Standing standing, RequestContent content) {
    return tx.run(
            ADD,
            standing.owner(),
            standing.consult(),
            standing.patient(),
            standing.site(),
            tx.caller().account(),
            json(content),
            tx.now())
        == 1;
  }

  void save(Tx tx, ConsultId consult, int revision, RequestContent content) {
    tx.run(SAVE, consult, revision, json(content), tx.now());
  }

  void discard(Tx tx, ConsultId consult) {
    tx.run(DISCARD, consult);
  }

  /** Fixes what was sent, as columns and as the bytes that nobody can change. */
  void submit(Tx tx, Standing standing, Request sent) {
    var fixed = sent.sent().orElseThrow();
    tx.run(
        SUBMIT,
        sent.consult(),
        json(fixed.age()),
        json(fixed.triage()),
        fixed.triage().urgency(),
        fixed.urgencyRequested(),
        fixed.urgencyReason(),
        fixed.submittedAt());
    var canonical = CanonicalJson.bytes(sent);
    tx.run(
        KEEP_VERSION,
        standing.owner(),
        sent.consult(),
        sent.revision(),
        canonical,
        Secrets.sha256(canonical),
        tx.now());
  }

  private static JsonObject json(Object value) {
    return new JsonObject(Json.text(value));
  }

  private static Request request(Row row) {
    return new Request(
        new ConsultId(row.getUUID("consult_id")),
        new PatientId(row.getUUID("patient_id")),
        new SiteId(row.getUUID("site_id")),
        new AccountId(row.getUUID("requester_id")),
        row.getInteger("revision"),
        Rows.json(row, "content", RequestContent.class),
        Rows.instant(row, "saved_at"),
        Rows.optionalInstant(row, "submitted_at")
            .map(at ->
                new Request.Sent(
                    Rows.json(row, "age", Age.class),
                    Rows.json(row, "triage", Triage.class),
                    Wire.parse(Urgency.class, row.getString("urgency_requested")),
                    Optional.ofNullable(row.getString("urgency_reason")),
                    at)));
  }
}
