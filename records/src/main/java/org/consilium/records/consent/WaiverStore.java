package org.consilium.records.consent;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;

/**
 * All SQL about reviewing emergency waivers. Tables: {@code records.consent}, {@code
 * records.waiver_review} (insert only), from V006__consent.sql.
 */
final class WaiverStore {
  private static final String SELECT =
      """
      SELECT c.consult_id, array_agg(c.purpose ORDER BY c.purpose) AS purposes,
             min(c.waiver_reason) AS reason, (array_agg(c.recorded_by))[1] AS recorded_by,
             min(c.at) AS at, r.finding, r.text, r.reviewed_by, r.at AS reviewed_at
        FROM records.consent c
        LEFT JOIN records.waiver_review r
          ON r.organisation_id = c.organisation_id AND r.consult_id = c.consult_id
       WHERE c.organisation_id = $1 AND c.given_by = 'emergency-waiver'
      """;

  private static final String GROUP =
      " GROUP BY c.consult_id, r.finding, r.text, r.reviewed_by, r.at";

  /** What waits for review first, the oldest of it first; then the newest reviewed. */
  private static final String LIST =
      SELECT
          + GROUP
          + """
           ORDER BY r.at DESC NULLS FIRST, min(c.at) LIMIT 200
          """;

  private static final String OF_CONSULT = SELECT + " AND c.consult_id = $2" + GROUP;

  private static final String REVIEW =
      """
      INSERT INTO records.waiver_review (organisation_id, consult_id, finding, text, reviewed_by, at)
      VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
      """;

  /** Of the caller's organisation. */
  List<Waiver> list(Tx tx) {
    return tx.list(LIST, WaiverStore::waiver, tx.caller().organisation());
  }

  Optional<Waiver> find(Tx tx, Standing standing) {
    return tx.one(OF_CONSULT, standing.owner(), standing.consult()).map(WaiverStore::waiver);
  }

  /** False when somebody has reviewed it already. */
  boolean review(Tx tx, Standing standing, Waiver.Finding finding, Optional<String> text) {
    return tx.run(
            REVIEW,
            standing.owner(),
            standing.consult(),
            finding,
            text,
            tx.caller().account(),
            tx.now())
        == 1;
  }

  private static Waiver waiver(Row row) {
    return new Waiver(
        new ConsultId(row.getUUID("consult_id")),
        Stream.of(row.getArrayOfStrings("purposes"))
            .map(purpose -> Wire.parse(ConsentPurpose.class, purpose))
            .toList(),
        row.getString("reason"),
        new AccountId(row.getUUID("recorded_by")),
        Rows.instant(row, "at"),
        Optional.ofNullable(row.getString("finding")).map(finding -> review(row, finding)));
  }

  private static Waiver.Review review(Row row, String finding) {
    return new Waiver.Review(
        Wire.parse(Waiver.Finding.class, finding),
        Optional.ofNullable(row.getString("text")),
        new AccountId(row.getUUID("reviewed_by")),
        Rows.instant(row, "reviewed_at"));
  }
}
