package org.consilium.records.health;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;

/**
 * All SQL about items of health summaries. Table: {@code records.clinical_item} (insert only), from
 * V011__clinical_item.sql; reads {@code records.patient} for who was merged with whom, and {@code
 * platform.consult}.
 */
final class HealthStore {
  /** The person that {@code $2} is a record of: all records that were merged into one. */
  private static final String PERSON =
      """
      WITH RECURSIVE up (id, depth) AS (
        SELECT $2::uuid, 0
        UNION ALL
        SELECT p.merged_into, u.depth + 1
          FROM up u JOIN records.patient p ON p.organisation_id = $1 AND p.id = u.id
         WHERE p.merged_into IS NOT NULL),
      person (id) AS (
        (SELECT id FROM up ORDER BY depth DESC LIMIT 1)
        UNION
        SELECT p.id FROM person m
          JOIN records.patient p ON p.organisation_id = $1 AND p.merged_into = m.id)
      """;

  private static final String COLUMNS =
      """
      SELECT i.item_id, i.version, i.patient_id, i.kind, i.none_known, i.text, i.code_system, i.code,
             i.status, i.verification, i.onset_on, i.onset_precision, i.ended_on, i.ended_precision,
             i.dose, i.dose_number, i.lot, i.consult_id, i.reason, i.asserted_by, i.asserted_at
        FROM records.clinical_item i
       WHERE i.organisation_id = $1 AND i.patient_id IN (SELECT id FROM person)
      """;

  private static final String NEWEST =
      """
         AND NOT EXISTS (SELECT FROM records.clinical_item n
                          WHERE n.organisation_id = i.organisation_id AND n.item_id = i.item_id
                            AND n.version > i.version)
      """;

  private static final String OF_PERSON = PERSON + COLUMNS + NEWEST + " ORDER BY i.seq DESC";

  private static final String VERSIONS =
      PERSON + COLUMNS + " AND i.item_id = $3 ORDER BY i.version DESC";

  private static final String TAKEN =
      "SELECT 1 FROM records.clinical_item WHERE organisation_id = $1 AND item_id = $2 LIMIT 1";

  private static final String IS_CONSULT_OF =
      PERSON
          + """
          SELECT 1 FROM platform.consult c
           WHERE c.organisation_id = $1 AND c.id = $3 AND c.patient_id IN (SELECT id FROM person)
          """;

  private static final String TEAMS =
      PERSON
          + """
          SELECT t.consult_id, t.account_id
            FROM platform.consult c
            JOIN platform.care_team t ON t.consult_id = c.id AND t.until IS NULL
           WHERE c.organisation_id = $1 AND c.patient_id IN (SELECT id FROM person)
             AND c.kept_home_since IS NULL
          """;

  private static final String INSERT =
      """
      INSERT INTO records.clinical_item (organisation_id, item_id, version, patient_id, kind, act,
          none_known, text, code_system, code, status, verification, onset_on, onset_precision,
          ended_on, ended_precision, dose, dose_number, lot, consult_id, reason, asserted_by,
          asserted_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
              $20, $21, $22, $23)
      """;

  /** What holds of the person that this is a record of, errors too; the latest saying first. */
  List<HealthItem> ofPerson(Tx tx, OrganisationId owner, PatientId patient) {
    return tx.list(OF_PERSON, HealthStore::item, owner, patient);
  }

  /** All versions of an item of that person, the newest first. */
  List<HealthItem> versions(Tx tx, OrganisationId owner, PatientId patient, HealthItemId id) {
    return tx.list(VERSIONS, HealthStore::item, owner, patient, id);
  }

  boolean isTaken(Tx tx, OrganisationId owner, HealthItemId id) {
    return tx.one(TAKEN, owner, id).isPresent();
  }

  boolean isConsultOf(Tx tx, OrganisationId owner, PatientId patient, ConsultId consult) {
    return tx.one(IS_CONSULT_OF, owner, patient, consult).isPresent();
  }

  /** Who is on the care team of each consult about that person now. */
  Map<ConsultId, List<AccountId>> teams(Tx tx, OrganisationId owner, PatientId patient) {
    return tx.rows(TEAMS, owner, patient).stream()
        .collect(
            groupingBy(
                row -> new ConsultId(row.getUUID("consult_id")),
                mapping(row -> new AccountId(row.getUUID("account_id")), toList())));
  }

  /** Keeps one more version, by the caller and now. */
  void add(Tx tx, OrganisationId owner, String act, HealthItem item) {
    tx.run(
        INSERT,
        owner,
        item.id(),
        item.version(),
        item.patient(),
        item.kind(),
        act,
        item.noneKnown(),
        item.text(),
        item.code().map(HealthItem.Code::system),
        item.code().map(HealthItem.Code::code),
        item.status(),
        item.verification(),
        item.onset().map(PartialDate::from),
        item.onset().map(PartialDate::precision),
        item.ended().map(PartialDate::from),
        item.ended().map(PartialDate::precision),
        item.dose(),
        item.doseNumber(),
        item.lot(),
        item.consult(),
        item.reason(),
        item.assertedBy(),
        item.assertedAt());
  }

  private static HealthItem item(Row row) {
    return new HealthItem(
        new HealthItemId(row.getUUID("item_id")),
        new PatientId(row.getUUID("patient_id")),
        Wire.parse(HealthItem.Kind.class, row.getString("kind")),
        row.getInteger("version"),
        row.getBoolean("none_known"),
        text(row, "text"),
        text(row, "code").map(code -> new HealthItem.Code(row.getString("code_system"), code)),
        Wire.parse(HealthItem.Status.class, row.getString("status")),
        Wire.parse(HealthItem.Verification.class, row.getString("verification")),
        date(row, "onset"),
        date(row, "ended"),
        text(row, "dose"),
        Optional.ofNullable(row.getInteger("dose_number")),
        text(row, "lot"),
        Optional.ofNullable(row.getUUID("consult_id")).map(ConsultId::new),
        text(row, "reason"),
        new AccountId(row.getUUID("asserted_by")),
        Rows.instant(row, "asserted_at"));
  }

  private static Optional<String> text(Row row, String column) {
    return Optional.ofNullable(row.getString(column));
  }

  private static Optional<PartialDate> date(Row row, String name) {
    return Optional.ofNullable(row.getLocalDate(name + "_on"))
        .map(from ->
            new PartialDate(
                from, Wire.parse(PartialDate.Precision.class, row.getString(name + "_precision"))));
  }
}
