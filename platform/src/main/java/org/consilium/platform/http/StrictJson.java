package org.consilium.platform.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a body once before anybody else does, and refuses what lenient readers let through: bytes
 * that are not UTF-8, comments, repeated names, NaN, deep nesting, a second value behind the first,
 * and text that PostgreSQL cannot keep (U+0000, half a surrogate pair).
 */
final class StrictJson {
  /** A number whose digits, written out, would be longer than this is no measurement. */
  private static final int NUMBER_SCALE_MAX = 100;

  private StrictJson() {}

  /** Refuses with 400, and with the field where there is one. An empty body is no JSON to check. */
  static void check(Buffer body) {
    if (body == null || body.length() == 0) {
      return;
    }
    try (var parser = Json.MAPPER.createParser(text(body))) {
      if (parser.nextToken() == null) {
        throw malformed();
      }
      check(parser);
      while (parser.nextToken() != null) {
        if (parser.getParsingContext().inRoot() && !parser.currentToken().isStructEnd()) {
          throw malformed();
        }
        check(parser);
      }
    } catch (JsonProcessingException e) {
      throw malformed();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Buffer body) throws JsonProcessingException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "malformed", "The body is not UTF-8.");
    }
  }

  private static void check(JsonParser parser) throws IOException {
    switch (parser.currentToken()) {
      case FIELD_NAME, VALUE_STRING -> {
        if (!canBeKept(parser.getText())) {
          throw refused(parser, "This text has a character that cannot be kept.");
        }
      }
      case VALUE_NUMBER_FLOAT -> {
        if (Math.abs(parser.getDecimalValue().scale()) > NUMBER_SCALE_MAX) {
          throw refused(parser, "This number is out of every range.");
        }
      }
      default -> {
        // Structure and literals carry no text.
      }
    }
  }

  /** Whether the text has neither U+0000 nor half a surrogate pair. */
  static boolean canBeKept(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        if (++i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      }
    }
    return true;
  }

  private static Refusal refused(JsonParser parser, String detail) {
    var at = parser.getParsingContext();
    var pointer =
        parser.currentToken() == JsonToken.FIELD_NAME && !canBeKept(at.getCurrentName())
            ? at.getParent().pathAsPointer().toString()
            : at.pathAsPointer().toString();
    return new Refusal(
        400,
        "malformed",
        "Some fields are not as they must be.",
        List.of(new FieldError(pointer, detail)));
  }

  private static Refusal malformed() {
    return new Refusal(400, "malformed", "The body is not JSON.");
  }
}
