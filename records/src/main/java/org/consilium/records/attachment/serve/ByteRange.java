package org.consilium.records.attachment.serve;

import java.util.Optional;
import java.util.regex.Pattern;

/** A part of a file that was asked for (RFC 9110 §14). */
record ByteRange(long from, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,15})-(\\d{0,15})");

  /** What a Range header means for a file of this length. */
  sealed interface Wish {
    /** All of it: no header, one that is not understood, or several ranges at once. */
    record Whole() implements Wish {}

    record Part(ByteRange range) implements Wish {}

    /** There is nothing where the range points. */
    record Nothing() implements Wish {}
  }

  static Wish wish(Optional<String> header, long length) {
    var match = header.map(String::strip).map(ONE::matcher);
    if (match.isEmpty() || !match.get().matches()) {
      return new Wish.Whole();
    }
    var first = match.get().group(1);
    var last = match.get().group(2);
    if (first.isEmpty() && last.isEmpty()) {
      return new Wish.Whole();
    }
    long from = first.isEmpty() ? length - Long.parseLong(last) : Long.parseLong(first);
    long until =
        first.isEmpty() || last.isEmpty() ? length - 1 : Math.min(Long.parseLong(last), length - 1);
    if (!first.isEmpty() && !last.isEmpty() && Long.parseLong(last) < from) {
      return new Wish.Whole();
    }
    from = Math.max(0, from);
    return until < from ? new Wish.Nothing() : new Wish.Part(new ByteRange(from, until - from + 1));
  }
}
