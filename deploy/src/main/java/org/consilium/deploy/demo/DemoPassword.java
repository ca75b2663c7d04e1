package org.consilium.deploy.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * The one password of all demonstration accounts: made once for each data folder, for its owner.
 */
final class DemoPassword {
  private static final List<String> FIRST =
      List.of(
          "amber", "birch", "cedar", "coral", "delta", "ember", "fern", "harbour", "island", "lake",
          "lemon", "maple", "meadow", "mist", "olive", "pearl", "river", "sand", "stone", "willow");
  private static final List<String> SECOND =
      List.of(
          "crane", "dolphin", "falcon", "gecko", "heron", "ibis", "kestrel", "lark", "lynx",
          "marten", "otter", "pelican", "puffin", "robin", "seal", "stork", "swift", "tern",
          "turtle", "wren");

  private static final SecureRandom RANDOM = new SecureRandom();

  private DemoPassword() {}

  static Path file(Path data) {
    return data.resolve("demo-password");
  }

  /** The password of this folder, made now when there is none. */
  static String keptIn(Path data) {
    return find(data).orElseGet(() -> make(data));
  }

  static Optional<String> find(Path data) {
    var file = file(data);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String make(Path data) {
    var password = "%s-%s-%04d".formatted(one(FIRST), one(SECOND), 1_000 + RANDOM.nextInt(9_000));
    var file = file(data);
    try {
      Files.createDirectories(data);
      var owner = PosixFilePermissions.fromString("rw-------");
      if (Files.getFileStore(data).supportsFileAttributeView("posix")) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
      }
      Files.writeString(file, password + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return password;
  }

  private static String one(List<String> words) {
    return words.get(RANDOM.nextInt(words.size()));
  }
}
