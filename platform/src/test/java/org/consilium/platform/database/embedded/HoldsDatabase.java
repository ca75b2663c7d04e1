package org.consilium.platform.database.embedded;

import java.nio.file.Path;
import java.sql.DriverManager;

/**
 * A program for {@link EmbeddedPostgresIT} to kill: holds a durable server on the folder in its
 * first argument, commits one row, prints the server's process id, then waits to be killed.
 */
final class HoldsDatabase {
  private HoldsDatabase() {}

  public static void main(String[] arguments) throws Exception {
    try (var postgres =
        EmbeddedPostgres.start(Path.of(arguments[0]), Durability.DURABLE, Path.of(arguments[1]))) {
      var address = postgres.address();
      try (var connection =
              DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE IF NOT EXISTS kept (word text)");
        statement.execute("INSERT INTO kept VALUES ('committed')");
        connection.setAutoCommit(false);
        statement.execute("INSERT INTO kept VALUES ('not committed')");
        System.out.println("server " + postgres.pid());
        Thread.sleep(Long.MAX_VALUE);
      }
    } catch (EmbeddedPostgresException refused) {
      System.out.println("refused " + refused.getMessage());
    }
  }
}
