package org.consilium.deploy.browser;

import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Playwright over the web client's own playwright-core and the system's Node and browsers, so that
 * nothing is downloaded.
 */
final class Driver {
  private Driver() {}

  static Playwright start() {
    System.setProperty("playwright.cli.dir", folder().toString());
    return Playwright.create();
  }

  /** The program named by the setting, or else the first of these names on the PATH. */
  static Path program(String what, String setting, String... names) {
    return Optional.ofNullable(System.getenv(setting))
        .map(Path::of)
        .or(() -> Stream.of(names).flatMap(name -> onPath(name).stream()).findFirst())
        .orElseThrow(() -> missing(what));
  }

  /** The driver's folder as the library wants it: {@code node} and {@code package}. */
  private static Path folder() {
    try {
      var folder = Files.createDirectories(Path.of("target", "playwright").toAbsolutePath());
      link(folder.resolve("node"), onPath("node").orElseThrow(() -> missing("Node.js")));
      link(
          folder.resolve("package"),
          Path.of("..", "web-client", "node_modules", "playwright-core").toRealPath());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path link, Path target) throws IOException {
    if (!Files.exists(link) || !link.toRealPath().equals(target.toRealPath())) {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target);
    }
  }

  private static Optional<Path> onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static IllegalStateException missing(String what) {
    return new IllegalStateException("The browser tests need " + what + " on the PATH.");
  }
}
