package org.consilium.records.request;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.List;
import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.triage.Triage;
import org.consilium.records.triage.Urgency;

/** All SQL about supplements. Table: {@code records.supplement} (insert only), V003__forms.sql. */
public final class SupplementStore {
  private static final String OF =
      """
      SELECT content, triage, urgency_before, added_by, added_at
        FROM records.supplement WHERE consult_id = $1 ORDER BY seq
      """;

  private static final String ADD =
      """
      INSERT INTO records.supplement (organisation_id, id, consult_id, content, triage,
                                      urgency_before, urgency_computed, added_by, added_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  /** Oldest first. */
  List<Supplement> of(Tx tx, ConsultId consult) {
    return tx.list(OF, SupplementStore::supplement, consult);
  }

  void add(Tx tx, Standing standing, Supplement supplement) {
    tx.run(
        ADD,
        standing.owner(),
        supplement.content().id(),
        standing.consult(),
        json(supplement.content()),
        json(supplement.triage()),
        supplement.before(),
        supplement.triage().urgency(),
        supplement.addedBy(),
        supplement.addedAt());
  }

  private static JsonObject json(Object value) {
    return new JsonObject(Json.text(value));
  }

  private static Supplement supplement(Row row) {
    return new Supplement(
        Rows.json(row, "content", Supplement.Content.class),
        new AccountId(row.getUUID("added_by")),
        Rows.instant(row, "added_at"),
        Wire.parse(Urgency.class, row.getString("urgency_before")),
        Rows.json(row, "triage", Triage.class));
  }
}
