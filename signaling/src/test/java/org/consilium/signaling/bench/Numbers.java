package org.consilium.signaling.bench;

import io.netty.buffer.ByteBuf;

/** Decimal numbers and keys in bytes, without a string. */
final class Numbers {
  private Numbers() {}

  static void write(ByteBuf out, long number) {
    if (number >= 10) {
      write(out, number / 10);
    }
    out.writeByte((int) ('0' + number % 10));
  }

  /** Where {@code key} ends in the text, or -1. */
  static int find(ByteBuf text, byte[] key) {
    int last = text.writerIndex() - key.length;
    for (int at = text.readerIndex(); at <= last; at++) {
      at = text.indexOf(at, text.writerIndex(), key[0]);
      if (at < 0 || at > last) {
        return -1;
      }
      int same = 1;
      while (same < key.length && text.getByte(at + same) == key[same]) {
        same++;
      }
      if (same == key.length) {
        return at + same;
      }
    }
    return -1;
  }

  static long read(ByteBuf text, int at) {
    long number = 0;
    for (int digit; (digit = text.getByte(at) - '0') >= 0 && digit <= 9; at++) {
      number = number * 10 + digit;
    }
    return number;
  }
}
