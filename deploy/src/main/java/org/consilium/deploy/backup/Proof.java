package org.consilium.deploy.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.deploy.verify.KeptNotes;
import org.consilium.platform.crypto.Signer;
import org.consilium.platform.database.embedded.DatabaseAddress;

/**
 * Whether a restored database is what was backed up: rows, rules of rows, numbers that are given
 * out, keys, and every signature.
 *
 * @param lines what was looked at, for people
 * @param faults what does not hold; empty when all is well
 */
record Proof(List<String> lines, List<String> faults) {
  private static final String SEQUENCES =
      """
      SELECT format('%I.%I', n.nspname, s.relname) AS sequence,
             format('%I.%I', tn.nspname, t.relname) AS "table", quote_ident(a.attname) AS "column"
        FROM pg_class s
        JOIN pg_namespace n ON n.oid = s.relnamespace
        JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
        JOIN pg_class t ON t.oid = d.refobjid
        JOIN pg_namespace tn ON tn.oid = t.relnamespace
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
       WHERE s.relkind = 'S'
      """;

  private static final String KEYS =
      """
      SELECT key_id FROM records.note_version
       UNION SELECT key_id FROM records.note_signature ORDER BY 1
      """;

  Proof {
    lines = List.copyOf(lines);
    faults = List.copyOf(faults);
  }

  /** Looks at everything in one moment of the database; {@code keys} are the public ones. */
  static Proof of(BackupManifest manifest, DatabaseAddress address, Path keys) throws SQLException {
    var lines = new ArrayList<String>();
    var faults = new ArrayList<String>();
    try (var connection =
        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      tables(manifest, connection, lines, faults);
      sequences(connection, lines, faults);
      if (exists(connection, "records.note_version")) {
        signatures(connection, keys, lines, faults);
      }
    }
    return new Proof(lines, faults);
  }

  private static void tables(
      BackupManifest manifest, Connection connection, List<String> lines, List<String> faults)
      throws SQLException {
    Map<String, TableState> now =
        TableState.all(connection).stream()
            .collect(Collectors.toMap(TableState::name, Function.identity()));
    long rowsThen = 0;
    long rowsNow = 0;
    long guarded = 0;
    lines.add("%-56s %12s %12s".formatted("table", "backed up", "restored"));
    for (var then : manifest.tables()) {
      var table = now.get(then.name());
      if (table == null) {
        faults.add("The table " + then.name() + " is missing.");
        continue;
      }
      rowsThen += then.rows();
      rowsNow += table.rows();
      if (then.rows() > 0 || table.rows() > 0) {
        lines.add("%-56s %12d %12d".formatted(then.name(), then.rows(), table.rows()));
      }
      if (then.grows() && table.rows() < then.rows()) {
        faults.add(
            "%s has %d rows and had %d, although nobody can take any out."
                .formatted(then.name(), table.rows(), then.rows()));
      }
      if (!then.sameRules(table)) {
        faults.add(
            "The rules that guard the rows of " + then.name() + " are not those of the backup.");
      }
      guarded += table.rowSecurity() && table.forced() ? 1 : 0;
    }
    lines.add(
        "%-56s %12d %12d"
            .formatted("all %d tables".formatted(manifest.tables().size()), rowsThen, rowsNow));
    lines.add("row security is on and forced in %d tables, as in the backup".formatted(guarded));
  }

  private static void sequences(Connection connection, List<String> lines, List<String> faults)
      throws SQLException {
    int checked = 0;
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(SEQUENCES)) {
      while (rows.next()) {
        checked++;
        var behind =
            "SELECT coalesce((SELECT max(%s) FROM %s), 0) > (SELECT last_value FROM %s)"
                .formatted(
                    rows.getString("column"), rows.getString("table"), rows.getString("sequence"));
        if (isTrue(connection, behind)) {
          faults.add("The sequence " + rows.getString("sequence") + " would give a number twice.");
        }
      }
    }
    lines.add("%d sequences give no number twice".formatted(checked));
  }

  private static void signatures(
      Connection connection, Path folder, List<String> lines, List<String> faults)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET LOCAL ROLE consilium_worker");
    }
    Map<String, PublicKey> keys = Files.isDirectory(folder) ? Signer.publicKeys(folder) : Map.of();
    var missing = new TreeSet<String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(KEYS)) {
      while (rows.next()) {
        if (!keys.containsKey(rows.getString(1))) {
          missing.add(rows.getString(1));
        }
      }
    }
    if (!missing.isEmpty()) {
      faults.add(
          "The public keys %s are not in %s, so nothing signed with them was checked: put the kept folder of keys there, then run deploy/verify-notes."
              .formatted(String.join(", ", missing), folder));
      return;
    }
    try {
      long checked = KeptNotes.check(connection, keys, faults::add);
      lines.add(
          "%d signed versions were checked, and the trail that names them".formatted(checked));
    } catch (JsonProcessingException torn) {
      faults.add("A signed version could not be read: " + torn.getOriginalMessage());
    }
  }

  private static boolean exists(Connection connection, String table) throws SQLException {
    return isTrue(connection, "SELECT to_regclass('" + table + "') IS NOT NULL");
  }

  private static boolean isTrue(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
