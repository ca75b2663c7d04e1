package org.consilium.scheduling.consult;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;

/** The end of a page as an opaque text. */
final class Cursor {
  private Cursor() {}

  static String write(ConsultStore.After after) {
    var plain = after.at() + "|" + after.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }

  static ConsultStore.After read(String cursor) {
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|");
      return new ConsultStore.After(Instant.parse(parts[0]), ConsultId.parse(parts[1]));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
      throw new Refusal(400, "cursor-malformed", "This page mark is not one of ours.");
    }
  }
}
