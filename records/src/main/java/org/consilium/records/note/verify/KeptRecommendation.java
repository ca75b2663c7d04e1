package org.consilium.records.note.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.consilium.platform.http.Json;

/** A row of {@code records.recommendation} in the words of the signed bytes. */
final class KeptRecommendation {
  private KeptRecommendation() {}

  /** The columns under the names that the signed content has. */
  static JsonNode content(JsonNode row) {
    var content = Json.MAPPER.createObjectNode();
    copy(row, "kind", content, "kind");
    copy(row, "text", content, "text");
    copy(row, "urgency", content, "urgency");
    copy(row, "drug", content, "drug");
    copy(row, "dose", content, "dose");
    pair(row, "amount_value", "value", "amount_unit", "unit", content, "amount");
    pair(row, "per_kg_value", "value", "weight_kg", "weightKg", content, "perKg");
    copy(row, "route", content, "route");
    copy(row, "frequency", content, "frequency");
    copy(row, "times_per_day", content, "timesPerDay");
    copy(row, "duration_days", content, "durationDays");
    pair(row, "max_per_day_value", "value", "max_per_day_unit", "unit", content, "maxPerDay");
    copy(row, "test", content, "test");
    copy(row, "alternative", content, "alternative");
    content.set("overrides", row.path("overrides"));
    return content;
  }

  /** What was signed before there were overrules had none. */
  static JsonNode signed(JsonNode content) {
    var whole = (ObjectNode) content.deepCopy();
    if (!whole.has("overrides")) {
      whole.putArray("overrides");
    }
    return whole;
  }

  private static void copy(JsonNode row, String column, ObjectNode content, String name) {
    if (row.hasNonNull(column)) {
      content.set(name, row.get(column));
    }
  }

  private static void pair(
      JsonNode row,
      String first,
      String firstName,
      String second,
      String secondName,
      ObjectNode content,
      String name) {
    if (row.hasNonNull(first) || row.hasNonNull(second)) {
      var pair = content.putObject(name);
      copy(row, first, pair, firstName);
      copy(row, second, pair, secondName);
    }
  }
}
