package org.consilium.platform.database.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs, unpacked from the class path.
 *
 * @param home the folder that holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path home) {
  /** The data folder of one major version is unreadable to another. */
  static final String MAJOR_VERSION = "18";

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /**
   * Unpacks below {@code folder} unless that was done before. The copy is named by the checksum of
   * the archive and appears by one rename, so two processes may do this at once and a process that
   * dies halfway leaves nothing that looks whole.
   */
  static PostgresBinaries unpack(Path folder) throws IOException {
    var archive = archive();
    var home = folder.resolve("postgresql-" + MAJOR_VERSION + "-" + checksum(archive));
    if (!Files.isDirectory(home)) {
      Files.createDirectories(folder);
      var unfinished = Files.createTempDirectory(folder, ".unpacking-");
      try {
        unpack(archive, unfinished);
        reachDisk(unfinished);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        moveUnlessThere(unfinished, home);
      } finally {
        FileTree.delete(unfinished);
      }
    }
    return new PostgresBinaries(home);
  }

  private static URL archive() {
    var architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var archive = PostgresBinaries.class.getResource(ARCHIVE);
    boolean fits =
        system.contains("linux") && (architecture.equals("amd64") || architecture.equals("x86_64"));
    if (archive == null || !fits) {
      throw new EmbeddedPostgresException(
          "The embedded PostgreSQL is built for Linux on x86-64 only, and this is %s on %s: name a PostgreSQL %s server with CONSILIUM_DATABASE_URL."
              .formatted(system, architecture, MAJOR_VERSION));
    }
    return archive;
  }

  /** A jar already knows the checksum of what it holds; reading 15 MB again would cost a start. */
  private static String checksum(URL archive) throws IOException {
    if (archive.openConnection() instanceof JarURLConnection jar) {
      var entry = jar.getJarEntry();
      return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
    }
    var crc = new CRC32();
    long size = 0;
    try (var in = archive.openStream()) {
      var buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
        size += read;
      }
    }
    return "%08x-%d".formatted(crc.getValue(), size);
  }

  private static void unpack(URL archive, Path into) throws IOException {
    try (InputStream in = archive.openStream();
        var tar =
            new TarArchiveInputStream(
                new XZInputStream(new BufferedInputStream(in, 1 << 16)), "UTF-8")) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        var target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("The archive reaches out of its folder: " + entry.getName());
        }
        write(tar, entry, target);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, target);
    boolean executable = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Without this a power cut could leave files that have a name and no content. */
  private static void reachDisk(Path folder) throws IOException {
    var sync = new ProcessBuilder("sync", "-f", folder.toString());
    try {
      sync.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      sync.start().waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while PostgreSQL was unpacked", interrupted);
    }
  }

  private static void moveUnlessThere(Path unfinished, Path home) throws IOException {
    try {
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException lostTheRace) {
      if (!Files.isDirectory(home)) {
        throw lostTheRace;
      }
    }
  }
}
