package org.consilium.records.attachment.intake;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.store.Bytes;
import org.consilium.records.attachment.store.Cursor;
import org.consilium.records.attachment.store.Cursor.EndOfBytes;
import org.consilium.records.attachment.store.Sink;

/**
 * Copies WebP (RFC 9649) and WAV, both RIFF, chunk by chunk: what draws or sounds is kept; EXIF,
 * XMP, lists of names and what follows the end are not.
 */
final class RiffFile {
  private static final Set<String> PICTURE = Set.of("VP8X", "VP8 ", "VP8L", "ALPH", "ICCP");
  private static final Set<String> SOUND = Set.of("fmt ", "fact", "data");
  private static final int EXIF_BYTES_MAX = 65_536;
  private static final int FLAG_EXIF = 0x08;
  private static final int FLAG_XMP = 0x04;
  private static final int FLAG_ANIMATION = 0x02;

  private record Chunk(String name, long at, long length) {
    long padded() {
      return length + (length & 1);
    }
  }

  private RiffFile() {}

  static Cleaned webp(Bytes bytes, ZoneId zone, Sink out) {
    var all = chunks(bytes);
    if (all.stream().anyMatch(chunk -> chunk.name().startsWith("ANI"))) {
      throw new Unfit(Reason.MOVING_PICTURE);
    }
    var exif =
        all.stream()
            .filter(chunk -> chunk.name().equals("EXIF") && chunk.length() > 8)
            .findFirst()
            .map(chunk -> exif(bytes, chunk, zone))
            .orElse(Exif.NONE);
    var kept = all.stream().filter(chunk -> PICTURE.contains(chunk.name())).toList();
    var size = size(bytes, kept);
    write(bytes, kept, "WEBP", exif, out);
    return Cleaned.picture(size[0], size[1], false, false, exif);
  }

  static Cleaned wav(Bytes bytes, Sink out) {
    var kept = chunks(bytes).stream().filter(chunk -> SOUND.contains(chunk.name())).toList();
    if (kept.stream().noneMatch(chunk -> chunk.name().equals("data"))) {
      throw new Unfit(Reason.UNREADABLE);
    }
    write(bytes, kept, "WAVE", Exif.NONE, out);
    return Cleaned.plain(false);
  }

  private static List<Chunk> chunks(Bytes bytes) {
    var in = new Cursor(bytes, 4);
    var chunks = new ArrayList<Chunk>();
    long end = in.little(4) + 8;
    if (end > bytes.length()) {
      throw new Unfit(Reason.CUT_SHORT);
    }
    in.skip(4);
    try {
      while (in.at() + 8 <= end) {
        var name = in.text(4);
        var chunk = new Chunk(name, in.at() + 4, in.little(4));
        if (chunk.at() + chunk.length() > end || chunks.size() > 1000) {
          throw new Unfit(Reason.UNREADABLE);
        }
        chunks.add(chunk);
        in.moveTo(chunk.at() + chunk.padded());
      }
    } catch (EndOfBytes e) {
      throw new Unfit(Reason.CUT_SHORT);
    }
    return chunks;
  }

  private static Exif exif(Bytes bytes, Chunk chunk, ZoneId zone) {
    return Exif.of(bytes.read(chunk.at(), (int) Math.min(chunk.length(), EXIF_BYTES_MAX)), zone);
  }

  private static int[] size(Bytes bytes, List<Chunk> chunks) {
    var picture =
        chunks.stream()
            .filter(chunk -> chunk.name().startsWith("VP8") && chunk.length() >= 10)
            .findFirst()
            .orElseThrow(() -> new Unfit(Reason.UNREADABLE));
    var in = new Cursor(bytes, picture.at());
    int wide;
    int high;
    switch (picture.name()) {
      case "VP8X" -> {
        in.skip(4);
        wide = (int) in.little(3) + 1;
        high = (int) in.little(3) + 1;
      }
      case "VP8L" -> {
        in.skip(1);
        long bits = in.little(4);
        wide = (int) (bits & 0x3fff) + 1;
        high = (int) (bits >> 14 & 0x3fff) + 1;
      }
      default -> {
        in.skip(6);
        wide = (int) in.little(2) & 0x3fff;
        high = (int) in.little(2) & 0x3fff;
      }
    }
    if ((long) wide * high > PictureLimits.PIXELS_MAX) {
      throw new Unfit(Reason.TOO_MANY_PIXELS);
    }
    return new int[] {wide, high};
  }

  private static void write(Bytes bytes, List<Chunk> kept, String form, Exif exif, Sink out) {
    boolean extended = kept.stream().anyMatch(chunk -> chunk.name().equals("VP8X"));
    boolean turned = extended && exif.isTurned();
    long length = 4 + kept.stream().mapToLong(chunk -> 8 + chunk.padded()).sum();
    out.write(head("RIFF", length + (turned ? 8 + exif.tiff().length : 0)));
    out.write(form.getBytes(StandardCharsets.US_ASCII));
    for (var chunk : kept) {
      out.write(head(chunk.name(), chunk.length()));
      var in = new Cursor(bytes, chunk.at());
      if (chunk.name().equals("VP8X")) {
        int flags = (int) in.big(1) & ~(FLAG_EXIF | FLAG_XMP | FLAG_ANIMATION);
        out.write(flags | (turned ? FLAG_EXIF : 0));
        in.copy(chunk.length() - 1, out);
      } else {
        in.copy(chunk.length(), out);
      }
      if (chunk.padded() > chunk.length()) {
        out.write(0);
      }
    }
    if (turned) {
      out.write(head("EXIF", exif.tiff().length));
      out.write(exif.tiff());
    }
  }

  private static byte[] head(String name, long length) {
    return ByteBuffer.allocate(8)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .putInt((int) length)
        .array();
  }
}
