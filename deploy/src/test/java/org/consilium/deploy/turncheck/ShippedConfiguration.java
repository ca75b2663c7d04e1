package org.consilium.deploy.turncheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code deploy/coturn/turnserver.conf}, as operators get it. */
final class ShippedConfiguration {
  private static final Path FILE = Path.of("coturn/turnserver.conf");

  /** The place of the relay's own address: one of those for documentation. */
  static final String NOWHERE = "192.0.2.10";

  private ShippedConfiguration() {}

  /** Its settings, without comments. */
  static List<String> lines() {
    try {
      return Files.readAllLines(FILE).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the README tells to fill it in, but for a relay of this machine alone. */
  static String onLoopback() {
    return String.join("\n", lines())
        .replaceAll("-ip=" + NOWHERE.replace(".", "\\."), "-ip=127.0.0.1");
  }
}
