package org.consilium.records.attachment.intake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.store.Bytes;
import org.consilium.records.attachment.store.Cursor;
import org.consilium.records.attachment.store.Cursor.EndOfBytes;
import org.consilium.records.attachment.store.Sink;

/**
 * Copies MP4 and HEIC (ISO/IEC 14496-12) byte for byte, but for what tells who, where and on what:
 * such boxes become free space of the same length, and a picture's EXIF and XMP become zeros, so
 * that no offset moves.
 */
final class BoxFile {
  private static final Set<String> HOLDERS = Set.of("moov", "trak", "mdia", "minf");
  private static final int DEPTH_MAX = 8;
  private static final int BOXES_MAX = 10_000;
  private static final int ITEMS_MAX = 2_000;

  /** What is overwritten with zeros; a box also gets the name of free space. */
  private record Blank(long at, long length, boolean box) {}

  private record Box(String name, long at, long body, long end) {}

  private final Bytes bytes;
  private final boolean picture;
  private final List<Blank> blanks = new ArrayList<>();
  private int seen;

  private BoxFile(Bytes bytes, boolean picture) {
    this.bytes = bytes;
    this.picture = picture;
  }

  static Cleaned clean(Bytes bytes, boolean picture, Sink out) {
    var file = new BoxFile(bytes, picture);
    try {
      file.look(0, bytes.length(), 0);
    } catch (EndOfBytes e) {
      throw new Unfit(Reason.CUT_SHORT);
    }
    file.write(out);
    return Cleaned.plain(false);
  }

  private void look(long from, long until, int depth) {
    for (long at = from; at + 8 <= until; ) {
      var box = box(at, until);
      if (++seen > BOXES_MAX || depth > DEPTH_MAX) {
        throw new Unfit(Reason.UNREADABLE);
      }
      if (box.end() > bytes.length()) {
        throw new Unfit(Reason.CUT_SHORT);
      }
      if (picture && depth == 0 && box.name().equals("meta")) {
        items(box);
      } else if (Set.of("udta", "uuid", "meta").contains(box.name())) {
        blanks.add(new Blank(box.at(), box.end() - box.at(), true));
      } else if (HOLDERS.contains(box.name())) {
        look(box.body(), box.end(), depth + 1);
      }
      at = box.end();
    }
  }

  private Box box(long at, long until) {
    var in = new Cursor(bytes, at);
    long length = in.big(4);
    var name = in.text(4);
    if (length == 1) {
      length = in.big(8);
    } else if (length == 0) {
      length = until - at;
    }
    if (length < in.at() - at || length > until - at) {
      throw new Unfit(length > until - at ? Reason.CUT_SHORT : Reason.UNREADABLE);
    }
    return new Box(name, at, in.at(), at + length);
  }

  /** Which items of a HEIC are EXIF or XMP (14496-12 §8.11), and where they lie. */
  private void items(Box meta) {
    var hidden = new HashSet<Long>();
    Box places = null;
    for (long at = meta.body() + 4; at + 8 <= meta.end(); ) {
      var box = box(at, meta.end());
      if (box.name().equals("iinf")) {
        privateItems(box, hidden);
      } else if (box.name().equals("iloc")) {
        places = box;
      }
      at = box.end();
    }
    if (!hidden.isEmpty()) {
      if (places == null) {
        throw new Unfit(Reason.UNREADABLE);
      }
      extents(places, hidden);
    }
  }

  private void privateItems(Box iinf, Set<Long> found) {
    var in = new Cursor(bytes, iinf.body());
    int version = (int) in.big(4) >>> 24;
    in.skip(version == 0 ? 2 : 4);
    for (long at = in.at(); at + 8 <= iinf.end(); ) {
      var entry = box(at, iinf.end());
      var fields = new Cursor(bytes, entry.body());
      int infe = (int) (fields.big(4) >>> 24);
      if (infe >= 2) {
        long id = fields.big(infe == 2 ? 2 : 4);
        fields.skip(2);
        var type = fields.text(4);
        if (type.equals("Exif") || type.equals("mime") || type.equals("uri ")) {
          found.add(id);
        }
      }
      at = entry.end();
    }
  }

  private void extents(Box iloc, Set<Long> wanted) {
    var in = new Cursor(bytes, iloc.body());
    int version = (int) (in.big(4) >>> 24);
    int sizes = (int) in.big(2);
    int offsetSize = sizes >> 12 & 15;
    int lengthSize = sizes >> 8 & 15;
    int baseSize = sizes >> 4 & 15;
    int indexSize = version == 0 ? 0 : sizes & 15;
    long items = in.big(version < 2 ? 2 : 4);
    if (items > ITEMS_MAX || version > 2) {
      throw new Unfit(Reason.UNREADABLE);
    }
    for (long i = 0; i < items; i++) {
      long id = in.big(version < 2 ? 2 : 4);
      boolean inFile = version == 0 || (in.big(2) & 15) == 0;
      in.skip(2);
      long base = in.big(baseSize);
      long extents = in.big(2);
      for (long e = 0; e < extents; e++) {
        in.skip(indexSize);
        long at = base + in.big(offsetSize);
        long length = in.big(lengthSize);
        if (wanted.contains(id)) {
          if (!inFile || at < 0 || length < 0 || at + length > bytes.length()) {
            throw new Unfit(Reason.UNREADABLE);
          }
          blanks.add(new Blank(at, length, false));
        }
      }
    }
  }

  private void write(Sink out) {
    blanks.sort(java.util.Comparator.comparingLong(Blank::at));
    var in = new Cursor(bytes);
    for (var blank : blanks) {
      if (blank.at() < in.at()) {
        throw new Unfit(Reason.UNREADABLE);
      }
      in.copy(blank.at() - in.at(), out);
      long zeros = blank.length();
      if (blank.box()) {
        in.copy(4, out);
        in.skip(4);
        out.write(new byte[] {'f', 'r', 'e', 'e'});
        zeros -= 8;
        if (blank.length() > 0xffff_ffffL) {
          throw new Unfit(Reason.UNREADABLE);
        }
      }
      in.skip(zeros);
      for (long left = zeros; left > 0; left -= Math.min(left, 8192)) {
        out.write(new byte[(int) Math.min(left, 8192)]);
      }
    }
    in.copy(in.left(), out);
  }
}
