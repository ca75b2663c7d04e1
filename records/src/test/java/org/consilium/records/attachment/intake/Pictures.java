package org.consilium.records.attachment.intake;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Pictures made by code, with everything in them that a camera may put there. */
public final class Pictures {
  /** What must not be found anywhere in a cleaned file. */
  public static final String CANARY = "CANARY-Naisula-1.2921S-36.8219E";

  private Pictures() {}

  /** Blotches and noise, so that every seed is another picture. */
  public static BufferedImage drawn(int width, int height, long seed) {
    var random = new Random(seed);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    for (int i = 0; i < 30; i++) {
      pen.setColor(new Color(random.nextInt(1 << 24)));
      pen.fillOval(random.nextInt(width), random.nextInt(height), 1 + width / 5, 1 + height / 5);
    }
    pen.dispose();
    return image;
  }

  public static byte[] encoded(BufferedImage image, String format) {
    var out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException(format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static BufferedImage decoded(byte[] bytes) {
    try {
      return ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] jpeg(int width, int height, long seed) {
    return encoded(drawn(width, height, seed), "jpg");
  }

  /** The same pixels with the canary in eight places. */
  public static byte[] gossiping(byte[] jpeg, int orientation) {
    var out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    segment(out, 0xe1, join(latin("Exif\0\0"), exif(orientation)));
    segment(out, 0xe1, latin("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + CANARY));
    segment(out, 0xed, latin("Photoshop 3.0\0" + CANARY));
    segment(out, 0xfe, latin(CANARY));
    segment(out, 0xe2, latin("MPF\0" + CANARY));
    segment(out, 0xe0, latin("JFXX\0\u0010" + CANARY));
    segment(out, 0xe5, latin("<script>alert('" + CANARY + "')</script>"));
    out.write(jpeg, 2, jpeg.length - 2);
    out.writeBytes(latin("trailing video of the same moment " + CANARY));
    return out.toByteArray();
  }

  /** A TIFF structure: orientation, the moment, an author and a place (the canary). */
  public static byte[] exif(int orientation) {
    var name = latin(CANARY + "\0");
    var taken = latin("2026:02:28 14:30:00\0");
    int details = 8 + 2 + 3 * 12 + 4;
    int texts = details + 2 + 12 + 4;
    return ByteBuffer.allocate(texts + taken.length + name.length)
        .put(latin("MM\0*"))
        .putInt(8)
        .putShort((short) 3)
        .put(entry(0x0112, 3, 1, orientation << 16))
        .put(entry(0x013b, 2, name.length, texts + taken.length))
        .put(entry(0x8769, 4, 1, details))
        .putInt(0)
        .putShort((short) 1)
        .put(entry(0x9003, 2, taken.length, texts))
        .putInt(0)
        .put(taken)
        .put(name)
        .array();
  }

  private static byte[] entry(int tag, int type, int count, int value) {
    return ByteBuffer.allocate(12)
        .putShort((short) tag)
        .putShort((short) type)
        .putInt(count)
        .putInt(value)
        .array();
  }

  private static void segment(ByteArrayOutputStream out, int marker, byte[] payload) {
    out.write(0xff);
    out.write(marker);
    out.write(payload.length + 2 >> 8);
    out.write(payload.length + 2);
    out.writeBytes(payload);
  }

  /** A PNG with the canary in texts, packed and not, in EXIF and behind the end. */
  public static byte[] gossipingPng(BufferedImage image, int orientation) {
    var png = encoded(image, "png");
    var out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    out.writeBytes(chunk("tEXt", latin("Author\0" + CANARY)));
    out.writeBytes(chunk("zTXt", join(latin("Comment\0\0"), packed(latin(CANARY)))));
    out.writeBytes(chunk("iTXt", latin("XML:com.adobe.xmp\0\0\0\0\0" + CANARY)));
    out.writeBytes(chunk("eXIf", exif(orientation)));
    out.write(png, 33, png.length - 33);
    out.writeBytes(latin(CANARY));
    return out.toByteArray();
  }

  /** A PNG of 400 kB that says it has 3.6 gigapixels. */
  public static byte[] gigapixels() {
    var out = new ByteArrayOutputStream();
    out.writeBytes(latin("\u0089PNG\r\n\u001a\n"));
    out.writeBytes(
        chunk(
            "IHDR",
            ByteBuffer.allocate(13).putInt(60_000).putInt(60_000).putInt(0x0802_0000).array()));
    out.writeBytes(chunk("IDAT", new byte[400_000]));
    out.writeBytes(chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  /** A small picture with a text that would unpack to 64 MB. */
  public static byte[] packedBomb() {
    var png = encoded(drawn(64, 48, 1), "png");
    var out = new ByteArrayOutputStream();
    out.write(png, 0, 33);
    out.writeBytes(
        chunk("iTXt", join(latin("Comment\0\u0001\0\0\0"), packed(new byte[64_000_000]))));
    out.write(png, 33, png.length - 33);
    return out.toByteArray();
  }

  public static byte[] chunk(String name, byte[] data) {
    var crc = new CRC32();
    crc.update(latin(name));
    crc.update(data);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(latin(name))
        .put(data)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] packed(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var packer = new DeflaterOutputStream(out)) {
      packer.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (var part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  public static boolean holds(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }
}
