package org.consilium.deploy.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.consilium.platform.database.embedded.DatabaseAddress;

/** Takes an organisation out of a database, and enters it into an empty one. */
public final class Archives {
  private static final String EXPORTED =
      """
      INSERT INTO platform.audit_event (at, organisation_id, actor_name, role, action, subject,
                                        outcome)
      VALUES (?::timestamptz, ?, 'Consilium', 'worker', 'organisation.export', ?, 'done')
      """;

  /** Belongs to no organisation: the trail that came along stays as it was. */
  private static final String IMPORTED =
      """
      INSERT INTO platform.audit_event (at, actor_name, role, action, subject, outcome)
      VALUES (?::timestamptz, 'Consilium', 'worker', 'organisation.import', ?, 'done')
      """;

  /** What went through: lines of rows, files, and resources of FHIR. */
  public record Counts(String name, long rows, long files, long resources) {
    static Counts of(Manifest manifest) {
      return new Counts(
          manifest.name(),
          sum(manifest, "records/"),
          sum(manifest, "files/"),
          sum(manifest, "fhir/"));
    }

    private static long sum(Manifest manifest, String folder) {
      return manifest.parts().stream()
          .filter(part -> part.path().startsWith(folder))
          .mapToLong(Manifest.Part::count)
          .sum();
    }
  }

  private final DatabaseAddress address;
  private final List<String> schemas;

  /**
   * @param schemas the program's own, in the order of their migrations
   */
  public Archives(DatabaseAddress address, List<String> schemas) {
    this.address = address;
    this.schemas = List.copyOf(schemas);
  }

  /** What becomes of each table: its rows go along, as files, or why they stay behind. */
  public Map<String, String> whereabouts() throws SQLException {
    var found = new TreeMap<String, String>();
    try (var connection = OwnDatabase.connect(address)) {
      for (var table : Tables.of(connection, schemas).all()) {
        found.put(
            table.name(),
            switch (table.rule()) {
              case Ownership.Rule.Owned _ -> "rows";
              case Ownership.Rule.Shared _ -> "rows that are shared";
              case Ownership.Rule.AsFiles _ -> "files";
              case Ownership.Rule.LeftOut(var reason) -> "stays: " + reason;
            });
      }
    }
    return found;
  }

  /** Rules that no table needs any more. */
  public Set<String> rulesWithoutTable() throws SQLException {
    var named = new TreeSet<>(Ownership.named());
    named.removeAll(whereabouts().keySet());
    return named;
  }

  /**
   * Writes the archive of an organisation as it is at one moment, and an audit line of its making.
   *
   * @param keys the public keys of this server by their ids
   * @throws ArchiveFailed with a sentence for the operator
   */
  public Counts write(
      UUID organisation,
      Map<String, PublicKey> keys,
      FhirLines fhir,
      Instant now,
      OutputStream into)
      throws SQLException, IOException {
    Counts counts;
    try (var connection = OwnDatabase.connect(address)) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      counts =
          Counts.of(
              new ArchiveWriter(connection, schemas, keys, fhir).write(organisation, now, into));
      connection.rollback();
    }
    try (var connection = OwnDatabase.connect(address)) {
      audit(connection, EXPORTED, now, organisation, counts);
      connection.commit();
    }
    return counts;
  }

  /**
   * Enters an archive into a migrated database without organisations: all of it, or nothing.
   *
   * @param publicKeys the folder to put the public keys of its signatures into
   * @throws ArchiveFailed with a sentence for the operator
   * @throws KeysLeftBeside when all of it is entered, but for these keys
   */
  public Counts enter(Path file, ArchiveLimits limits, Path publicKeys, Instant now)
      throws SQLException, IOException {
    try (var archive = ArchiveFile.open(file, limits)) {
      var counts = Counts.of(archive.manifest());
      try (var connection = OwnDatabase.connect(address)) {
        try {
          var keys = new ArchiveReader(connection, schemas, archive).enter(now);
          audit(connection, IMPORTED, now, archive.manifest().organisation(), counts);
          PublicKeys.put(keys, publicKeys, connection::commit);
        } catch (SQLException | IOException | RuntimeException e) {
          connection.rollback();
          throw e;
        }
      }
      return counts;
    }
  }

  private static void audit(
      Connection connection, String sql, Instant now, UUID organisation, Counts counts)
      throws SQLException {
    try (var role = connection.createStatement()) {
      role.execute("SET LOCAL ROLE consilium_worker");
    }
    try (var insert = connection.prepareStatement(sql)) {
      int next = 1;
      insert.setString(next++, now.toString());
      if (sql.equals(EXPORTED)) {
        insert.setObject(next++, organisation);
      }
      insert.setString(
          next,
          "organisation:%s rows:%d files:%d resources:%d"
              .formatted(organisation, counts.rows(), counts.files(), counts.resources()));
      insert.executeUpdate();
    }
  }
}
