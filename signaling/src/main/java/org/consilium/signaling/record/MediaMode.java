package org.consilium.signaling.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.consilium.platform.http.Wire;

/** What a client sends of its person: the body of a {@code media} message in one word. */
public enum MediaMode implements Wire {
  VIDEO,
  AUDIO,
  /** Sound, and still pictures instead of a moving one. */
  STILLS,
  /** Neither: the person looks on and listens. */
  NONE;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads a body; empty when it says neither of sound nor of picture. */
  public static Optional<MediaMode> of(byte[] body) {
    JsonNode said;
    try {
      said = JSON.readTree(body);
    } catch (IOException e) {
      return Optional.empty();
    }
    if (!said.path("audio").isBoolean() && !said.path("video").isBoolean()) {
      return Optional.empty();
    }
    if (said.path("stills").asBoolean()) {
      return Optional.of(STILLS);
    }
    if (said.path("video").asBoolean()) {
      return Optional.of(VIDEO);
    }
    return Optional.of(said.path("audio").asBoolean() ? AUDIO : NONE);
  }
}
