package org.consilium.records.attachment.intake;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.store.Bytes;
import org.consilium.records.attachment.store.Cursor;

/**
 * Walks the data elements of a DICOM object (PS3.5 §7), also those inside sequences, up to the
 * pixels. Elements of unknown length, items and both byte orders of tags are understood; values are
 * not.
 */
final class DicomElements {
  static final int ITEM = 0xfffe_e000;
  private static final int ITEM_END = 0xfffe_e00d;
  private static final int SEQUENCE_END = 0xfffe_e0dd;
  static final int PIXELS = 0x7fe0_0010;
  private static final long UNDEFINED = 0xffff_ffffL;
  private static final int DEPTH_MAX = 16;
  private static final int ELEMENTS_MAX = 100_000;
  private static final Set<String> LONG_FORMS =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  /**
   * One element: group in the high half of the tag.
   *
   * @param form the value representation; empty where the transfer syntax does not tell
   * @param length of the value; -1 when it is not told (encapsulated pixels)
   */
  record Element(int tag, String form, long at, long length, int depth) {
    int group() {
      return tag >>> 16;
    }
  }

  /** Whoever wants to know. */
  interface Visitor {
    void element(Element element);
  }

  private final Bytes bytes;
  private final Visitor visitor;
  private int seen;

  DicomElements(Bytes bytes, Visitor visitor) {
    this.bytes = bytes;
    this.visitor = visitor;
  }

  /**
   * Visits what lies between {@code from} and {@code until}; answers where it stopped: at the end,
   * at the pixels, or, for the file's own group 0002, where that group ends.
   */
  long walk(long from, long until, boolean explicit, boolean bigEndian, boolean onlyMeta) {
    return walk(from, until, explicit, bigEndian, onlyMeta, 0);
  }

  private long walk(
      long from, long until, boolean explicit, boolean big, boolean onlyMeta, int depth) {
    if (depth > DEPTH_MAX) {
      throw new Unfit(Reason.UNREADABLE);
    }
    long at = from;
    while (at + 8 <= until) {
      if (++seen > ELEMENTS_MAX) {
        throw new Unfit(Reason.UNREADABLE);
      }
      var in = new Cursor(bytes.part(at, 12));
      int tag = (int) (number(in, 2, big) << 16 | number(in, 2, big));
      if (onlyMeta && tag >>> 16 != 2) {
        return at;
      }
      if (tag == ITEM_END || tag == SEQUENCE_END) {
        return at + 8;
      }
      var form = "";
      long length;
      if (tag == ITEM || !explicit) {
        length = number(in, 4, big);
      } else {
        form = in.text(2);
        if (LONG_FORMS.contains(form)) {
          in.skip(2);
          length = number(in, 4, big);
        } else {
          length = number(in, 2, big);
        }
      }
      long value = at + in.at();
      if (tag == PIXELS && depth == 0) {
        visitor.element(new Element(tag, form, value, length == UNDEFINED ? -1 : length, depth));
        return at;
      }
      if (length == UNDEFINED) {
        at = walk(value, until, explicit && !form.equals("UN"), big, false, depth + 1);
        continue;
      }
      if (value + length > until) {
        throw new Cursor.EndOfBytes();
      }
      if (tag == ITEM || isSequence(form, value, length, explicit)) {
        walk(value, value + length, explicit && !form.equals("UN"), big, false, depth + 1);
      } else {
        visitor.element(new Element(tag, form, value, length, depth));
      }
      at = value + length;
    }
    return at;
  }

  /** Without a stated form a sequence is told by the item it begins with. */
  private boolean isSequence(String form, long value, long length, boolean explicit) {
    if (form.equals("SQ")) {
      return true;
    }
    return (!explicit || form.equals("UN"))
        && length >= 8
        && new Cursor(bytes.part(value, 4)).little(4) == 0xe000_fffeL;
  }

  private static long number(Cursor in, int count, boolean big) {
    return big ? in.big(count) : in.little(count);
  }

  /** A value as text, without the padding. */
  String text(Element element) {
    var value = bytes.read(element.at(), (int) Math.min(element.length(), 256));
    return new String(value, StandardCharsets.UTF_8).replace('\0', ' ').strip();
  }

  /** An unsigned 16-bit value. */
  int number(Element element, boolean big) {
    return (int) number(new Cursor(bytes.part(element.at(), 2)), 2, big);
  }
}
