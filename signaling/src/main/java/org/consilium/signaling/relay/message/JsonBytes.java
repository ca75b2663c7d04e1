package org.consilium.signaling.relay.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over JSON (RFC 8259) in UTF-8 and checks it, building nothing.
 *
 * <p>Every method takes where something begins and answers where it ends, or {@link #BAD}. Eight
 * bytes of a string are looked at in one step, since a session description is one string of
 * kilobytes: a tenth of the time that a general parser takes for a message.
 */
final class JsonBytes {
  /** Stands for the end of what is no JSON. */
  static final int BAD = -1;

  /** Deeper nesting is nothing that a browser makes. */
  private static final int DEPTH_MAX = 32;

  private static final int NAME_BYTES_MAX = 64;

  /** What a browser writes is never longer: a sign, "0.00000" and the 17 digits of a double. */
  private static final int NUMBER_BYTES_MAX = 26;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final long SPACES = ' ' * ONES;

  private final byte[] text;

  JsonBytes(byte[] text) {
    this.text = text;
  }

  /** Whether every byte is ASCII, which is UTF-8 without further looking. */
  static boolean isAscii(byte[] text) {
    long seen = 0;
    int at = 0;
    for (; at + Long.BYTES <= text.length; at += Long.BYTES) {
      seen |= (long) EIGHT.get(text, at);
    }
    for (; at < text.length; at++) {
      seen |= text[at];
    }
    return (seen & HIGH_BITS) == 0;
  }

  /** The byte at this place, or 0 behind the end; no JSON has a zero byte. */
  int at(int place) {
    return place < text.length ? text[place] : 0;
  }

  /** Behind the white space, if there is any. */
  int space(int from) {
    int at = from;
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** Behind the value of any kind that begins here. */
  int value(int from, int depth) {
    return switch (at(from)) {
      case '"' -> string(from);
      case '{' -> object(from, depth);
      case '[' -> array(from, depth);
      case 't' -> word(from, "true");
      case 'f' -> word(from, "false");
      case 'n' -> word(from, "null");
      default -> number(from);
    };
  }

  /** Behind the object whose brace is here, the {@code depth}th from outside. */
  int object(int from, int depth) {
    if (at(from) != '{' || depth > DEPTH_MAX) {
      return BAD;
    }
    int at = space(from + 1);
    if (at(at) == '}') {
      return at + 1;
    }
    while (true) {
      int value = name(at);
      if (value == BAD) {
        return BAD;
      }
      at = value(value, depth + 1);
      if (at == BAD) {
        return BAD;
      }
      at = space(at);
      if (at(at) == '}') {
        return at + 1;
      }
      if (at(at) != ',') {
        return BAD;
      }
      at = space(at + 1);
    }
  }

  private int array(int from, int depth) {
    if (depth > DEPTH_MAX) {
      return BAD;
    }
    int at = space(from + 1);
    if (at(at) == ']') {
      return at + 1;
    }
    while (true) {
      at = value(at, depth + 1);
      if (at == BAD) {
        return BAD;
      }
      at = space(at);
      if (at(at) == ']') {
        return at + 1;
      }
      if (at(at) != ',') {
        return BAD;
      }
      at = space(at + 1);
    }
  }

  /** From the quote of a name to where its value begins. */
  int name(int from) {
    if (at(from) != '"') {
      return BAD;
    }
    int end = string(from);
    if (end == BAD || end - from - 2 > NAME_BYTES_MAX) {
      return BAD;
    }
    int colon = space(end);
    return at(colon) == ':' ? space(colon + 1) : BAD;
  }

  /** Behind the closing quote of the string whose quote is here. */
  int string(int from) {
    int at = from + 1;
    while (true) {
      at = plainEnd(at);
      switch (at(at)) {
        case '"' -> {
          return at + 1;
        }
        case '\\' -> {
          at = escape(at + 1);
          if (at == BAD) {
            return BAD;
          }
        }
        default -> {
          return BAD; // A control character, or the end.
        }
      }
    }
  }

  /** Within a string: the next quote, backslash or control character, or the end of the text. */
  int plainEnd(int from) {
    int at = from;
    for (; at + Long.BYTES <= text.length; at += Long.BYTES) {
      long eight = (long) EIGHT.get(text, at);
      long quote = eight ^ QUOTES;
      long backslash = eight ^ BACKSLASHES;
      // The high bit of each byte that is zero after the exclusive or, or less than a space. A byte
      // behind the first found may be marked wrongly by its borrow; only the first is asked for.
      long found =
          (((quote - ONES) & ~quote)
                  | ((backslash - ONES) & ~backslash)
                  | ((eight - SPACES) & ~eight))
              & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < text.length && text[at] != '"' && text[at] != '\\' && (text[at] & 0xff) >= ' ') {
      at++;
    }
    return at;
  }

  private int escape(int from) {
    return switch (at(from)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 1;
      case 'u' -> {
        for (int at = from + 1; at <= from + 4; at++) {
          if (Character.digit(at(at), 16) < 0) {
            yield BAD;
          }
        }
        yield from + 5;
      }
      default -> BAD;
    };
  }

  private int word(int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at(from + i) != word.charAt(i)) {
        return BAD;
      }
    }
    return from + word.length();
  }

  private int number(int from) {
    int at = at(from) == '-' ? from + 1 : from;
    int whole = digits(at);
    if (whole == at || (at(at) == '0' && whole > at + 1)) {
      return BAD;
    }
    at = whole;
    if (at(at) == '.') {
      int fraction = digits(at + 1);
      if (fraction == at + 1) {
        return BAD;
      }
      at = fraction;
    }
    if (at(at) == 'e' || at(at) == 'E') {
      int sign = at(at + 1) == '+' || at(at + 1) == '-' ? at + 2 : at + 1;
      int exponent = digits(sign);
      if (exponent == sign) {
        return BAD;
      }
      at = exponent;
    }
    return at - from > NUMBER_BYTES_MAX ? BAD : at;
  }

  /** Behind the digits here; where it began when there is none. */
  int digits(int from) {
    int at = from;
    while (at(at) >= '0' && at(at) <= '9') {
      at++;
    }
    return at;
  }
}
