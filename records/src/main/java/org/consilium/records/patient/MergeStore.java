package org.consilium.records.patient;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.PatientId;

/**
 * All SQL about records that are one person, and about those that are alike and are not. Tables:
 * {@code records.patient_merge}, {@code patient_unmerge}, {@code patient_distinct}, from
 * V005__patients.sql; reads {@code patient_version}.
 */
final class MergeStore {
  private static final String COLUMNS =
      """
      SELECT m.id, m.survivor_id, m.merged_id, m.survivor_before, m.merged_before, m.reason,
             m.merged_by, m.merged_at, u.reason AS unmerge_reason, u.unmerged_by, u.unmerged_at
        FROM records.patient_merge m
        LEFT JOIN records.patient_unmerge u
          ON u.organisation_id = m.organisation_id AND u.merge_id = m.id
       WHERE m.organisation_id = $1
      """;

  private static final String OF_PATIENT =
      COLUMNS + " AND (m.survivor_id = $2 OR m.merged_id = $2) ORDER BY m.seq DESC";

  private static final String NEWEST_INTO =
      COLUMNS + " AND m.survivor_id = $2 AND u.merge_id IS NULL ORDER BY m.seq DESC LIMIT 1";

  private static final String INSERT =
      """
      INSERT INTO records.patient_merge (organisation_id, id, survivor_id, merged_id,
          survivor_before, merged_before, reason, merged_by, merged_at)
      VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7, $8)
      """;

  private static final String INSERT_UNDONE =
      """
      INSERT INTO records.patient_unmerge (organisation_id, merge_id, reason, unmerged_by,
                                           unmerged_at)
      VALUES ($1, $2, $3, $4, $5)
      """;

  private static final String INSERT_DISTINCT =
      """
      INSERT INTO records.patient_distinct (organisation_id, patient_id, other_id, decided_by,
                                            decided_at)
      VALUES ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4, $5)
      ON CONFLICT DO NOTHING
      """;

  private static final String DISTINCT =
      """
      SELECT CASE patient_id WHEN $2 THEN other_id ELSE patient_id END AS other
        FROM records.patient_distinct
       WHERE organisation_id = $1 AND (patient_id = $2 OR other_id = $2)
      """;

  private static final String VERSIONS =
      """
      SELECT version, act, reason, particulars, revised_by, revised_at
        FROM records.patient_version
       WHERE organisation_id = $1 AND patient_id = $2 ORDER BY version
      """;

  /** What a record said from {@code at} on. */
  record Version(
      int version,
      String act,
      Optional<String> reason,
      JsonNode particulars,
      AccountId by,
      Instant at) {}

  /** All merges of a record with another, undone ones too, the newest first. */
  List<Merge> ofPatient(Tx tx, PatientId id) {
    return tx.list(OF_PATIENT, MergeStore::merge, tx.caller().organisation(), id);
  }

  /** The newest merge into this record that still holds. */
  Optional<Merge> newestInto(Tx tx, PatientId survivor) {
    return tx.one(NEWEST_INTO, tx.caller().organisation(), survivor).map(MergeStore::merge);
  }

  void add(Tx tx, Patient survivor, Patient merged, String reason) {
    tx.run(
        INSERT,
        tx.caller().organisation(),
        survivor.id(),
        merged.id(),
        new JsonObject(Json.text(survivor.particulars())),
        new JsonObject(Json.text(merged.particulars())),
        reason,
        tx.caller().account(),
        tx.now());
  }

  void undo(Tx tx, Merge merge, String reason) {
    tx.run(
        INSERT_UNDONE,
        tx.caller().organisation(),
        merge.id(),
        reason,
        tx.caller().account(),
        tx.now());
  }

  void keepApart(Tx tx, PatientId one, PatientId other) {
    tx.run(
        INSERT_DISTINCT, tx.caller().organisation(), one, other, tx.caller().account(), tx.now());
  }

  /** Of whom it was said that they are alike and yet other people. */
  List<PatientId> keptApart(Tx tx, PatientId id) {
    return tx.list(
        DISTINCT, row -> new PatientId(row.getUUID("other")), tx.caller().organisation(), id);
  }

  /** What the record has said, the oldest first. */
  List<Version> versions(Tx tx, PatientId id) {
    return tx.list(
        VERSIONS,
        row ->
            new Version(
                row.getInteger("version"),
                row.getString("act"),
                Optional.ofNullable(row.getString("reason")),
                Rows.json(row, "particulars", JsonNode.class),
                new AccountId(row.getUUID("revised_by")),
                Rows.instant(row, "revised_at")),
        tx.caller().organisation(),
        id);
  }

  private static Merge merge(Row row) {
    return new Merge(
        row.getUUID("id"),
        new PatientId(row.getUUID("survivor_id")),
        new PatientId(row.getUUID("merged_id")),
        Rows.json(row, "survivor_before", PatientParticulars.class),
        Rows.json(row, "merged_before", PatientParticulars.class),
        row.getString("reason"),
        new AccountId(row.getUUID("merged_by")),
        Rows.instant(row, "merged_at"),
        Optional.ofNullable(row.getUUID("unmerged_by"))
            .map(by ->
                new Merge.Undone(
                    row.getString("unmerge_reason"),
                    new AccountId(by),
                    Rows.instant(row, "unmerged_at"))));
  }
}
