package org.consilium.deploy.bench.records;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import org.postgresql.PGConnection;

/** Rows of one table in the text form of PostgreSQL's COPY. */
final class CopyText {
  private static final HexFormat HEX = HexFormat.of();

  private final String table;
  private final StringBuilder rows = new StringBuilder();

  /** {@code table} with its columns, for example {@code records.patient (id, sex)}. */
  CopyText(String table) {
    this.table = table;
  }

  /** One row; null is no value, bytes become {@code bytea}. */
  void row(Object... values) {
    char separator = 0;
    for (var value : values) {
      if (separator != 0) {
        rows.append(separator);
      }
      separator = '\t';
      switch (value) {
        case null -> rows.append("\\N");
        case byte[] bytes -> {
          rows.append("\\\\x");
          rows.append(HEX.formatHex(bytes));
        }
        default -> escaped(value.toString());
      }
    }
    rows.append('\n');
  }

  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> rows.append("\\\\");
        case '\t' -> rows.append("\\t");
        case '\n' -> rows.append("\\n");
        case '\r' -> rows.append("\\r");
        default -> rows.append(c);
      }
    }
  }

  /** Sends the rows and forgets them. */
  void send(Connection to) throws SQLException, IOException {
    to.unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("COPY " + table + " FROM STDIN", new StringReader(rows.toString()));
    rows.setLength(0);
  }
}
