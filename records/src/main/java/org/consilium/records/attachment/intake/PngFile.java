package org.consilium.records.attachment.intake;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Set;
import java.util.zip.CRC32;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.store.Bytes;
import org.consilium.records.attachment.store.Cursor;
import org.consilium.records.attachment.store.Cursor.EndOfBytes;
import org.consilium.records.attachment.store.Sink;

/**
 * Copies a PNG (W3C PNG, third edition) chunk by chunk, without decoding. Only chunks that say how
 * to draw the pixels are kept; texts, however packed, are never unpacked.
 */
final class PngFile {
  private static final Set<String> KEPT =
      Set.of("PLTE", "IDAT", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs");
  private static final int SIGNATURE_BYTES = 8;
  private static final int COLOUR_BYTES_MAX = 4096;
  private static final int EXIF_BYTES_MAX = 65_536;

  private final Cursor in;
  private final Sink out;
  private final ZoneId zone;
  private Exif exif = Exif.NONE;
  private int width;
  private int height;
  private boolean interlaced;

  private PngFile(Cursor in, ZoneId zone, Sink out) {
    this.in = in;
    this.zone = zone;
    this.out = out;
  }

  static Cleaned clean(Bytes bytes, ZoneId zone, Sink out) {
    return new PngFile(new Cursor(bytes), zone, out).copy();
  }

  private Cleaned copy() {
    out.write(in.take(SIGNATURE_BYTES));
    boolean cut = false;
    boolean drawn = false;
    try {
      header();
      String name;
      do {
        name = next();
        drawn |= name.equals("IDAT");
      } while (!name.equals("IEND"));
    } catch (EndOfBytes e) {
      cut = true;
    }
    if (width == 0 || !drawn) {
      throw new Unfit(cut ? Reason.CUT_SHORT : Reason.UNREADABLE);
    }
    chunk("IEND", new byte[0]);
    return Cleaned.picture(width, height, interlaced, cut, exif);
  }

  private void header() {
    if (in.big(4) != 13 || !in.text(4).equals("IHDR")) {
      throw new Unfit(Reason.UNREADABLE);
    }
    var header = in.take(13);
    var fields = ByteBuffer.wrap(header);
    long wide = fields.getInt() & 0xffff_ffffL;
    long high = fields.getInt() & 0xffff_ffffL;
    if (wide == 0 || high == 0) {
      throw new Unfit(Reason.UNREADABLE);
    }
    if (wide > PictureLimits.PIXELS_MAX
        || high > PictureLimits.PIXELS_MAX
        || wide * high > PictureLimits.PIXELS_MAX) {
      throw new Unfit(Reason.TOO_MANY_PIXELS);
    }
    width = (int) wide;
    height = (int) high;
    interlaced = header[12] != 0;
    in.skip(4);
    chunk("IHDR", header);
  }

  /** Takes the next chunk over or drops it; answers its name. */
  private String next() {
    long length = in.big(4);
    var name = in.text(4);
    if (length > Integer.MAX_VALUE) {
      throw new Unfit(Reason.UNREADABLE);
    }
    if (name.equals("IEND")) {
      return name;
    }
    if (name.equals("eXIf") && length <= EXIF_BYTES_MAX && length > 8) {
      turned(in.take((int) length));
    } else if (name.equals("IDAT")) {
      pixels(length);
    } else if (KEPT.contains(name) && length <= COLOUR_BYTES_MAX) {
      chunk(name, in.take((int) length));
    } else {
      if (length > in.left()) {
        throw new EndOfBytes();
      }
      in.skip(length);
    }
    in.skip(4);
    return name;
  }

  private void turned(byte[] tiff) {
    exif = Exif.of(tiff, zone);
    if (exif.isTurned()) {
      chunk("eXIf", exif.tiff());
    }
  }

  /** Handed through as they are; where they break off, a chunk of what is there. */
  private void pixels(long length) {
    for (long left = length; left > 0; ) {
      var piece = new ByteArrayOutputStream();
      long had =
          in.copy(Math.min(left, 65_536), (bytes, from, count) -> piece.write(bytes, from, count));
      if (had > 0) {
        chunk("IDAT", piece.toByteArray());
      }
      if (had < Math.min(left, 65_536)) {
        throw new EndOfBytes();
      }
      left -= had;
    }
  }

  private void chunk(String name, byte[] data) {
    var type = name.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(type);
    crc.update(data);
    out.write(ByteBuffer.allocate(8).putInt(data.length).put(type).array());
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
