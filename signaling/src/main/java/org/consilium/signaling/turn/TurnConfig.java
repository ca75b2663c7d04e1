package org.consilium.signaling.turn;

import java.time.Duration;
import java.util.List;

/**
 * The TURN relay (RFC 8656) that media falls back to when two browsers cannot reach each other. A
 * value out of range is an {@link IllegalArgumentException} that names the setting.
 *
 * @param urls what browsers dial, for example {@code turns:turn.example.org:443}; empty for none
 * @param sharedSecret the key that this server and the relay both hold; never printed
 * @param credentialTtl how long one credential works; at least ten minutes, at most an hour: an
 *     allocation outlives it, so it must not be long
 */
public record TurnConfig(List<String> urls, String sharedSecret, Duration credentialTtl) {
  private static final int SECRET_CHARS_MIN = 16;

  /** No relay: browsers must reach each other directly, as on one machine or one network. */
  public static final TurnConfig NONE = new TurnConfig(List.of(), "", Duration.ofHours(1));

  public TurnConfig {
    urls = List.copyOf(urls);
    for (var url : urls) {
      if (!url.matches("(stun|turns?):.+")) {
        throw new IllegalArgumentException(
            "CONSILIUM_TURN_URLS: \"" + url + "\" must begin with turn:, turns: or stun:");
      }
    }
    if (!urls.isEmpty() && sharedSecret.length() < SECRET_CHARS_MIN) {
      throw new IllegalArgumentException(
          "CONSILIUM_TURN_SECRET must have at least " + SECRET_CHARS_MIN + " characters");
    }
    if (credentialTtl.compareTo(Duration.ofMinutes(10)) < 0
        || credentialTtl.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "the TURN credential's life must be 10 minutes to an hour");
    }
  }

  @Override
  public String toString() {
    return "TurnConfig" + urls;
  }
}
