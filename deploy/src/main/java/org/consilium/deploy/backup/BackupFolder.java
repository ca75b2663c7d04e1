package org.consilium.deploy.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.embedded.WalArchive;

/**
 * Whole backups side by side, named by their time, and below {@code wal} the log that goes on from
 * them.
 */
final class BackupFolder {
  static final String UNFINISHED = ".unfinished";

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path root;

  BackupFolder(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  Path root() {
    return root;
  }

  /** A whole backup and what it says of itself. */
  record Kept(Path path, BackupManifest manifest) {}

  /** The right to change this folder; the kernel takes it back when the program ends. */
  FileChannel lock() throws IOException {
    Files.createDirectories(
        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException here) {
      // Said below.
    }
    channel.close();
    throw new BackupFailed("Another backup into " + root + " is being made: wait for its end.");
  }

  /** Where the backup that begins at {@code at} gets its name when it is whole. */
  Path place(Instant at) {
    return root.resolve(NAME.format(at));
  }

  /** All whole ones, oldest first; who cannot be read is left out. */
  List<Kept> all() throws IOException {
    var kept = new ArrayList<Kept>();
    try (var folders = Files.list(root)) {
      for (var folder : folders.sorted().toList()) {
        if (folder.getFileName().toString().matches("\\d{8}T\\d{6}Z")
            && BackupManifest.isIn(folder)) {
          try {
            kept.add(new Kept(folder, BackupManifest.of(folder)));
          } catch (BackupFailed unreadable) {
            // A restore that names it says why; it is no reason to do without the others.
          }
        }
      }
    } catch (NoSuchFileException none) {
      return List.of();
    }
    kept.sort(Comparator.comparing(one -> one.manifest().endedAt()));
    return kept;
  }

  Optional<Kept> newest(String line) throws IOException {
    return all().stream()
        .filter(one -> one.manifest().line().equals(Optional.of(line)))
        .reduce((_, later) -> later);
  }

  /** What a backup that was broken off has left. Call it under the lock. */
  void removeUnfinished() throws IOException {
    try (var folders = Files.list(root)) {
      for (var folder : folders.toList()) {
        if (folder.getFileName().toString().endsWith(UNFINISHED)) {
          delete(folder);
        }
      }
    }
  }

  /**
   * Keeps the newest {@code keep} backups of one line, or of those without, and the log that they
   * need. Call it under the lock.
   */
  void thin(Optional<String> line, int keep) throws IOException {
    var ours = all().stream().filter(one -> one.manifest().line().equals(line)).toList();
    var stay = ours.subList(Math.max(0, ours.size() - keep), ours.size());
    for (var old : ours.subList(0, ours.size() - stay.size())) {
      // Out of sight first: half of a backup is never seen.
      var going = old.path().resolveSibling(old.path().getFileName() + UNFINISHED);
      Files.move(old.path(), going);
      delete(going);
    }
    if (line.isPresent() && !stay.isEmpty()) {
      LogPieces.in(WalArchive.folder(root, line.get()))
          .removeBefore(stay.getFirst().manifest().startSegment());
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
