package org.consilium.platform.database;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.http.Json;

/** Reads columns as the domain's own types. */
public final class Rows {
  private Rows() {}

  /** A {@code timestamptz}; null stays null. */
  public static Instant instant(Row row, String column) {
    var value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }

  /** A {@code timestamptz} that may be absent. */
  public static Optional<Instant> optionalInstant(Row row, String column) {
    return Optional.ofNullable(instant(row, column));
  }

  /** A {@code uuid}; null stays null. */
  public static UUID uuid(Row row, String column) {
    return row.getUUID(column);
  }

  /** A {@code jsonb} column bound to a record; null stays null. */
  public static <T> T json(Row row, String column, Class<T> type) {
    return switch (row.getJson(column)) {
      case null -> null;
      case JsonObject object -> Json.read(object.toBuffer().getBytes(), type);
      case JsonArray array -> Json.read(array.toBuffer().getBytes(), type);
      case Object other -> Json.MAPPER.convertValue(other, type);
    };
  }
}
