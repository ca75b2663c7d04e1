package org.consilium.platform.database.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.OptionalInt;

/**
 * What one embedded server keeps between starts: its data, password, port and log.
 *
 * @param root an absolute path that only its owner may enter
 */
record DatabaseFolder(Path root) {
  /** A killed server needs a moment to end its children, and its parent one to notice. */
  private static final Duration UNUSED_WITHIN = Duration.ofSeconds(10);

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /** Beyond this the log starts anew and the old one is kept once. */
  private static final long LOG_BYTES_MAX = 8L << 20;

  /** 192 random bits. */
  private static final int PASSWORD_BYTES = 24;

  static DatabaseFolder at(Path folder) throws IOException {
    var root = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(root)) {
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }
    return new DatabaseFolder(root);
  }

  Path data() {
    return root.resolve("data");
  }

  /** Where the data are made, before they get their name: half of a server is never seen. */
  Path unfinishedData() {
    return root.resolve("data.unfinished");
  }

  /** Whether a server was made here before; refuses data of another version. */
  boolean hasData() throws IOException {
    if (!Files.isDirectory(data())) {
      return false;
    }
    var version = Files.readString(data().resolve("PG_VERSION")).strip();
    if (!version.equals(PostgresBinaries.MAJOR_VERSION)) {
      throw new EmbeddedPostgresException(
          "The folder %s holds data of PostgreSQL %s and this Consilium brings PostgreSQL %s: dump and load the data, or set CONSILIUM_DATA to another folder."
              .formatted(data(), version, PostgresBinaries.MAJOR_VERSION));
    }
    return true;
  }

  /** The password of the server's owner, made on first use and readable by its owner only. */
  String password() throws IOException {
    var file = root.resolve("password");
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException missing) {
      if (Files.isDirectory(data())) {
        throw new EmbeddedPostgresException(
            "The password file %s is missing beside the data: restore it from your backup."
                .formatted(file),
            missing);
      }
      var random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      var password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      writePrivately(file, password);
      return password;
    }
  }

  OptionalInt port() throws IOException {
    try {
      int port = Integer.parseInt(Files.readString(root.resolve("port")).strip());
      return port > 0 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
    } catch (NoSuchFileException | NumberFormatException none) {
      return OptionalInt.empty();
    }
  }

  void keepPort(int port) throws IOException {
    if (port().orElse(0) != port) {
      writePrivately(root.resolve("port"), port + "\n");
    }
  }

  /** The server's own log. It carries no values: the server is told to leave them out. */
  Path log() throws IOException {
    var log = root.resolve("server.log");
    if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
      Files.move(log, root.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  /**
   * Waits until no server uses the data, then removes what a killed one left. The caller holds the
   * {@link FolderLock}, so only a server that is about to end, or one started by hand, can be met.
   */
  void awaitUnused() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + UNUSED_WITHIN.toNanos();
    for (var left = PostmasterFile.read(data());
        left.isPresent();
        left = PostmasterFile.read(data())) {
      if (!left.get().inUse()) {
        Files.deleteIfExists(PostmasterFile.path(data()));
      } else if (System.nanoTime() < deadline) {
        Thread.sleep(LOOK_EVERY);
      } else {
        throw new EmbeddedPostgresException(
            "The data in %s are in use by another PostgreSQL server (process %s): stop it and start again."
                .formatted(data(), left.get().pid()));
      }
    }
  }

  /** Appears at once, whole, and with mode 600. */
  void writePrivately(Path file, String text) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var unfinished = Files.createTempFile(root, ".unfinished-", "", ownerOnly);
    Files.writeString(unfinished, text);
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
