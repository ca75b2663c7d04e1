package org.consilium.deploy.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;

/** Copies files readable by their owner alone, and tells the hash of what it copied. */
final class HashedCopy {
  private static final int BUFFER_BYTES = 1 << 18;

  private HashedCopy() {}

  /** What was copied. */
  record Copied(long bytes, String sha256) {}

  /** Copies what {@code from} holds now; {@code to} must not be there. */
  static Copied copy(Path from, Path to) throws IOException {
    try (var in = Files.newInputStream(from)) {
      return copy(in, to);
    }
  }

  /** Writes all of {@code bytes} to a new file. */
  static Copied write(byte[] bytes, Path to) throws IOException {
    return copy(new ByteArrayInputStream(bytes), to);
  }

  private static Copied copy(InputStream in, Path to) throws IOException {
    var digest = digest();
    long bytes = 0;
    var buffer = new byte[BUFFER_BYTES];
    try (var channel =
            Files.newByteChannel(
                to,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
        var out = Channels.newOutputStream(channel)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
        bytes += read;
      }
    }
    return new Copied(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** Makes a folder that only its owner may enter; its parents must be there. */
  static void folder(Path folder) throws IOException {
    Files.createDirectory(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Has everything below {@code folder} reach the disk: at once, not file by file. */
  static void reachDisk(Path folder) throws IOException {
    try {
      int status =
          new ProcessBuilder("sync", "-f", folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (status != 0) {
        throw new IOException("The disk of " + folder + " did not take everything");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted before everything had reached the disk", interrupted);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
