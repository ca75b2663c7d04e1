package org.consilium.deploy.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines of UTF-8, each held in memory and none longer than agreed. */
final class BoundedLines {
  private static final int BUFFER = 64 * 1024;

  private final InputStream bytes;
  private final long lineBytesMax;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;

  BoundedLines(InputStream bytes, long lineBytesMax) {
    this.bytes = bytes;
    this.lineBytesMax = lineBytesMax;
  }

  /** A line is longer than agreed. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** The next line without its end; empty behind the last. */
  Optional<String> next() throws IOException {
    if (!fill()) {
      return Optional.empty();
    }
    var line = new ByteArrayOutputStream();
    while (fill()) {
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.write(buffer, from, at - from);
      if (line.size() > lineBytesMax) {
        throw new TooLong();
      }
      if (at < end) {
        at++;
        break;
      }
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }

  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    at = 0;
    end = Math.max(0, bytes.read(buffer));
    return end > 0;
  }
}
