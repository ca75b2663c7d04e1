package org.consilium.records.attachment.store;

import java.util.Arrays;

/** Bytes that are fetched in windows from where they are kept; holds one window. */
public final class ReadBytes implements Bytes {
  private final long length;
  private final Window windows;
  private byte[] window = new byte[0];
  private long windowAt;

  /** Answers some bytes from {@code at} on: at least one, unless the bytes are gone. */
  public interface Window {
    byte[] at(long at);
  }

  public ReadBytes(long length, Window windows) {
    this.length = length;
    this.windows = windows;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public byte[] read(long at, int most) {
    int wanted = (int) Math.max(0, Math.min(most, length - at));
    var read = new byte[wanted];
    for (int filled = 0; filled < wanted; ) {
      long from = at + filled;
      if (from < windowAt || from >= windowAt + window.length) {
        window = windows.at(from);
        windowAt = from;
        if (window.length == 0) {
          return Arrays.copyOf(read, filled);
        }
      }
      int offset = (int) (from - windowAt);
      int count = Math.min(wanted - filled, window.length - offset);
      System.arraycopy(window, offset, read, filled, count);
      filled += count;
    }
    return read;
  }
}
