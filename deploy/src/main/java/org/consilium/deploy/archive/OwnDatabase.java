package org.consilium.deploy.archive;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.consilium.deploy.Settings;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.Durability;
import org.consilium.platform.database.embedded.EmbeddedPostgres;

/** The database that the settings name, whether the server runs or not. */
final class OwnDatabase implements AutoCloseable {
  private final Optional<EmbeddedPostgres> own;
  private final DatabaseAddress address;

  private OwnDatabase(Optional<EmbeddedPostgres> own, DatabaseAddress address) {
    this.own = own;
    this.address = address;
  }

  static OwnDatabase of(Settings settings) {
    var folder = settings.data().resolve("postgres");
    var running = settings.database().or(() -> EmbeddedPostgres.running(folder));
    if (running.isPresent()) {
      return new OwnDatabase(Optional.empty(), running.get());
    }
    var started = EmbeddedPostgres.start(folder, Durability.DURABLE);
    return new OwnDatabase(Optional.of(started), started.address());
  }

  DatabaseAddress address() {
    return address;
  }

  /** A connection of the tables' owner, in a transaction. */
  static Connection connect(DatabaseAddress address) throws SQLException {
    var connection =
        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public void close() {
    own.ifPresent(EmbeddedPostgres::close);
  }
}
