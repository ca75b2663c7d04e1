package org.consilium.records.fhir.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Values of R4's primitive types. */
final class Primitives {
  private static final Set<String> INTEGERS = Set.of("integer", "positiveInt", "unsignedInt");
  private static final Set<String> WITH_DAY = Set.of("date", "dateTime", "instant");

  /** Patterns with groups that repeat are never run over long text. */
  private static final int CHARS_MAX = 4096;

  private static final Set<String> URIS = Set.of("uri", "url", "canonical");
  private static final Set<String> LONG = Set.of("string", "markdown", "uri", "url", "canonical");

  private static final Pattern OID = Pattern.compile("urn:oid:[0-2](\\.(0|[1-9][0-9]*)){2,60}");

  private static final Pattern UUID =
      Pattern.compile("urn:uuid:\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private static final int DAY_CHARS = 10;

  private Primitives() {}

  /** What is wrong with a value, as a sentence. */
  static Optional<String> fault(String type, Pattern pattern, JsonNode value) {
    if (type.equals("boolean")) {
      return unless(value.isBoolean(), "Write true or false, without quotes.");
    }
    if (INTEGERS.contains(type)) {
      return unless(
          value.canConvertToInt()
              && value.isIntegralNumber()
              && pattern.matcher(value.asText()).matches(),
          "Write a whole number (%s), without quotes.".formatted(type));
    }
    if (type.equals("decimal")) {
      return unless(value.isNumber(), "Write a number, without quotes.");
    }
    if (!value.isTextual()) {
      return Optional.of("This is a %s, so it is written in quotes.".formatted(type));
    }
    var text = value.textValue();
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      return Optional.of("This text is empty or has a character that cannot be kept.");
    }
    if (type.equals("base64Binary")) {
      return unless(isBase64(text), "This is not base64.");
    }
    if (URIS.contains(type) && !isWholeName(text)) {
      return Optional.of("This is no OID or UUID.");
    }
    boolean fits =
        (LONG.contains(type) || text.length() <= CHARS_MAX) && pattern.matcher(text).matches();
    if (!fits) {
      return Optional.of("This is no %s as R4 has it.".formatted(type));
    }
    return WITH_DAY.contains(type) && text.length() >= DAY_CHARS
        ? unless(isDay(text.substring(0, DAY_CHARS)), "There is no such day.")
        : Optional.empty();
  }

  private static Optional<String> unless(boolean well, String otherwise) {
    return well ? Optional.empty() : Optional.of(otherwise);
  }

  /** What begins like an OID or a UUID is one. */
  private static boolean isWholeName(String uri) {
    return (!uri.startsWith("urn:oid:") || OID.matcher(uri).matches())
        && (!uri.startsWith("urn:uuid:") || UUID.matcher(uri).matches());
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text.replaceAll("\\s", ""));
      return true;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  private static boolean isDay(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException noSuchDay) {
      return false;
    }
  }
}
