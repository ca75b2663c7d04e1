package org.consilium.deploy.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The accessibility checker axe-core, from the web client's own packages. */
final class Axe {
  private static final Path SOURCE =
      Path.of("..", "web-client", "node_modules", "axe-core", "axe.min.js");

  /** What WCAG 2.2 AA asks and a program can see, and what axe's authors advise besides. */
  private static final Map<String, Object> EVERYTHING =
      Map.of(
          "resultTypes",
          List.of("violations"),
          "runOnly",
          List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"),
          "rules",
          Map.of("target-size", Map.of("enabled", true)));

  /** What may differ where the same page is shown dark and narrow. */
  private static final Map<String, Object> LOOK =
      Map.of(
          "resultTypes",
          List.of("violations"),
          "runOnly",
          Map.of("type", "rule", "values", List.of("color-contrast", "target-size")));

  private static final String RUN =
      """
      async (options) => (await axe.run(document, options)).violations.map((one) =>
        `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).slice(0, 3).join(' | ')}`)\
      """;

  private final String source;

  Axe() {
    try {
      source = Files.readString(SOURCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that is wrong with the page as it is shown now; empty when all is well. */
  List<String> violations(Page page) {
    return run(page, EVERYTHING);
  }

  /** Texts that are hard to tell from their ground, and targets that are hard to hit. */
  List<String> violationsOfLook(Page page) {
    return run(page, LOOK);
  }

  @SuppressWarnings("unchecked")
  private List<String> run(Page page, Map<String, Object> options) {
    if (!(boolean) page.evaluate("'axe' in window")) {
      page.evaluate(source);
    }
    return (List<String>) page.evaluate(RUN, options);
  }
}
