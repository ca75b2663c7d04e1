package org.consilium.deploy.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.consilium.platform.database.embedded.DatabaseAddress;
import org.consilium.platform.database.embedded.EmbeddedPostgres;
import org.consilium.platform.database.embedded.EmbeddedPostgresException;
import org.consilium.platform.database.embedded.Recovery;
import org.consilium.platform.database.embedded.WalArchive;

/** Makes a data folder from a backup and the log that was kept since, and proves it. */
final class Restoring {
  private static final String DATABASE = "postgres";

  private Restoring() {}

  /**
   * What came of it.
   *
   * @param backup that it was made from
   * @param newest when the last change was made that came back, where any log was replayed
   */
  record Restored(BackupFolder.Kept backup, Optional<Instant> newest, Proof proof) {}

  /**
   * Restores into {@code data}, which may hold the keys and nothing else.
   *
   * @param named a backup, or the folder of them all, of which the newest that serves is taken
   * @param until what was committed later stays out
   * @throws BackupFailed when it cannot be done; then nothing of it is left
   */
  static Restored restore(Path named, Optional<Instant> until, Path data) {
    return restore(named, until, data, unfinished(data).resolve("binaries"));
  }

  private static Path unfinished(Path data) {
    return data.resolve(DATABASE + BackupFolder.UNFINISHED);
  }

  /** The same with the unpacked programs of PostgreSQL in {@code binaries}. */
  static Restored restore(Path named, Optional<Instant> until, Path data, Path binaries) {
    var place = data.resolve(DATABASE);
    if (Files.exists(place)) {
      throw new BackupFailed(
          place + " is there already: name another folder, or move it away first.");
    }
    var unfinished = unfinished(data);
    try {
      var backup = choose(named.toAbsolutePath().normalize(), until);
      var archive = archive(backup, until);
      BackupFolder.delete(unfinished);
      Files.createDirectories(data);
      try {
        HashedCopy.folder(unfinished);
        copy(backup, unfinished);
        var restored = recover(backup, unfinished, new Recovery(archive, until), data, binaries);
        Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        return restored;
      } finally {
        BackupFolder.delete(unfinished);
      }
    } catch (IOException | SQLException | EmbeddedPostgresException failure) {
      throw new BackupFailed("Nothing was restored. " + failure.getMessage(), failure);
    }
  }

  private static BackupFolder.Kept choose(Path named, Optional<Instant> until) throws IOException {
    if (BackupManifest.isIn(named)) {
      var one = new BackupFolder.Kept(named, BackupManifest.of(named));
      if (until.isPresent() && until.get().isBefore(one.manifest().endedAt())) {
        throw new BackupFailed(
            "This backup begins at %s, after the time that was asked for: take an earlier one."
                .formatted(one.manifest().endedAt()));
      }
      return one;
    }
    var all = new BackupFolder(named).all();
    return all.stream()
        .filter(one -> until.isEmpty() || !until.get().isBefore(one.manifest().endedAt()))
        .reduce((_, later) -> later)
        .orElseThrow(() ->
            new BackupFailed(
                all.isEmpty()
                    ? "There is no whole backup in " + named + "."
                    : "The earliest time that can be restored is "
                        + all.getFirst().manifest().endedAt()
                        + "."));
  }

  /** The log to go on with; refuses one with a hole before the time that is asked for. */
  private static Optional<Path> archive(BackupFolder.Kept backup, Optional<Instant> until)
      throws IOException {
    var manifest = backup.manifest();
    if (manifest.line().isEmpty()) {
      if (until.isPresent()) {
        throw new BackupFailed(
            "No log was kept after this backup: leave the time out to get it as it is.");
      }
      return Optional.empty();
    }
    var folder = WalArchive.folder(backup.path().getParent(), manifest.line().get());
    var gap = LogPieces.in(folder).gapAfter(manifest.stopSegment());
    if (gap.isPresent()) {
      var reach = gap.get().before().orElse(manifest.endedAt());
      if (until.isEmpty() || until.get().isAfter(reach)) {
        throw new BackupFailed(
            "The log %s is missing in %s: this backup can go up to %s. Name that time, or take a later backup."
                .formatted(gap.get().name(), folder, reach));
      }
    }
    return Optional.of(folder);
  }

  private static void copy(BackupFolder.Kept backup, Path into) throws IOException {
    var manifest = backup.manifest();
    HashedCopy.folder(into.resolve("data"));
    for (var folder : manifest.folders()) {
      HashedCopy.folder(within(into, folder));
    }
    for (var file : manifest.files()) {
      var from = within(backup.path(), file.path());
      if (!Files.isRegularFile(from)) {
        throw BackupManifest.changed(backup.path(), file.path());
      }
      var copied = HashedCopy.copy(from, within(into, file.path()));
      if (copied.bytes() != file.bytes() || !copied.sha256().equals(file.sha256())) {
        throw BackupManifest.changed(backup.path(), file.path());
      }
    }
    Files.createFile(into.resolve("data").resolve("recovery.signal"));
    HashedCopy.reachDisk(into);
  }

  private static Path within(Path root, String name) {
    var path = root.resolve(name).normalize();
    if (!path.startsWith(root)) {
      throw new BackupFailed("The manifest names a file outside of its backup: " + name);
    }
    return path;
  }

  private static Restored recover(
      BackupFolder.Kept backup, Path database, Recovery recovery, Path data, Path binaries)
      throws SQLException {
    try (var server = EmbeddedPostgres.recover(database, binaries, recovery)) {
      return new Restored(
          backup,
          newest(server.address()),
          Proof.of(backup.manifest(), server.address(), data.resolve("keys").resolve("public")));
    }
  }

  private static Optional<Instant> newest(DatabaseAddress address) throws SQLException {
    try (var connection =
            DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT pg_last_xact_replay_timestamp()")) {
      row.next();
      return Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
          .map(OffsetDateTime::toInstant);
    }
  }
}
