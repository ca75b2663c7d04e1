package org.consilium.records.consent;

import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.Uuid7;

/**
 * All SQL about consents. Tables: {@code records.consent_text}, {@code records.consent} (insert
 * only), from V001__records.sql and V006__consent.sql.
 */
public final class ConsentStore {
  private static final String SHIPPED = "catalogue/consent-texts-2026-1.json";

  private static final String TEXTS =
      """
      SELECT DISTINCT ON (purpose, language) purpose, language, version, body, required
        FROM records.consent_text
       WHERE (organisation_id = platform.current_organisation() OR organisation_id IS NULL)
         AND in_force_from <= $1
       ORDER BY purpose, language, organisation_id NULLS LAST, in_force_from DESC, version DESC
      """;

  private static final String ADD_TEXT =
      """
      INSERT INTO records.consent_text (organisation_id, purpose, language, version, body, required,
                                        in_force_from)
      VALUES (NULL, $1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
      """;

  private static final String ADD =
      """
      INSERT INTO records.consent (organisation_id, id, consult_id, patient_id, purpose, decision,
          given_by, relation, form, language, text_version, witness, waiver_reason, recorded_by, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      """;

  /** Goes with the newest yes: what was read for it is what is taken back. */
  private static final String WITHDRAW =
      """
      INSERT INTO records.consent (organisation_id, id, consult_id, patient_id, purpose, decision,
          given_by, relation, form, language, text_version, witness, recorded_by, at, reason,
          not_recalled, seen_by, notes_signed, files_read)
      SELECT organisation_id, $3, consult_id, patient_id, purpose, 'withdrawn', $5, $6, $7,
             language, text_version, $8, $9, $10, $11, $12,
             (SELECT count(DISTINCT t.account_id) FROM platform.care_team t
               WHERE t.consult_id = $2 AND t.relation <> 'requester'),
             (SELECT count(*) FROM records.note_version n
               WHERE n.organisation_id = $1 AND n.consult_id = $2),
             (SELECT count(DISTINCT e.subject) FROM platform.audit_event e
               WHERE e.consult_id = $2 AND e.action = 'attachment.read'
                 AND e.actor_id IN (SELECT t.account_id FROM platform.care_team t
                                     WHERE t.consult_id = $2 AND t.relation <> 'requester'))
        FROM records.consent
       WHERE organisation_id = $1 AND consult_id = $2 AND purpose = $4 AND decision = 'granted'
       ORDER BY at DESC, id DESC LIMIT 1
      """;

  private static final String STATE = "SELECT records.consent_state($1, $2) AS state";

  private static final String WITHOUT_VIDEO =
      """
      SELECT id FROM unnest($1::uuid[]) AS id
       WHERE records.consent_state(id, 'live-video') IN ('refused', 'withdrawn')
      """;

  private static final String KEPT =
      """
      SELECT c.id, c.purpose, c.decision, c.given_by, c.relation, c.form, c.language,
             c.text_version, c.witness, c.waiver_reason, c.recorded_by, c.at, c.reason,
             c.not_recalled, c.seen_by, c.notes_signed, c.files_read,
             (SELECT t.body FROM records.consent_text t
               WHERE t.purpose = c.purpose AND t.language = c.language
                 AND t.version = c.text_version
                 AND (t.organisation_id = c.organisation_id OR t.organisation_id IS NULL)
               ORDER BY t.organisation_id NULLS LAST LIMIT 1) AS body
        FROM records.consent c
       WHERE c.organisation_id = $1 AND c.consult_id = $2 ORDER BY c.at, c.id
      """;

  private static final String OF_CONSULT =
      """
      SELECT purpose, decision, given_by, at FROM records.consent
       WHERE organisation_id = $1 AND consult_id = $2 ORDER BY at, id
      """;

  /** Adds the shipped texts to the table, where they were not yet. */
  public static void load(Tx tx) {
    for (var text : Json.read(shipped(), ConsentText[].class)) {
      tx.run(
          ADD_TEXT,
          text.purpose(),
          text.language(),
          text.version(),
          text.body(),
          text.required(),
          tx.now());
    }
  }

  /** The texts in force for the caller's organisation, one a purpose and language. */
  public List<ConsentText> texts(Tx tx) {
    return tx.list(TEXTS, ConsentStore::text, tx.now());
  }

