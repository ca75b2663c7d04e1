package org.consilium.records.attachment.store;

import java.nio.charset.StandardCharsets;

/** Reads bytes forwards, a window at a time. */
public final class Cursor {
  private static final int WINDOW = 64 * 1024;

  private final Bytes bytes;
  private byte[] window = new byte[0];
  private long windowAt;
  private long at;

  public Cursor(Bytes bytes) {
    this.bytes = bytes;
  }

  public Cursor(Bytes bytes, long at) {
    this.bytes = bytes;
    this.at = at;
  }

  public long at() {
    return at;
  }

  public long left() {
    return bytes.length() - at;
  }

  public void moveTo(long position) {
    at = position;
  }

  public void skip(long many) {
    at += many;
  }

  /** The next byte, 0 to 255; -1 at the end. */
  public int next() {
    if (at < windowAt || at >= windowAt + window.length) {
      if (at >= bytes.length() || at < 0) {
        return -1;
      }
      windowAt = at;
      window = bytes.read(at, WINDOW);
      if (window.length == 0) {
        return -1;
      }
    }
    return window[(int) (at++ - windowAt)] & 0xff;
  }

  /** {@code count} bytes, the most significant first; {@link EndOfBytes} when there are fewer. */
  public long big(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 8 | needed();
    }
    return value;
  }

  /** {@code count} bytes, the least significant first; {@link EndOfBytes} when there are fewer. */
  public long little(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (long) needed() << (8 * i);
    }
    return value;
  }

  /** {@code count} bytes as Latin-1, for names of chunks. */
  public String text(int count) {
    return new String(take(count), StandardCharsets.ISO_8859_1);
  }

  /** {@code count} bytes; {@link EndOfBytes} when there are fewer. */
  public byte[] take(int count) {
    if (count > left()) {
      throw new EndOfBytes();
    }
    var taken = new byte[count];
    for (int i = 0; i < count; i++) {
      taken[i] = (byte) needed();
    }
    return taken;
  }

  /** Hands on {@code count} bytes as they are, or as many as there are; answers how many. */
  public long copy(long count, Sink sink) {
    long left = Math.min(count, left());
    for (long rest = left; rest > 0; ) {
      var piece = bytes.read(at, (int) Math.min(WINDOW, rest));
      if (piece.length == 0) {
        throw new EndOfBytes();
      }
      sink.write(piece);
      at += piece.length;
      rest -= piece.length;
    }
    return left;
  }

  private int needed() {
    int value = next();
    if (value < 0) {
      throw new EndOfBytes();
    }
    return value;
  }

  /** There are fewer bytes than the format says. */
  public static final class EndOfBytes extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EndOfBytes() {
      super("the end of the bytes", null, false, false);
    }
  }
}
