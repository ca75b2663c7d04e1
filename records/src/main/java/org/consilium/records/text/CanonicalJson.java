package org.consilium.records.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.consilium.platform.http.Json;

/**
 * One sequence of bytes for one JSON value (RFC 8785): members ordered by UTF-16 code units, the
 * least escaping, numbers as ECMAScript writes them, no spaces. What is hashed and signed.
 */
public final class CanonicalJson {
  private static final BigDecimal PLAIN_BELOW = new BigDecimal("1e21");
  private static final BigDecimal PLAIN_FROM = new BigDecimal("1e-6");

  private CanonicalJson() {}

  /** The canonical UTF-8 bytes of any record. */
  public static byte[] bytes(Object value) {
    return text(Json.tree(value)).getBytes(StandardCharsets.UTF_8);
  }

  static String text(JsonNode node) {
    var out = new StringBuilder();
    write(node, out);
    return out.toString();
  }

  private static void write(JsonNode node, StringBuilder out) {
    switch (node.getNodeType()) {
      case OBJECT -> writeObject(node, out);
      case ARRAY -> {
        var separator = "[";
        for (var item : node) {
          out.append(separator);
          write(item, out);
          separator = ",";
        }
        out.append(node.isEmpty() ? "[]" : "]");
      }
      case STRING -> writeString(node.textValue(), out);
      case NUMBER -> out.append(number(node.doubleValue()));
      case BOOLEAN -> out.append(node.booleanValue());
      case NULL -> out.append("null");
      case BINARY, MISSING, POJO ->
          throw new IllegalArgumentException("not a JSON value: " + node.getNodeType());
    }
  }

  private static void writeObject(JsonNode node, StringBuilder out) {
    // String's own order is by UTF-16 code units, as RFC 8785 §3.2.3 asks.
    var members = new TreeMap<String, JsonNode>();
    node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    out.append('{');
    var separator = "";
    for (var member : members.entrySet()) {
      out.append(separator);
      writeString(member.getKey(), out);
      out.append(':');
      write(member.getValue(), out);
      separator = ",";
    }
    out.append('}');
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /**
   * ECMA-262's Number::toString. Java's shortest decimal (since 19) has the same digits, save that
   * it never has fewer than two; the layout differs.
   */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no " + value);
    }
    if (value == 0) {
      return "0";
    }
    var decimal = shortest(value);
    var size = decimal.abs();
    if (size.compareTo(PLAIN_FROM) >= 0 && size.compareTo(PLAIN_BELOW) < 0) {
      return decimal.toPlainString();
    }
    var digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + Math.abs(exponent);
  }

  private static BigDecimal shortest(double value) {
    var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    var oneDigit = decimal.round(new MathContext(1));
    return oneDigit.doubleValue() == value ? oneDigit : decimal;
  }
}
