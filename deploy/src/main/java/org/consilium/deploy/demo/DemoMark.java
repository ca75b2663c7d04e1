package org.consilium.deploy.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.consilium.platform.Platform;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.records.Records;
import org.consilium.scheduling.Scheduling;
import org.consilium.signaling.Signaling;

/**
 * What stands in a database before the server opens it. The mark is a comment of the schema, so
 * that it is there with the data or not at all, and a fill that was cut off is known as such.
 */
final class DemoMark {
  private static final String UNFINISHED = "demonstration data, not finished";
  private static final String WHOLE = "demonstration data";

  /** Those that name others come first. */
  private static final List<String> SCHEMAS =
      List.of(Signaling.SCHEMA, Records.SCHEMA, Scheduling.SCHEMA, Platform.SCHEMA);

  enum Found {
    /** Nobody has used it. */
    EMPTY,
    /** A fill was cut off: nothing in it is anybody's own. */
    UNFINISHED,
    /** Made by {@link DemoData}, perhaps used since. */
    DEMO,
    /** Somebody's own data. */
    OWN,
    /** It does not answer; the start of the server says so better. */
    AWAY
  }

  private final DatabaseAddress address;

  DemoMark(DatabaseAddress address) {
    this.address = address;
  }

  Found read() {
    try (var connection = connect()) {
      return read(connection);
    } catch (SQLException away) {
      return Found.AWAY;
    }
  }

  private static Found read(Connection connection) throws SQLException {
    if (text(connection, "SELECT to_regclass('platform.organisation')::text") == null) {
      return Found.EMPTY;
    }
    var mark = text(connection, "SELECT obj_description('platform'::regnamespace)");
    if (UNFINISHED.equals(mark)) {
      return Found.UNFINISHED;
    }
    if (WHOLE.equals(mark)) {
      return Found.DEMO;
    }
    var organisation = text(connection, "SELECT id::text FROM platform.organisation LIMIT 1");
    return organisation == null ? Found.EMPTY : Found.OWN;
  }

  void begin() {
    comment(UNFINISHED);
  }

  void finish() {
    comment(WHOLE);
  }

  /** Removes the tables of a fill that was cut off; the next start makes them anew. */
  void clear() {
    for (var schema : SCHEMAS) {
      execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
  }

  private void comment(String mark) {
    execute("COMMENT ON SCHEMA platform IS '" + mark + "'");
  }

  private void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("The database refused: " + sql, e);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }
}
