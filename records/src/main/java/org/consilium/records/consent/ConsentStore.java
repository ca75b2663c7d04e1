package org.consilium.records.consent;

import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.Uuid7;

/**
 * All SQL about consents. Tables: {@code records.consent_text}, {@code records.consent} (insert
 * only), from V001__records.sql.
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
