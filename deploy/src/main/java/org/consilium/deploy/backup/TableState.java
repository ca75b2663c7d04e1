package org.consilium.deploy.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One table as it was in a moment.
 *
 * @param name with its schema
 * @param grows whether nobody but its owner can take a row out
 * @param rowSecurity whether its rows are shown by rules
 * @param forced whether the rules bind its owner too
 * @param policies how many rules it has
 */
record TableState(
    String name, long rows, boolean grows, boolean rowSecurity, boolean forced, int policies) {
  private static final String TABLES =
      """
      SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relrowsecurity, c.relforcerowsecurity,
             (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
             NOT EXISTS (SELECT FROM aclexplode(c.relacl) a
                          WHERE a.privilege_type IN ('DELETE', 'TRUNCATE') AND a.grantee <> c.relowner)
             AND NOT EXISTS (SELECT FROM pg_constraint k
                              WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confdeltype = 'c')
               AS grows
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
       ORDER BY 1
      """;

  /** Every table of the database, in the moment that the transaction of the connection sees. */
  static List<TableState> all(Connection connection) throws SQLException {
    var tables = new ArrayList<TableState>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        var name = rows.getString("name");
        tables.add(
            new TableState(
                name,
                count(connection, name),
                rows.getBoolean("grows"),
                rows.getBoolean("relrowsecurity"),
                rows.getBoolean("relforcerowsecurity"),
                rows.getInt("policies")));
      }
    }
    return tables;
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  boolean sameRules(TableState other) {
    return rowSecurity == other.rowSecurity && forced == other.forced && policies == other.policies;
  }
}
