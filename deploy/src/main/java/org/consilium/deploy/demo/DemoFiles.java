package org.consilium.deploy.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.consilium.platform.http.Json;

/** Reads what the demonstration is made of. {@code "today+21"} stands for a date. */
final class DemoFiles {
  private static final Pattern DAY = Pattern.compile("\"today([+-]\\d+)\"");

  private DemoFiles() {}

  static <T> T read(String name, Class<T> type, LocalDate today) {
    try (var stream = DemoFiles.class.getResourceAsStream("/demo/" + name)) {
      var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      var dated =
          DAY.matcher(text)
              .replaceAll(day -> "\"" + today.plusDays(Long.parseLong(day.group(1))) + "\"");
      return Json.read(dated.getBytes(StandardCharsets.UTF_8), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
