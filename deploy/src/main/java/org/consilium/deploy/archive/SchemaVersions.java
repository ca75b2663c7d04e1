package org.consilium.deploy.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How far the schemas of a database are migrated. */
final class SchemaVersions {
  private static final String NEWEST =
      """
      SELECT version FROM %s.schema_history WHERE success AND version IS NOT NULL
       ORDER BY string_to_array(version, '.')::int[] DESC LIMIT 1
      """;

  private SchemaVersions() {}

  static Map<String, String> of(Connection connection, List<String> schemas) throws SQLException {
    var versions = new TreeMap<String, String>();
    try (var statement = connection.createStatement()) {
      for (var schema : schemas) {
        try (var rows = statement.executeQuery(NEWEST.formatted(schema))) {
          versions.put(schema, rows.next() ? rows.getString(1) : "none");
        }
      }
    }
    return versions;
  }
}
