package org.consilium.records.attachment.intake;

import static org.consilium.records.attachment.intake.Pictures.join;
import static org.consilium.records.attachment.intake.Pictures.latin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** DICOM objects made by code. */
public final class Films {
  public static final String PATIENT = "Private^Naisula";

  private Films() {}

  /** A film of 16 bits, explicit little endian, with the patient's name in three places. */
  public static byte[] xray(int rows, int columns) {
    var pixels = ByteBuffer.allocate(rows * columns * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows * columns; i++) {
      pixels.putShort((short) (i % columns * 4095 / columns));
    }
    return object(
        "1.2.840.10008.1.2.1",
        join(
            text(0x0008_0020, "DA", "20260228"),
            text(0x0008_0060, "CS", "DX"),
            text(0x0008_0080, "LO", "Olkeri " + PATIENT),
            text(0x0008_1030, "LO", "Chest two views"),
            sequence(0x0008_1110, sequence(0x0040_0275, join(text(0x0010_0010, "PN", PATIENT)))),
            text(0x0009_0010, "LO", "VENDOR " + PATIENT),
            text(0x0010_0010, "PN", PATIENT),
            text(0x0010_0020, "LO", "OPD-17/26"),
            text(0x0010_0030, "DA", "19960101"),
            text(0x0018_0015, "CS", "CHEST"),
            short16(0x0028_0002, 1),
            text(0x0028_0004, "CS", "MONOCHROME2"),
            short16(0x0028_0010, rows),
            short16(0x0028_0011, columns),
            short16(0x0028_0100, 16),
            short16(0x0028_0103, 0),
            text(0x0028_0301, "CS", "YES"),
            longForm(0x7fe0_0010, "OW", pixels.array())));
  }

  /** Sequences in sequences, deeper than anybody means. */
  public static byte[] nested(int depth) {
    byte[] inner = text(0x0010_0010, "PN", PATIENT);
    for (int i = 0; i < depth; i++) {
      inner = sequence(0x0008_1110, inner);
    }
    return object("1.2.840.10008.1.2.1", inner);
  }

  private static byte[] object(String syntax, byte[] body) {
    var preamble = new byte[128];
    Arrays.fill(preamble, (byte) '<');
    return join(
        preamble,
        latin("DICM"),
        element(0x0002_0010, "UI", latin(syntax.length() % 2 == 0 ? syntax : syntax + "\0")),
        body);
  }

  private static byte[] sequence(int tag, byte[] item) {
    var head =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) 0xfffe)
            .putShort((short) 0xe000)
            .putInt(item.length);
    return longForm(tag, "SQ", join(head.array(), item));
  }

  private static byte[] text(int tag, String form, String value) {
    return element(tag, form, latin(value.length() % 2 == 0 ? value : value + " "));
  }

  private static byte[] short16(int tag, int value) {
    return element(
        tag,
        "US",
        ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) value).array());
  }

  private static byte[] element(int tag, String form, byte[] value) {
    return ByteBuffer.allocate(8 + value.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> 16))
        .putShort((short) tag)
        .put(form.getBytes(StandardCharsets.US_ASCII))
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  private static byte[] longForm(int tag, String form, byte[] value) {
    return ByteBuffer.allocate(12 + value.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) (tag >>> 16))
        .putShort((short) tag)
        .put(form.getBytes(StandardCharsets.US_ASCII))
        .putShort((short) 0)
        .putInt(value.length)
        .put(value)
        .array();
  }
}
