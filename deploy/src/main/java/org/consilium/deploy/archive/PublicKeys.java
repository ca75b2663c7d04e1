package org.consilium.deploy.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Puts public keys that came along beside those of this server. */
final class PublicKeys {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{16}\\.pub");

  private PublicKeys() {}

  static void put(Map<String, byte[]> keys, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (var key : keys.entrySet()) {
      if (!NAME.matcher(key.getKey()).matches()) {
        throw new ArchiveFailed("keys/" + key.getKey() + " is no name of a key.");
      }
      Files.write(folder.resolve(key.getKey()), key.getValue());
    }
  }
}
