package org.consilium.records.attachment.intake;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The two things that are kept of a camera's metadata (EXIF 2.32): which way is up, and when. All
 * else, where and by whom above all, is dropped with the segment.
 */
record Exif(int orientation, Optional<Instant> takenAt) {
  static final Exif NONE = new Exif(1, Optional.empty());

  private static final int ORIENTATION = 0x0112;
  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int TAKEN_AT = 0x9003;
  private static final int TAKEN_AT_OFFSET = 0x9011;
  private static final int ENTRIES_MAX = 200;
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss");

  /**
   * Reads a TIFF structure; a damaged one is as good as none.
   *
   * @param zone the clock of the place, for cameras that do not tell theirs
   */
  static Exif of(byte[] tiff, ZoneId zone) {
    try {
      var buffer = ByteBuffer.wrap(tiff);
      buffer.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = buffer.getInt(4);
      int orientation =
          entry(buffer, directory, ORIENTATION).map(at -> short16(buffer, at + 8)).orElse(1);
      var details = entry(buffer, directory, EXIF_DIRECTORY).map(at -> buffer.getInt(at + 8));
      return new Exif(
          orientation >= 1 && orientation <= 8 ? orientation : 1,
          details.flatMap(at -> takenAt(buffer, at, zone)));
    } catch (IndexOutOfBoundsException | BufferUnderflowException damaged) {
      return NONE;
    }
  }

  /** A TIFF structure that says nothing but which way is up. */
  byte[] tiff() {
    return ByteBuffer.allocate(26)
        .order(ByteOrder.BIG_ENDIAN)
        .put((byte) 'M')
        .put((byte) 'M')
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) ORIENTATION)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  boolean isTurned() {
    return orientation != 1;
  }

  private static Optional<Instant> takenAt(ByteBuffer buffer, int directory, ZoneId zone) {
    try {
      var offset = text(buffer, directory, TAKEN_AT_OFFSET, 6);
      return text(buffer, directory, TAKEN_AT, 19)
          .map(text -> LocalDateTime.parse(text, FORMAT))
          .map(wall -> wall.atZone(offset.<ZoneId>map(ZoneOffset::of).orElse(zone)).toInstant());
    } catch (DateTimeException unset) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(ByteBuffer buffer, int directory, int tag, int length) {
    return entry(buffer, directory, tag)
        .map(at -> {
          var text = new byte[length];
          buffer.get(buffer.getInt(at + 8), text);
          return new String(text, StandardCharsets.US_ASCII);
        });
  }

  private static Optional<Integer> entry(ByteBuffer buffer, int directory, int tag) {
    int entries = Math.min(short16(buffer, directory), ENTRIES_MAX);
    for (int i = 0; i < entries; i++) {
      int at = directory + 2 + 12 * i;
      if (short16(buffer, at) == tag) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private static int short16(ByteBuffer buffer, int at) {
    return buffer.getShort(at) & 0xffff;
  }
}
