package org.consilium.signaling.relay.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts one message together in one array. */
final class Bytes {
  /** Room for the longest stamp: names, four numbers and a time. */
  static final int STAMP_MAX = 192;

  static final byte[] AT = of(",\"at\":\"");
  static final byte[] QUOTE_COMMA = of("\",");
  static final byte[] FROM = of("\",\"from\":");
  static final byte[] SENT = of(",\"sent\":");
  static final byte[] TO = of(",\"to\":");
  static final byte[] BODY = of(",\"body\":");
  static final byte[] CLOSE = of("}");

  private final byte[] array;
  private int length;

  Bytes(int capacity) {
    array = new byte[capacity];
  }

  Bytes put(byte[] source) {
    return put(source, 0, source.length);
  }

  Bytes put(byte[] source, int from, int count) {
    System.arraycopy(source, from, array, length, count);
    length += count;
    return this;
  }

  @SuppressWarnings("deprecation") // The one copy of ASCII text that needs no encoder.
  Bytes ascii(String text) {
    text.getBytes(0, text.length(), array, length);
    length += text.length();
    return this;
  }

  Bytes number(long value) {
    return ascii(Long.toString(value));
  }

  static byte[] of(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] exact() {
    return Arrays.copyOf(array, length);
  }
}