  /** Keeps a decision; it is never changed afterwards. */
  public void add(Tx tx, Standing standing, NewConsent consent) {
    tx.run(
        ADD,
        standing.owner(),
        Uuid7.next(),
        standing.consult(),
        standing.patient(),
        consent.purpose(),
        consent.decision(),
        consent.givenBy(),
        consent.relation(),
        consent.form(),
        consent.language(),
        consent.textVersion(),
        consent.witness(),
        consent.waiverReason(),
        tx.caller().account(),
        tx.now());
  }

  /** Keeps that the newest yes to a purpose was taken back, with what cannot be recalled. */
  void withdraw(Tx tx, Standing standing, Withdrawal withdrawal) {
    tx.asServer(() ->
        tx.run(
            WITHDRAW,
            standing.owner(),
            standing.consult(),
            Uuid7.next(),
            withdrawal.purpose(),
            withdrawal.givenBy(),
            withdrawal.relation(),
            withdrawal.form(),
            withdrawal.witness(),
            tx.caller().account(),
            tx.now(),
            withdrawal.reason(),
            withdrawal.notRecalled()));
  }

  /** How a purpose stands now; empty when nobody was asked. */
  Optional<NewConsent.Decision> state(Tx tx, ConsultId consult, ConsentPurpose purpose) {
    return tx.one(STATE, consult, purpose)
        .map(row -> row.getString("state"))
        .map(state -> Wire.parse(NewConsent.Decision.class, state));
  }

  /** Which of these consults, never none, have a no to live video; in one statement. */
  Set<ConsultId> withoutVideo(Tx tx, Collection<ConsultId> consults) {
    return Set.copyOf(tx.list(WITHOUT_VIDEO, row -> new ConsultId(row.getUUID("id")), consults));
  }

  /** Every decision with all that is known of it, oldest first. */
  List<KeptConsent> kept(Tx tx, Standing standing) {
    return tx.list(KEPT, ConsentStore::kept, standing.owner(), standing.consult());
  }

  private static KeptConsent kept(Row row) {
    return new KeptConsent(
        row.getUUID("id"),
        Wire.parse(ConsentPurpose.class, row.getString("purpose")),
        Wire.parse(NewConsent.Decision.class, row.getString("decision")),
        Wire.parse(NewConsent.GivenBy.class, row.getString("given_by")),
        Optional.ofNullable(row.getString("relation")),
        Wire.parse(NewConsent.Form.class, row.getString("form")),
        row.getString("language"),
        row.getString("text_version"),
        Optional.ofNullable(row.getString("body")),
        Optional.ofNullable(row.getString("witness")),
        Optional.ofNullable(row.getString("waiver_reason")),
        new AccountId(row.getUUID("recorded_by")),
        Rows.instant(row, "at"),
        Optional.ofNullable(row.getString("reason")).map(why -> gone(row, why)));
  }

  private static KeptConsent.TakenBack gone(Row row, String reason) {
    return new KeptConsent.TakenBack(
        reason,
        Optional.ofNullable(row.getString("not_recalled")),
        row.getInteger("seen_by"),
        row.getInteger("notes_signed"),
        row.getInteger("files_read"));
  }

  /** What was decided for this consult, in order. */
  public List<Consent> of(Tx tx, Standing standing) {
    return tx.list(OF_CONSULT, ConsentStore::consent, standing.owner(), standing.consult());
  }

  private static ConsentText text(Row row) {
    return new ConsentText(
        Wire.parse(ConsentPurpose.class, row.getString("purpose")),
        row.getString("language"),
        row.getString("version"),
        row.getString("body"),
        row.getBoolean("required"));
  }

  private static Consent consent(Row row) {
    return new Consent(
        Wire.parse(ConsentPurpose.class, row.getString("purpose")),
        Wire.parse(NewConsent.Decision.class, row.getString("decision")),
        Wire.parse(NewConsent.GivenBy.class, row.getString("given_by")),
        Rows.instant(row, "at"));
  }

  private static byte[] shipped() {
    try (var in = ConsentStore.class.getClassLoader().getResourceAsStream(SHIPPED)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(SHIPPED, e);
    }
  }
}
