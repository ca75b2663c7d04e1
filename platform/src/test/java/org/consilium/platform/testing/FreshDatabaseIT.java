package org.consilium.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.junit.jupiter.api.Test;

class FreshDatabaseIT {
  @Test
  void every_database_is_empty_and_a_copy_has_what_its_template_has() throws SQLException {
    var template = TestServer.createDatabase();
    run(template, "CREATE TABLE seed AS SELECT 1 AS value");

    var copy = TestServer.createDatabaseFrom(template.database());
    var fresh = TestServer.createDatabase();

    assertThat(tables(copy)).isEqualTo(1);
    assertThat(tables(fresh)).isZero();
    TestServer.drop(copy);
    TestServer.drop(fresh);
    TestServer.drop(template);
  }

  private static int tables(DatabaseAddress database) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void run(DatabaseAddress database, String sql) throws SQLException {
    try (var connection = connect(database);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(DatabaseAddress database) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
