package org.consilium.signaling.ring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.RingId;

/** What a client says on a presence socket. Fields that this version does not know are skipped. */
sealed interface ClientWord {
  /** More than any of them needs. */
  int BYTES_MAX = 1024;

  ObjectMapper JSON = new ObjectMapper();

  record Ping() implements ClientWord {}

  record Answer(RingId ring) implements ClientWord {}

  record Decline(RingId ring, DeclineReason reason) implements ClientWord {}

  /** Known, but something it needs is missing or no such thing. */
  record Incomplete() implements ClientWord {}

  /** Of a later version. */
  record Unknown() implements ClientWord {}

  record TooLarge() implements ClientWord {}

  /**
   * @param raw one JSON object with a {@code type}: the socket has checked that
   */
  static ClientWord read(byte[] raw) {
    if (raw.length > BYTES_MAX) {
      return new TooLarge();
    }
    try {
      var word = JSON.readTree(raw);
      return switch (word.path("type").asText()) {
        case "ping" -> new Ping();
        case "ring-answer" -> ring(word).<ClientWord>map(Answer::new).orElseGet(Incomplete::new);
        case "ring-decline" -> decline(word);
        default -> new Unknown();
      };
    } catch (JsonProcessingException e) {
      return new Incomplete();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A reason of a later version is none that the caller could be told: not now. */
  private static ClientWord decline(JsonNode word) {
    var reason = DeclineReason.named(word.path("reason").asText()).orElse(DeclineReason.NOT_NOW);
    return ring(word).<ClientWord>map(ring -> new Decline(ring, reason)).orElseGet(Incomplete::new);
  }

  private static Optional<RingId> ring(JsonNode word) {
    try {
      return Optional.of(new RingId(UUID.fromString(word.path("ring").asText())));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }
}
