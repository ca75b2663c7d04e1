package org.consilium.records.attachment.intake;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.store.Bytes;
import org.consilium.records.attachment.store.Cursor;
import org.consilium.records.attachment.store.Cursor.EndOfBytes;
import org.consilium.records.attachment.store.Sink;

/**
 * Copies a JPEG (ITU-T T.81) segment by segment, without decoding: pixels stay as they were, to the
 * bit. Kept are the tables, the frame, the scans, the colour profile and which way is up; nothing
 * else is, nor what follows the picture.
 */
final class JpegFile {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int DHT = 0xc4;
  private static final int DAC = 0xcc;
  private static final int DNL = 0xdc;
  private static final int DRI = 0xdd;
  private static final int JFIF = 0xe0;
  private static final int EXIF = 0xe1;
  private static final int PROFILE = 0xe2;
  private static final int ADOBE = 0xee;
  private static final int PROFILE_BYTES_MAX = 1024 * 1024;
  private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] JFIF_NAME = "JFIF\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] PROFILE_NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] ADOBE_NAME = "Adobe".getBytes(StandardCharsets.ISO_8859_1);

  private final Cursor in;
  private final Sink out;
  private Exif exif;
  private int width;
  private int height;
  private boolean gradual;
  private boolean scanned;
  private int profileBytes;

  private JpegFile(Cursor in, Sink out, Exif exif) {
    this.in = in;
    this.out = out;
    this.exif = exif;
  }

  static Cleaned clean(Bytes bytes, ZoneId zone, Sink out) {
    return new JpegFile(new Cursor(bytes), out, exifOf(bytes, zone)).copy();
  }

  /** Which way is up stands at the beginning of what is written, so it is looked for first. */
  private static Exif exifOf(Bytes bytes, ZoneId zone) {
    var in = new Cursor(bytes, 2);
    try {
      while (true) {
        int marker = marker(in);
        if (marker == SOS || marker == EOI || marker < 0) {
          return Exif.NONE;
        }
        int length = (int) in.big(2) - 2;
        if (marker == EXIF && length > EXIF_NAME.length) {
          var payload = in.take(length);
          if (begins(payload, EXIF_NAME)) {
            return Exif.of(Arrays.copyOfRange(payload, EXIF_NAME.length, length), zone);
          }
        } else {
          in.skip(Math.max(0, length));
        }
      }
    } catch (EndOfBytes e) {
      return Exif.NONE;
    }
  }

  private Cleaned copy() {
    in.skip(2);
    start(SOI);
    if (exif.isTurned()) {
      segment(EXIF, EXIF_NAME, exif.tiff());
    }
    boolean cut = false;
    try {
      boolean more = true;
      while (more) {
        more = next();
      }
    } catch (EndOfBytes e) {
      cut = true;
    }
    if (!scanned) {
      throw new Unfit(cut ? Reason.CUT_SHORT : Reason.UNREADABLE);
    }
    start(EOI);
    return Cleaned.picture(width, height, gradual, cut, exif);
  }

  /** Takes the next segment over or drops it; false at the end of the picture. */
  private boolean next() {
    int marker = marker(in);
    if (marker < 0) {
      throw new Unfit(Reason.UNREADABLE);
    }
    if (marker == EOI) {
      return false;
    }
    int length = (int) in.big(2) - 2;
    if (length < 0) {
      throw new Unfit(Reason.UNREADABLE);
    }
    switch (marker) {
      case DQT, DHT, DAC, DRI, DNL -> segment(marker, in.take(length));
      case SOS -> {
        if (width == 0) {
          throw new Unfit(Reason.UNREADABLE);
        }
        segment(marker, in.take(length));
        scanned = true;
        scan();
      }
      case JFIF -> jfif(in.take(length));
      case PROFILE -> profile(in.take(length));
      case ADOBE -> {
        var payload = in.take(length);
        if (begins(payload, ADOBE_NAME) && length >= 12) {
          segment(marker, Arrays.copyOf(payload, 12));
        }
      }
      default -> {
        if (marker >= 0xc0 && marker <= 0xcf) {
          frame(marker, in.take(length));
        } else {
          if (length > in.left()) {
            throw new Unfit(Reason.CUT_SHORT);
          }
          in.skip(length);
        }
      }
    }
    return true;
  }

  private void frame(int marker, byte[] payload) {
    if (payload.length < 6 || width != 0) {
      throw new Unfit(Reason.UNREADABLE);
    }
    height = (payload[1] & 0xff) << 8 | payload[2] & 0xff;
    width = (payload[3] & 0xff) << 8 | payload[4] & 0xff;
    if (width == 0 || height == 0) {
      throw new Unfit(Reason.UNREADABLE);
    }
    if ((long) width * height > PictureLimits.PIXELS_MAX) {
      throw new Unfit(Reason.TOO_MANY_PIXELS);
    }
    gradual = marker == 0xc2;
    segment(marker, payload);
  }

  /** The shape of a pixel only: the little picture that may follow could show what was cropped. */
  private void jfif(byte[] payload) {
    if (begins(payload, JFIF_NAME) && payload.length >= 14) {
      var kept = Arrays.copyOf(payload, 14);
      kept[12] = 0;
      kept[13] = 0;
      segment(JFIF, kept);
    }
  }

  private void profile(byte[] payload) {
    profileBytes += payload.length;
    if (begins(payload, PROFILE_NAME) && profileBytes <= PROFILE_BYTES_MAX) {
      segment(PROFILE, payload);
    }
  }

  /** Entropy-coded data up to the next marker that is not part of it (T.81 §B.1.1.5). */
  private void scan() {
    var buffer = new byte[8192];
    int filled = 0;
    while (true) {
      int value = in.next();
      if (value < 0) {
        out.write(buffer, 0, filled);
        throw new EndOfBytes();
      }
      if (value == 0xff) {
        int after = in.next();
        while (after == 0xff) {
          after = in.next();
        }
        if (after < 0) {
          out.write(buffer, 0, filled);
          throw new EndOfBytes();
        }
        if (after != 0 && (after < 0xd0 || after > 0xd7)) {
          out.write(buffer, 0, filled);
          in.skip(-2);
          return;
        }
        buffer[filled++] = (byte) 0xff;
        value = after;
      }
      buffer[filled++] = (byte) value;
      if (filled >= buffer.length - 2) {
        out.write(buffer, 0, filled);
        filled = 0;
      }
    }
  }

  /** The next marker's code; -1 when there is something else. */
  private static int marker(Cursor in) {
    if (in.big(1) != 0xff) {
      return -1;
    }
    int code = (int) in.big(1);
    while (code == 0xff) {
      code = (int) in.big(1);
    }
    return code;
  }

  private void start(int marker) {
    out.write(new byte[] {(byte) 0xff, (byte) marker});
  }

  private void segment(int marker, byte[]... payloads) {
    int length = 2 + Arrays.stream(payloads).mapToInt(payload -> payload.length).sum();
    start(marker);
    out.write(length >> 8);
    out.write(length);
    for (var payload : payloads) {
      out.write(payload);
    }
  }

  private static boolean begins(byte[] payload, byte[] name) {
    return payload.length >= name.length
        && Arrays.equals(payload, 0, name.length, name, 0, name.length);
  }
}
