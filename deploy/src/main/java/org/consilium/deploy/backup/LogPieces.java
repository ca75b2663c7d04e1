package org.consilium.deploy.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;
import org.consilium.platform.database.embedded.WalArchive;

/** The pieces of one line's log that an archive holds: which follow on which. */
final class LogPieces {
  private static final String SUFFIX = ".gz";

  /** Timeline, and the two halves of the number, eight hexadecimal digits each. */
  private static final String NAME = "[0-9A-F]{24}";

  private static final long PER_HIGH_HALF = (1L << 32) / WalArchive.SEGMENT_BYTES;

  private final Path folder;
  private final TreeSet<String> names;

  private LogPieces(Path folder, TreeSet<String> names) {
    this.folder = folder;
    this.names = names;
  }

  /** None when the folder is not there. */
  static LogPieces in(Path folder) throws IOException {
    var names = new TreeSet<String>();
    try (var files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches(NAME + "\\.gz"))
          .forEach(name -> names.add(name.substring(0, name.length() - SUFFIX.length())));
    } catch (NoSuchFileException none) {
      // Nothing was ever kept.
    }
    return new LogPieces(folder, names);
  }

  /** The name of the piece after {@code name}. */
  static String after(String name) {
    long high = Long.parseLong(name.substring(8, 16), 16);
    long low = Long.parseLong(name.substring(16), 16) + 1;
    if (low == PER_HIGH_HALF) {
      high++;
      low = 0;
    }
    return "%s%08X%08X".formatted(name.substring(0, 8), high, low);
  }

  /**
   * A piece that is not there while later ones are.
   *
   * @param name of the first one missing
   * @param before when the last one before it was kept; the backup's own end when there is none
   */
  record Gap(String name, Optional<Instant> before) {}

  /** The first gap among the pieces after {@code known}. */
  Optional<Gap> gapAfter(String known) throws IOException {
    var last = known;
    for (var name : names.tailSet(known, false)) {
      if (!name.startsWith(known.substring(0, 8))) {
        break;
      }
      if (!name.equals(after(last))) {
        return Optional.of(
            new Gap(
                after(last), last.equals(known) ? Optional.empty() : Optional.of(keptAt(last))));
      }
      last = name;
    }
    return Optional.empty();
  }

  int count() {
    return names.size();
  }

  /** Removes all pieces before {@code needed}; returns how many. */
  int removeBefore(String needed) throws IOException {
    int removed = 0;
    for (var name : names.headSet(needed, false)) {
      Files.deleteIfExists(folder.resolve(name + SUFFIX));
      removed++;
    }
    return removed;
  }

  private Instant keptAt(String name) throws IOException {
    return Files.getLastModifiedTime(folder.resolve(name + SUFFIX)).toInstant();
  }
}
