package org.consilium.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.consilium.platform.database.Migrations;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.testing.TestServer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A database of the first version, with something in every table that later versions change, is
 * brought to this one, by an owner who is no superuser: forced row security hides rows from it.
 */
class UpgradeIT {
  /** What the first version consisted of, in the order of migrating. */
  private static final List<Map.Entry<String, String>> FIRST =
      List.of(
          Map.entry("platform", "004"),
          Map.entry("scheduling", "004"),
          Map.entry("records", "001"),
          Map.entry("signaling", "001"));

  private final DatabaseAddress address = TestServer.createDatabase();

  @AfterEach
  void drop() {
    TestServer.drop(address);
  }

  @Test
  void rows_of_the_first_version_are_kept() throws Exception {
    Migrations.run(address, List.of());
    FIRST.forEach(this::migrateTo);
    try (var connection = connect();
        var rows = UpgradeIT.class.getResourceAsStream("first-version.sql")) {
      execute(connection, new String(rows.readAllBytes(), StandardCharsets.UTF_8));
    }

    Migrations.run(address, Server.SCHEMAS);

    try (var connection = connect()) {
      execute(connection, "SET ROLE consilium_worker");
      assertThat(text(connection, "SELECT roles::text FROM signaling.ticket"))
          .isEqualTo("{clinician}");
      assertThat(text(connection, "SELECT count(*) FROM signaling.call")).isEqualTo("1");
      assertThat(text(connection, "SELECT count(*) FROM scheduling.booking")).isEqualTo("2");
      assertThat(text(connection, "SELECT count(*) FROM scheduling.volunteer_licence"))
          .isEqualTo("1");
      assertThat(text(connection, "SELECT state FROM scheduling.volunteer_licence"))
          .isEqualTo("verified");
      assertThat(text(connection, "SELECT count(*) FROM scheduling.offer")).isEqualTo("1");
      assertThat(text(connection, "SELECT count(*) FROM scheduling.on_call_shift")).isEqualTo("1");
    }
  }

  private void migrateTo(Map.Entry<String, String> module) {
    var schema = module.getKey();
    try (var connection = connect()) {
      execute(
          connection,
          "CREATE SCHEMA %1$s; GRANT USAGE ON SCHEMA %1$s TO consilium_app, consilium_worker"
              .formatted(schema));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Flyway.configure()
        .dataSource(address.jdbcUrl(), address.user(), address.password())
        .schemas(schema)
        .defaultSchema(schema)
        .locations("classpath:db/" + schema)
        .table("schema_history")
        .loggers("slf4j")
        .target(module.getValue())
        .load()
        .migrate();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
