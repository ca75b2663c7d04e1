package org.consilium.deploy.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.deploy.Settings;
import org.consilium.platform.database.embedded.Durability;
import org.consilium.platform.database.embedded.EmbeddedPostgres;

/**
 * Makes a whole backup now: {@code Backup [folder] [--keys <other folder>]}. Exit status 0: it is
 * made; 2: it is not.
 */
public final class Backup {
  private static final String KEYS = "--keys";

  private Backup() {}

  public static void main(String[] arguments) {
    try {
      run(List.of(arguments));
    } catch (IOException | RuntimeException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(List<String> arguments) throws IOException {
    var rest = new ArrayList<>(arguments);
    Optional<Path> keysInto = Optional.empty();
    int at = rest.indexOf(KEYS);
    if (at >= 0) {
      if (at + 1 == rest.size()) {
        throw new BackupFailed("Say into which folder the keys go, after " + KEYS + ".");
      }
      keysInto = Optional.of(Path.of(rest.remove(at + 1)).toAbsolutePath().normalize());
      rest.remove(at);
    }
    if (rest.size() > 1) {
      throw new BackupFailed("Say into which folder, and nothing else.");
    }
    var settings = Settings.from(System.getenv());
    if (settings.database().isPresent()) {
      throw new BackupFailed(
          "This backs up the embedded database only: back up the server that CONSILIUM_DATABASE_URL"
              + " names with its own tools, such as pg_basebackup or pgBackRest.");
    }
    var own = BackupSettings.from(System.getenv());
    var folder =
        rest.stream()
            .findFirst()
            .map(name -> Path.of(name).toAbsolutePath().normalize())
            .or(own::folder)
            .orElseThrow(() -> new BackupFailed("Say into which folder, or set CONSILIUM_BACKUP."));
    var checked = new BackupSettings(Optional.of(folder), own.keep()).checkedFor(settings);
    if (keysInto.isPresent() && keysInto.get().startsWith(folder)) {
      throw new BackupFailed("Keys belong apart from the backup: name a folder outside of it.");
    }
    var made = make(settings, folder, checked.keep());
    System.out.printf(
        "%s: %d files, %d MB. It can be restored to %s%s.%n",
        made.path(),
        made.manifest().files().size(),
        made.manifest().bytes() >> 20,
        made.manifest().endedAt(),
        made.manifest().line().isPresent()
            ? " and every later moment"
            : "; no log is kept after it");
    var keys = settings.data().resolve("keys");
    if (keysInto.isPresent()) {
      copyKeys(keys, keysInto.get());
    } else {
      System.out.println(
          "The keys in %s are not in it: keep them apart, with %s <folder>.".formatted(keys, KEYS));
    }
  }

  private static BackupFolder.Kept make(Settings settings, Path folder, int keep) {
    var database = settings.data().resolve("postgres");
    if (!Files.isDirectory(database.resolve("data"))) {
      throw new BackupFailed("There is no database in " + database + ": set CONSILIUM_DATA.");
    }
    var running = EmbeddedPostgres.running(database);
    if (running.isPresent()) {
      return BaseBackup.make(database, running.get(), new BackupFolder(folder), keep);
    }
    try (var started = EmbeddedPostgres.start(database, Durability.DURABLE)) {
      return BaseBackup.make(database, started.address(), new BackupFolder(folder), keep);
    }
  }

  private static void copyKeys(Path keys, Path into) throws IOException {
    if (Files.exists(into)) {
      throw new BackupFailed(into + " is there already: name another folder for the keys.");
    }
    try (var all = Files.walk(keys)) {
      for (var path : all.sorted().toList()) {
        var place = into.resolve(keys.relativize(path).toString());
        if (Files.isDirectory(path)) {
          HashedCopy.folder(place);
        } else {
          HashedCopy.copy(path, place);
        }
      }
    }
    HashedCopy.reachDisk(into);
    System.out.println("The keys are in " + into + ".");
  }
}
