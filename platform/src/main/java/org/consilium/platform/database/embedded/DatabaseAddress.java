package org.consilium.platform.database.embedded;

import java.util.Objects;

/**
 * Where one PostgreSQL database answers and how to sign in to it.
 *
 * @param host a host name or address
 * @param port its TCP port, 1 to 65535
 * @param user the login role
 * @param password the secret of that role; never printed by {@link #toString()}
 * @param database the name of the database
 */
public record DatabaseAddress(
    String host, int port, String user, String password, String database) {

  public DatabaseAddress {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(database, "database");
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 1 to 65535, not " + port);
    }
  }

  /** The same server and user, another database. */
  public DatabaseAddress withDatabase(String name) {
    return new DatabaseAddress(host, port, user, password, name);
  }

  /** The address for the JDBC driver, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return "postgresql://" + user + ":[hidden]@" + host + ":" + port + "/" + database;
  }
}
