package org.consilium.deploy.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.deploy.backup.BackupManifest.Entry;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.WalArchive;

/**
 * Makes one whole backup of a running embedded server, while it works: by PostgreSQL's low-level
 * API, for its own tools do not come with it (docs/adr/0022-backups-by-the-low-level-api.md).
 */
final class BaseBackup {
  /** Made anew by every start, and of no use to another server. */
  private static final Set<String> EMPTIED =
      Set.of(
          "pg_wal",
          "pg_wal/archive_status",
          "pg_wal/summaries",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  /** Taken last, as it tells where the others stand. */
  private static final String CONTROL = "global/pg_control";

  /** Tells a restored server where to begin; it must not lie among the data of the running one. */
  private static final String LABEL = "data/backup_label";

  /** Keeps the server from forgetting log while we copy; it goes with the connection. */
  private static final String HOLD_LOG =
      "SELECT pg_create_physical_replication_slot('consilium_backup_' || pg_backend_pid(), true, true)";

  private static final String START =
      "SELECT pg_walfile_name(pg_backup_start('Consilium', true)), clock_timestamp()";

  private static final String STOP =
      """
      SELECT pg_walfile_name(lsn) AS segment, labelfile, spcmapfile, clock_timestamp() AS at
        FROM pg_backup_stop(false)
      """;

  private final Path database;
  private final DatabaseAddress address;
  private final List<String> folders = new ArrayList<>();
  private final List<Entry> files = new ArrayList<>();

  private BaseBackup(Path database, DatabaseAddress address) {
    this.database = database;
    this.address = address;
  }

  /**
   * Backs up the server that answers at {@code address} and whose folder is {@code database}, keeps
   * the newest {@code keep} backups, and returns the new one.
   *
   * @throws BackupFailed when it could not be made; then nothing of it is left
   */
  static BackupFolder.Kept make(
      Path database, DatabaseAddress address, BackupFolder into, int keep) {
    try (var _ = into.lock()) {
      into.removeUnfinished();
      var made = new BaseBackup(database, address).make(into);
      into.thin(made.manifest().line(), keep);
      return made;
    } catch (IOException | SQLException failure) {
      throw new BackupFailed(
          "The backup into %s was not made: %s".formatted(into.root(), words(failure)), failure);
    }
  }

  private static String words(Exception failure) {
    var words = String.valueOf(failure.getMessage());
    return words.contains("No space left on device")
        ? "the disk is full. Free some space, or keep fewer (CONSILIUM_BACKUP_KEEP)."
        : words;
  }

  private BackupFolder.Kept make(BackupFolder into) throws IOException, SQLException {
    // Elsewhere than where the log is kept, a backup has no later moments.
    var archive =
        WalArchive.of(database, into.root()).filter(kept -> Files.isDirectory(kept.folder()));
    var givenUp = archive.isPresent() ? archive.get().givenUp() : "";
    Path unfinished = null;
    try (var connection = connect();
        var watching = connect()) {
      var line = archiving(connection) ? archive.map(WalArchive::line) : Optional.<String>empty();
      run(connection, HOLD_LOG);
      Instant startedAt;
      String startSegment;
      try (var statement = connection.createStatement();
          var row = statement.executeQuery(START)) {
        row.next();
        startSegment = row.getString(1);
        startedAt = row.getObject(2, OffsetDateTime.class).toInstant();
      }
      var place = into.place(startedAt);
      unfinished = place.resolveSibling(place.getFileName() + BackupFolder.UNFINISHED);
      HashedCopy.folder(unfinished);
      copyData(unfinished);
      var tables = tables(watching);
      Instant endedAt;
      String stopSegment;
      try (var statement = connection.createStatement();
          var row = statement.executeQuery(STOP)) {
        row.next();
        if (!row.getString("spcmapfile").isBlank()) {
          throw new BackupFailed("Tablespaces outside of the data folder are not backed up here.");
        }
        stopSegment = row.getString("segment");
        endedAt = row.getObject("at", OffsetDateTime.class).toInstant();
        var label = row.getString("labelfile").getBytes(StandardCharsets.UTF_8);
        note(LABEL, HashedCopy.write(label, unfinished.resolve(LABEL)));
      }
      copyLog(startSegment, stopSegment, unfinished);
      take(database.resolve("password"), "password", unfinished);
      var manifest =
          new BackupManifest(
              BackupManifest.PRODUCT,
              BackupManifest.FORMAT,
              connection.getMetaData().getDatabaseProductVersion(),
              line,
              startedAt,
              endedAt,
              startSegment,
              stopSegment,
              tables,
              folders,
              files);
      manifest.writeTo(unfinished);
      HashedCopy.reachDisk(unfinished);
      Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
      HashedCopy.reachDisk(into.root());
      if (line.isPresent()) {
        archive.get().forgive(givenUp);
      }
      return new BackupFolder.Kept(place, manifest);
    } finally {
      if (unfinished != null) {
        BackupFolder.delete(unfinished);
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static boolean archiving(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW archive_mode")) {
      row.next();
      return row.getString(1).equals("on");
    }
  }

  /** Before the end of the backup, so that whatever is restored from it has at least these rows. */
  private static List<TableState> tables(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    return TableState.all(connection);
  }

  private void copyData(Path into) throws IOException {
    var data = database.resolve("data");
    HashedCopy.folder(into.resolve("data"));
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            var name = data.relativize(folder).toString();
            if (name.isEmpty()) {
              return FileVisitResult.CONTINUE;
            }
            if (isLeftOut(name) || isTemporary(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            folders.add("data/" + name);
            HashedCopy.folder(into.resolve("data").resolve(name));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            var name = data.relativize(file).toString();
            if (!isLeftOut(name) && isWanted(file, name)) {
              takeUnlessGone(file, "data/" + name, into);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    take(data.resolve(CONTROL), "data/" + CONTROL, into);
  }

  private static boolean isLeftOut(String name) {
    return !EMPTIED.contains(name)
        && EMPTIED.stream().anyMatch(emptied -> name.startsWith(emptied + "/"));
  }

  private static boolean isTemporary(Path path) {
    return path.getFileName().toString().startsWith("pgsql_tmp");
  }

  private static boolean isWanted(Path path, String name) {
    var last = path.getFileName().toString();
    return !name.equals(CONTROL)
        && !name.startsWith("postmaster.")
        && !last.startsWith("pg_internal.init");
  }

  /** A table that was dropped meanwhile takes its files with it; the log says so. */
  private void takeUnlessGone(Path from, String name, Path into) throws IOException {
    try {
      take(from, name, into);
    } catch (NoSuchFileException gone) {
      Files.deleteIfExists(into.resolve(name));
    }
  }

  private void take(Path from, String name, Path into) throws IOException {
    note(name, HashedCopy.copy(from, into.resolve(name)));
  }

  private void note(String name, HashedCopy.Copied copied) {
    files.add(new Entry(name, copied.bytes(), copied.sha256()));
  }

  /** What was written while we copied: with it the backup is of use without any archive. */
  private void copyLog(String from, String until, Path into) throws IOException {
    for (var name = from; name.compareTo(until) <= 0; name = LogPieces.after(name)) {
      take(database.resolve("data").resolve("pg_wal").resolve(name), "data/pg_wal/" + name, into);
    }
  }
}
