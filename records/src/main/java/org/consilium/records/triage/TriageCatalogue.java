package org.consilium.records.triage;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.consilium.platform.database.Rows;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Json;

/**
 * Which triage rules hold for whom: a network's own newest version, else the one that comes with
 * this build. Table: {@code records.triage_rules}, from V001__records.sql.
 */
public final class TriageCatalogue {
  private static final String SHIPPED = "catalogue/triage-2026-1.json";

  private static final String CURRENT =
      """
      SELECT version, content FROM records.triage_rules
       WHERE (organisation_id = platform.current_organisation() OR organisation_id IS NULL)
         AND in_force_from <= $1
       ORDER BY organisation_id NULLS LAST, in_force_from DESC, version DESC LIMIT 1
      """;

  private static final String ADD =
      """
      INSERT INTO records.triage_rules (organisation_id, version, content, in_force_from)
      VALUES (NULL, $1, $2, $3) ON CONFLICT DO NOTHING
      """;

  private final Map<String, TriageRules> read = new ConcurrentHashMap<>();

  /** The rules that come with this build. */
  public static TriageRules shipped() {
    return Json.read(shippedBytes(), TriageRules.class);
  }

  /** Adds the shipped version to the table, where it was not yet. */
  public static void load(Tx tx) {
    var text = new String(shippedBytes(), StandardCharsets.UTF_8);
    tx.run(ADD, shipped().version(), new JsonObject(text), tx.now());
  }

  /** The rules in force for the caller's organisation now. */
  public TriageRules current(Tx tx) {
    return tx.one(CURRENT, tx.now())
        .map(this::rules)
        .orElseThrow(() -> new IllegalStateException("no triage rules are in force"));
  }

  /** A version's content never changes, so text that was read before is not read again. */
  private TriageRules rules(Row row) {
    var content = row.getJsonObject("content").encode();
    return read.computeIfAbsent(content, _ -> Rows.json(row, "content", TriageRules.class));
  }

  private static byte[] shippedBytes() {
    try (var in = TriageCatalogue.class.getClassLoader().getResourceAsStream(SHIPPED)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(SHIPPED, e);
    }
  }
}
