package org.consilium.records.triage;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
  /** Oldest first: the last one holds where nobody has rules of their own. */
  private static final List<String> SHIPPED = List.of("2026-1", "2026-2");

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

  /** The newest rules that come with this build. */
  public static TriageRules shipped() {
    return shipped(SHIPPED.getLast());
  }

  /** One version of the rules that come with this build. */
  public static TriageRules shipped(String version) {
    return Json.read(bytes(version), TriageRules.class);
  }

  /** Adds the shipped versions to the table, where they were not yet. */
  public static void load(Tx tx) {
    for (var version : SHIPPED) {
      var text = new String(bytes(version), StandardCharsets.UTF_8);
      tx.run(ADD, version, new JsonObject(text), tx.now());
    }
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

  private static byte[] bytes(String version) {
    var name = "catalogue/triage-" + version + ".json";
    try (var in = TriageCatalogue.class.getClassLoader().getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
