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

  /** A number that is not negative, in decimal digits. */
  Bytes number(long value) {
    int end = length + digits(value);
    long rest = value;
    for (int at = end - 1; at >= length; at--) {
      array[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length = end;
    return this;
  }

  /** How many decimal digits a number has that is not negative. */
  static int digits(long value) {
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  static byte[] of(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether {@code name} stands in {@code text} here, whose end is not before the name's. */
  static boolean equal(byte[] text, int from, byte[] name) {
    return Arrays.equals(text, from, from + name.length, name, 0, name.length);
  }

  /** What was put together: the array itself when it is full. */
  byte[] exact() {
    return length == array.length ? array : Arrays.copyOf(array, length);
  }
}
