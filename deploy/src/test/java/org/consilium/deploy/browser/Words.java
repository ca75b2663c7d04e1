package org.consilium.deploy.browser;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.consilium.platform.http.Json;

/** What the pages say in a language, from the catalogues of the web client. */
final class Words {
  private static final Path CATALOGUES = Path.of("..", "web-client", "src", "i18n", "catalogue");

  private final String tag;
  private final Set<String> english = new HashSet<>();
  private final Set<String> own = new HashSet<>();

  Words(String tag) {
    this.tag = tag;
    try (var files = Files.list(CATALOGUES.resolve("en"))) {
      for (var file : files.toList()) {
        english.addAll(read("en", file.getFileName().toString()).values());
        own.addAll(read(tag, file.getFileName().toString()).values());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String tag() {
    return tag;
  }

  /** A text of a feature by its key. */
  String of(String feature, String key) {
    return read(tag, feature + ".json").get(key);
  }

  /** A word alone may be the same in both, or a name: two words or more are not. */
  boolean isLeftInEnglish(String text) {
    return text.contains(" ") && english.contains(text) && !own.contains(text);
  }

  private static Map<String, String> read(String tag, String file) {
    try {
      return Json.MAPPER.readValue(
          CATALOGUES.resolve(tag).resolve(file).toFile(), new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
