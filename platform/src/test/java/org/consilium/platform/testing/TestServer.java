package org.consilium.platform.testing;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.Durability;
import org.consilium.platform.database.embedded.EmbeddedPostgres;

/**
 * The one PostgreSQL server of a test JVM: started at its first use below {@code target}, ended
 * with the JVM. Every test class takes a database of its own, so tests cannot meet.
 */
public final class TestServer {
  private static final Path FOLDER = Path.of("target", "postgres");

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestServer() {}

  /** Makes an empty database. */
  public static DatabaseAddress createDatabase() {
    return createDatabaseFrom("template0");
  }

  /**
   * Makes a copy of the database {@code template}, which nobody may be connected to meanwhile. Only
   * names of the caller's own making: the name is not quoted.
   */
  public static DatabaseAddress createDatabaseFrom(String template) {
    var name = "test_" + NUMBER.incrementAndGet();
    execute("CREATE DATABASE " + name + " TEMPLATE " + template);
    return Running.POSTGRES.address().withDatabase(name);
  }

  /** Removes a database that {@link #createDatabase()} made, cutting off whoever uses it. */
  public static void drop(DatabaseAddress database) {
    execute("DROP DATABASE " + database.database() + " WITH (FORCE)");
  }

  private static void execute(String sql) {
    var main = Running.POSTGRES.address().withDatabase("postgres");
    try (var connection =
            DriverManager.getConnection(main.jdbcUrl(), main.user(), main.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /** Initialised by the JVM once, by the first thread that asks; others wait. */
  private static final class Running {
    static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      var folder = FOLDER.resolve("server-" + ProcessHandle.current().pid());
      var postgres = EmbeddedPostgres.start(folder, Durability.FAST, FOLDER.resolve("binaries"));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, folder)));
      return postgres;
    }

    private static void stop(EmbeddedPostgres postgres, Path folder) {
      postgres.close();
      TestFolders.delete(folder);
    }
  }
}
