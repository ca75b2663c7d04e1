package org.consilium.deploy.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Streams rows out of PostgreSQL as lines of JSON. COPY hands over one row at a time, however many
 * there are.
 */
final class RowLines {
  /** Quote and delimiter are characters that JSON never has, so that a line is its text alone. */
  private static final String COPY =
      "COPY (%s) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02', ENCODING 'UTF8')";

  private RowLines() {}

  static long copy(Connection connection, Table table, UUID organisation, OutputStream into)
      throws SQLException, IOException {
    return connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut(COPY.formatted(table.lines(organisation)), into);
  }
}
