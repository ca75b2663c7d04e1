package org.consilium.deploy.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.consilium.deploy.Settings;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.Durability;
import org.consilium.platform.database.embedded.EmbeddedPostgres;

/**
 * Re-checks every hash, chain and signature of the signed notes, and that what is shown is what was
 * signed. Reads only; needs the database and the public keys, whether the server runs or not.
 *
 * <p>Exit status 0: all hold; 1: at least one does not, each named in a line; 2: it could not be
 * checked.
 */
public final class VerifyNotes {
  private VerifyNotes() {}

  public static void main(String[] arguments) {
    try {
      var settings = Settings.from(System.getenv());
      var keys =
          arguments.length > 0
              ? Path.of(arguments[0])
              : settings.data().resolve("keys").resolve("public");
      System.exit(run(settings, keys) ? 0 : 1);
    } catch (SQLException | JsonProcessingException | RuntimeException e) {
      System.err.println("The notes could not be checked. " + e.getMessage());
      System.exit(2);
    }
  }

  private static boolean run(Settings settings, Path keys)
      throws SQLException, JsonProcessingException {
    var folder = settings.data().resolve("postgres");
    Optional<DatabaseAddress> running =
        settings.database().or(() -> EmbeddedPostgres.running(folder));
    if (running.isPresent()) {
      return run(running.get(), keys);
    }
    try (var own = EmbeddedPostgres.start(folder, Durability.DURABLE)) {
      return run(own.address(), keys);
    }
  }

  private static boolean run(DatabaseAddress address, Path folder)
      throws SQLException, JsonProcessingException {
    var broken = new AtomicLong();
    try (var connection = open(address)) {
      long checked =
          KeptNotes.check(
              connection,
              Signer.publicKeys(folder),
              line -> {
                broken.incrementAndGet();
                System.out.println(line);
              });
      System.out.printf("%d signed versions checked, %d faults.%n", checked, broken.get());
    }
    return broken.get() == 0;
  }

  /** A transaction that sees one moment, reads only, and streams. */
  private static Connection open(DatabaseAddress address) throws SQLException {
    var connection =
        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var statement = connection.createStatement()) {
      statement.execute("SET ROLE consilium_worker");
    }
    return connection;
  }
}
