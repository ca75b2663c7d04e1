package org.consilium.signaling.relay.message;

import static org.consilium.signaling.relay.message.ClientMessage.ABSENT;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the head of a client's message and finds its body without building it.
 *
 * <p>The whole text is checked to be UTF-8 and one JSON object, because it goes on to others as it
 * came. Fields that this version does not know are skipped.
 */
public final class HeadReader {
  /** Deeper nesting is nothing that a browser makes. */
  private static final int DEPTH_MAX = 32;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // The text is UTF-8; looking for UTF-16 would find it, and read another text.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxNumberLength(20)
                  .maxNameLength(64)
                  .build())
          .build();

  /** What reading can end in. */
  public sealed interface Result {
    /** The message was understood, though its type may be unknown. */
    record Read(ClientMessage message) implements Result {}

    /** It is no JSON object of the right shape. */
    record Malformed() implements Result {}

    /** It is no UTF-8. */
    record NotUtf8() implements Result {}
  }

  private HeadReader() {}

  /** Reads one whole message; {@code raw} is kept by the result and must not change. */
  public static Result read(byte[] raw) {
    if (!isUtf8(raw)) {
      return new Result.NotUtf8();
    }
    try (JsonParser json = JSON.createParser(raw, 0, raw.length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return new Result.Malformed();
      }
      var head = new Head();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        if (!head.field(json, json.currentName())) {
          return new Result.Malformed();
        }
      }
      if (!head.hasType || json.nextToken() != null) {
        return new Result.Malformed();
      }
      return new Result.Read(head.message(raw));
    } catch (IOException notJson) {
      return new Result.Malformed();
    }
  }

  private static boolean isUtf8(byte[] raw) {
    byte seen = 0;
    for (byte b : raw) {
      seen |= b;
    }
    if (seen >= 0) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The fields as they are met; each at most once. */
  private static final class Head {
    private int seen;
    private boolean hasType;
    private ClientType type;
    private long seq = ABSENT;
    private long to = ABSENT;
    private long epoch = ABSENT;
    private long seat = ABSENT;
    private long ack = ABSENT;
    private int bodyFrom;
    private int bodyLength;

    /** Takes one field; false when it is doubled or of the wrong kind. */
    boolean field(JsonParser json, String name) throws IOException {
      JsonToken value = json.nextToken();
      switch (name) {
        case "type" -> {
          if (!first(1) || value != JsonToken.VALUE_STRING) {
            return false;
          }
          hasType = true;
          type = ClientType.named(json.getText());
          return true;
        }
        case "seq" -> {
          seq = number(json, value);
          return first(2) && seq != ABSENT;
        }
        case "to" -> {
          to = number(json, value);
          return first(4) && to != ABSENT;
        }
        case "epoch" -> {
          epoch = number(json, value);
          return first(8) && epoch != ABSENT;
        }
        case "seat" -> {
          seat = number(json, value);
          return first(16) && seat != ABSENT;
        }
        case "ack" -> {
          ack = number(json, value);
          return first(32) && ack != ABSENT;
        }
        case "body" -> {
          if (!first(64) || value != JsonToken.START_OBJECT) {
            return false;
          }
          bodyFrom = (int) json.currentTokenLocation().getByteOffset();
          json.skipChildren();
          bodyLength = (int) json.currentLocation().getByteOffset() - bodyFrom;
          return true;
        }
        default -> {
          json.skipChildren();
          return true;
        }
      }
    }

    private boolean first(int bit) {
      boolean fresh = (seen & bit) == 0;
      seen |= bit;
      return fresh;
    }

    private static long number(JsonParser json, JsonToken value) throws IOException {
      if (value != JsonToken.VALUE_NUMBER_INT) {
        return ABSENT;
      }
      long number = json.getLongValue();
      return number < 0 ? ABSENT : number;
    }

    ClientMessage message(byte[] raw) {
      return new ClientMessage(type, seq, to, epoch, seat, ack, raw, bodyFrom, bodyLength);
    }
  }
}
