package org.consilium.deploy.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import org.consilium.platform.crypto.Signer;

/** Puts public keys that came along beside those of this server. */
final class PublicKeys {
  private static final String SUFFIX = ".pub";
  private static final String UNTIL_KEPT = ".arriving";

  private PublicKeys() {}

  /** What makes the import last. */
  interface Commit {
    void run() throws SQLException;
  }

  /**
   * Writes them down, commits, and only then lets them count: a key of an archive that is not
   * entered must not check anything here.
   *
   * @throws ArchiveFailed before the commit, when one is not the key that its name says
   */
  static void put(Map<String, byte[]> keys, Path folder, Commit commit)
      throws SQLException, IOException {
    Files.createDirectories(folder);
    var arriving = new ArrayList<Path>();
    try {
      for (var key : keys.entrySet()) {
        var name = checked(key.getKey(), key.getValue());
        var file = folder.resolve(name + UNTIL_KEPT);
        arriving.add(file);
        Files.write(file, key.getValue());
      }
      commit.run();
    } catch (SQLException | IOException | RuntimeException e) {
      for (var file : arriving) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
    try {
      for (var file : arriving) {
        var name = file.getFileName().toString().replace(UNTIL_KEPT, SUFFIX);
        Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new KeysLeftBeside(folder, e);
    }
  }

  /** The name of a key without its suffix. */
  private static String checked(String file, byte[] text) {
    var name = file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : "";
    try {
      Signer.publicKey(name, new String(text, StandardCharsets.US_ASCII));
      return name;
    } catch (IllegalArgumentException other) {
      throw new ArchiveFailed("keys/" + file + " is not the key that its name says.", other);
    }
  }
}
