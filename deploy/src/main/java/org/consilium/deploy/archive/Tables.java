package org.consilium.deploy.archive;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.consilium.deploy.archive.Ownership.Rule;

/**
 * All tables of a database with their rules, read from its own catalogue: a table that a later
 * migration adds is in the archive by itself, or stops the export until it has a rule.
 */
final class Tables {
  private static final String TABLES =
      """
      SELECT n.nspname || '.' || c.relname AS name, format('%I.%I', n.nspname, c.relname) AS sql,
             c.relforcerowsecurity AS forced,
             array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '')
               AS columns,
             coalesce(array_agg(a.attname::text ORDER BY a.attnum)
                        FILTER (WHERE a.atttypid = 'timestamptz'::regtype), '{}') AS times,
             coalesce((SELECT array_agg(quote_ident(k.attname)
                                        || CASE WHEN k.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END
                                        ORDER BY o.n)
                         FROM pg_constraint p
                        CROSS JOIN unnest(p.conkey) WITH ORDINALITY AS o (num, n)
                         JOIN pg_attribute k ON k.attrelid = p.conrelid AND k.attnum = o.num
                        WHERE p.conrelid = c.oid AND p.contype = 'p'), '{}') AS ordering
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY (?) AND c.relname <> 'schema_history'
       GROUP BY n.nspname, c.relname, c.relforcerowsecurity, c.oid
       ORDER BY 1
      """;

  private static final String REFERENCES =
      """
      SELECT cn.nspname || '.' || c.relname AS child, pn.nspname || '.' || p.relname AS parent,
             quote_ident(f.conname) AS name,
             (SELECT array_agg(k.attname::text) FROM pg_attribute k
               WHERE k.attrelid = f.conrelid AND k.attnum = ANY (f.conkey)) AS columns
        FROM pg_constraint f
        JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
        JOIN pg_class p ON p.oid = f.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace
       WHERE f.contype = 'f' AND cn.nspname = ANY (?)
       ORDER BY 1, 2, 3
      """;

  /** A foreign key. */
  record Reference(String child, String parent, String name, List<String> columns) {
    boolean isToItself() {
      return child.equals(parent);
    }
  }

  private final Map<String, Table> tables = new TreeMap<>();
  private final List<Reference> references = new ArrayList<>();
  private final Map<String, Table> inOrder = new LinkedHashMap<>();

  private Tables() {}

  /**
   * @param schemas the program's own, as one value for SQL
   * @throws IllegalStateException when a table has no rule
   */
  static Tables of(Connection connection, List<String> schemas) throws SQLException {
    var found = new Tables();
    var names = connection.createArrayOf("text", schemas.toArray());
    try (var query = connection.prepareStatement(TABLES)) {
      query.setArray(1, names);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows);
        }
      }
    }
    try (var query = connection.prepareStatement(REFERENCES)) {
      query.setArray(1, names);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.references.add(
              new Reference(
                  rows.getString("child"),
                  rows.getString("parent"),
                  rows.getString("name"),
                  texts(rows, "columns")));
        }
      }
    }
    found.keepVolunteersAtHome();
    found.takeAlongWhoIsNamed();
    found.tables.keySet().forEach(name -> found.sort(name, new ArrayList<>()));
    return found;
  }

  private void add(ResultSet row) throws SQLException {
    var name = row.getString("name");
    var columns = texts(row, "columns");
    var rule =
        Ownership.of(name, columns.contains("organisation_id"))
            .orElseThrow(() ->
                new IllegalStateException(
                    "Whose the rows of " + name + " are is not known; Ownership must say."));
    tables.put(
        name,
        new Table(
            name,
            row.getString("sql"),
            columns,
            texts(row, "times"),
            texts(row, "ordering"),
            row.getBoolean("forced"),
            rule));
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  /** A volunteer belongs to one network; what others planned with them stays there. */
  private void keepVolunteersAtHome() {
    for (var reference : references) {
      var child = tables.get(reference.child());
      if (reference.parent().equals("scheduling.volunteer")
          && child.rule() instanceof Rule.Owned(var condition)) {
        var column = "t." + reference.columns().getFirst();
        tables.put(
            child.name(),
            child.with(
                new Rule.Owned(
                    "(%s) AND (%s IS NULL OR %s IN (%s))"
                        .formatted(condition, column, column, Ownership.VOLUNTEERS))));
      }
    }
  }

  private void takeAlongWhoIsNamed() {
    var account = tables.get("platform.account");
    var named = new StringBuilder("t.id IN (" + Ownership.MEMBERS);
    for (var reference : references) {
      var child = tables.get(reference.child());
      if (reference.parent().equals(account.name()) && child.hasRows()) {
        named
            .append(" UNION SELECT t.")
            .append(reference.columns().getFirst())
            .append(" FROM ")
            .append(child.sql())
            .append(" t WHERE ")
            .append(child.condition());
      }
    }
    tables.put(account.name(), account.with(new Rule.Owned(named.append(')').toString())));
  }

  /** What is named comes before what names it. */
  private void sort(String name, List<String> on) {
    if (inOrder.containsKey(name)) {
      return;
    }
    if (on.contains(name)) {
      throw new IllegalStateException("These tables name one another in a ring: " + on);
    }
    on.add(name);
    references.stream()
        .filter(reference -> reference.child().equals(name) && !reference.isToItself())
        .forEach(reference -> sort(reference.parent(), on));
    on.removeLast();
    inOrder.put(name, tables.get(name));
  }

  /** Every table, what is named before what names it. */
  List<Table> all() {
    return List.copyOf(inOrder.values());
  }

  List<Table> withRows() {
    return inOrder.values().stream().filter(Table::hasRows).toList();
  }

  List<Reference> references() {
    return List.copyOf(references);
  }

  Table named(String name) {
    return tables.get(name);
  }
}
