package org.consilium.records.attachment.intake;

import java.nio.charset.StandardCharsets;
import org.consilium.records.attachment.store.Bytes;
import org.consilium.records.attachment.store.Cursor;
import org.consilium.records.attachment.store.Sink;

/** A PDF is kept as it is and only ever handed out as a file: it is never opened here. */
final class PdfFile {
  private static final int TAIL_BYTES = 2048;

  private PdfFile() {}

  static Cleaned keep(Bytes bytes, Sink out) {
    long tail = Math.max(0, bytes.length() - TAIL_BYTES);
    boolean whole =
        new String(bytes.read(tail, TAIL_BYTES), StandardCharsets.ISO_8859_1).contains("%%EOF");
    var in = new Cursor(bytes);
    in.copy(in.left(), out);
    return Cleaned.plain(!whole);
  }
}
