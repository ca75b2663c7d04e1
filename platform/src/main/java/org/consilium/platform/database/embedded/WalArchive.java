package org.consilium.platform.database.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a server keeps its write-ahead log for good, piece by piece, so that a lost data folder can
 * be made anew up to its last moments (docs/adr/0022-backups-by-the-low-level-api.md).
 *
 * <p>Every data folder has a line of its own: what is restored goes on in another, so a server made
 * anew for a test never writes into the archive of the one that works.
 *
 * @param folder the pieces of this line, each compressed as {@code <name>.gz}
 * @param line names the data folder's history
 * @param own the part of the database folder that tells of the line
 */
public record WalArchive(Path folder, String line, Path own) {
  /** No more than this is lost with the data folder, and the time of copying one piece. */
  public static final Duration FINISHED_AFTER = Duration.ofSeconds(30);

  /** Below this much room on the disk of the data, pieces that cannot be kept are given up. */
  public static final long FREE_BYTES_MIN = 1L << 30;

  /** What PostgreSQL writes at a time; the servers here are all made with this size. */
  public static final long SEGMENT_BYTES = 16L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(WalArchive.class);

  private static final String SCRIPT = "archive-segment.sh";

  private static final int LINE_BYTES = 8;

  /** The archive below {@code backups} of the data folder in {@code database}, when it has one. */
  public static Optional<WalArchive> of(Path database, Path backups) {
    var own = own(database);
    try {
      var line = Files.readString(own.resolve("line")).strip();
      return Optional.of(new WalArchive(folder(backups, line), line, own));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException failure) {
      throw StartFailure.explain(database, failure);
    }
  }

  /** Where the pieces of {@code line} lie below a folder of backups. */
  public static Path folder(Path backups, String line) {
    return backups.toAbsolutePath().normalize().resolve("wal").resolve(line);
  }

  /** Names of pieces that could not be kept and were given up, one a line; empty when none was. */
  public String givenUp() throws IOException {
    try {
      return Files.readString(givenUpFile());
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  /** A whole backup was made after {@code known} was read: those pieces are needed no more. */
  public void forgive(String known) throws IOException {
    if (!known.isEmpty() && givenUp().equals(known)) {
      Files.deleteIfExists(givenUpFile());
    }
  }

  private Path givenUpFile() {
    return own.resolve("given-up");
  }

  private static Path own(Path database) {
    return database.toAbsolutePath().normalize().resolve("archiving");
  }

  /** Makes what is missing, for a server that runs as {@code user}. */
  static WalArchive prepare(DatabaseFolder database, Path backups, ServerUser user)
      throws IOException {
    var own = own(database.root());
    ownersOnly(own);
    if (of(database.root(), backups).isEmpty()) {
      var random = new byte[LINE_BYTES];
      new SecureRandom().nextBytes(random);
      database.writePrivately(own.resolve("line"), HexFormat.of().formatHex(random) + "\n");
    }
    var archive = of(database.root(), backups).orElseThrow();
    try (var script = WalArchive.class.getResourceAsStream(SCRIPT)) {
      database.writePrivately(
          own.resolve(SCRIPT), new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    user.mayEnter(database.root());
    user.owns(own);
    user.owns(own.resolve(SCRIPT));
    archive.makeFolder(user);
    return archive;
  }

  /** A disk of backups that is full or away must not keep anybody from working. */
  private void makeFolder(ServerUser user) {
    try {
      ownersOnly(folder);
      user.owns(folder);
      user.mayEnter(folder.getParent());
      user.mayEnter(folder.getParent().getParent());
    } catch (IOException failure) {
      LOG.error("The log cannot be kept in {} now ({}); it waits", folder, failure.toString());
    }
  }

  private static void ownersOnly(Path folder) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  List<String> settings() {
    return List.of(
        "archive_mode=on",
        "archive_timeout=" + FINISHED_AFTER.toSeconds(),
        "archive_command="
            + String.join(
                " ",
                "sh",
                quoted(own.resolve(SCRIPT)),
                quoted(folder),
                "%p",
                "%f",
                quoted(givenUpFile()),
                Long.toString(FREE_BYTES_MIN >> 10)));
  }

  /** For the shell, and for PostgreSQL, to which a percent sign means something. */
  static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''").replace("%", "%%") + "'";
  }
}
