package org.consilium.platform.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings a database to this build's tables: extensions, roles, then each module's own schema. */
public final class Migrations {
  /** uuidv7(), virtual generated columns and temporal keys begin here. */
  private static final int POSTGRES_MAJOR_MIN = 18;

  private static final String PREPARE =
      """
      SELECT pg_advisory_xact_lock(1);
      CREATE EXTENSION IF NOT EXISTS btree_gist;
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      CREATE EXTENSION IF NOT EXISTS unaccent;
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'consilium_app') THEN
          CREATE ROLE consilium_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
        END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'consilium_worker') THEN
          CREATE ROLE consilium_worker NOLOGIN NOSUPERUSER NOBYPASSRLS;
        END IF;
        IF NOT pg_has_role(current_user, 'consilium_app', 'SET') THEN
          GRANT consilium_app TO CURRENT_USER WITH SET TRUE;
        END IF;
        IF NOT pg_has_role(current_user, 'consilium_worker', 'SET') THEN
          GRANT consilium_worker TO CURRENT_USER WITH SET TRUE;
        END IF;
      END $$;
      """;

  private Migrations() {}

  /**
   * Migrates {@code modules} in the given order; a module's SQL may name what stands before it.
   *
   * @throws DatabaseUnusable with a sentence for the operator when the server is away, too old, or
   *     refuses the rights that are needed
   */
  public static void run(DatabaseAddress address, List<String> modules) {
    prepare(address, modules);
    modules.forEach(module -> migrate(address, module));
  }

  private static void migrate(DatabaseAddress address, String module) {
    try {
      Flyway.configure()
          .dataSource(address.jdbcUrl(), address.user(), address.password())
          .schemas(module)
          .defaultSchema(module)
          .locations("classpath:db/" + module)
          .table("schema_history")
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new DatabaseUnusable(
          "The tables of %s cannot be brought to this build's version: %s"
              .formatted(module, e.getMessage()),
          e);
    }
  }

  private static void prepare(DatabaseAddress address, List<String> modules) {
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement()) {
      int major = connection.getMetaData().getDatabaseMajorVersion();
      if (major < POSTGRES_MAJOR_MIN) {
        throw new DatabaseUnusable(
            "CONSILIUM_DATABASE_URL names PostgreSQL %d; Consilium needs %d or newer."
                .formatted(major, POSTGRES_MAJOR_MIN));
      }
      statement.execute(PREPARE);
      for (var module : modules) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + module);
        statement.execute(
            "GRANT USAGE ON SCHEMA " + module + " TO consilium_app, consilium_worker");
      }
    } catch (SQLException e) {
      throw new DatabaseUnusable(
          "The database at %s:%d cannot be used: %s"
              .formatted(address.host(), address.port(), e.getMessage()),
          e);
    }
  }

  /** The database is away, too old, or its login may not do what is needed. */
  public static final class DatabaseUnusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    DatabaseUnusable(String sentence) {
      super(sentence);
    }

    DatabaseUnusable(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }
}
