package org.consilium.records.attachment.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consilium.records.attachment.DicomHeader;
import org.consilium.records.attachment.DicomIdentity;
import org.consilium.records.attachment.Reason;
import org.consilium.records.attachment.store.Bytes;
import org.consilium.records.attachment.store.Cursor;
import org.consilium.records.attachment.store.Sink;

/**
 * A DICOM object (PS3.10): its header is read, and a copy is made in which nobody can be recognised
 * by the header. Who it is about is blanked in place, in sequences too, with private groups and the
 * preamble, so that every other byte stays where it was.
 */
final class DicomFile {
  private static final int PREAMBLE_BYTES = 128;
  private static final int HEAD_BYTES = 132;
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String IMPLICIT = "1.2.840.10008.1.2";
  private static final String BIG_ENDIAN = "1.2.840.10008.1.2.2";
  private static final String DEFLATED = "1.2.840.10008.1.2.1.99";
  private static final String JPEG_BASELINE = "1.2.840.10008.1.2.4.50";

  /** What names a person, place or machine (PS3.15, table E.1-1), beside every PN. */
  private static final Set<Integer> IDENTIFYING =
      Set.of(
          0x0002_0016,
          0x0008_0014,
          0x0008_0050,
          0x0008_0080,
          0x0008_0081,
          0x0008_0090,
          0x0008_0092,
          0x0008_0094,
          0x0008_1010,
          0x0008_1040,
          0x0008_1048,
          0x0008_1049,
          0x0008_1050,
          0x0008_1060,
          0x0008_1070,
          0x0008_1080,
          0x0010_0010,
          0x0010_0020,
          0x0010_0021,
          0x0010_0030,
          0x0010_0032,
          0x0010_0050,
          0x0010_1000,
          0x0010_1001,
          0x0010_1005,
          0x0010_1040,
          0x0010_1060,
          0x0010_1080,
          0x0010_1081,
          0x0010_1090,
          0x0010_2150,
          0x0010_2152,
          0x0010_2154,
          0x0010_2160,
          0x0010_2180,
          0x0010_21b0,
          0x0010_21f0,
          0x0010_4000,
          0x0018_1000,
          0x0018_1002,
          0x0018_1004,
          0x0018_1030,
          0x0020_0010,
          0x0020_4000,
          0x0032_1032,
          0x0032_1033,
          0x0032_4000,
          0x0038_0010,
          0x0038_0300,
          0x0038_0400,
          0x0038_0500,
          0x0040_0006,
          0x0040_0241,
          0x0040_0242,
          0x0040_0243,
          0x0040_0253,
          0x0040_1001,
          0x0040_2016,
          0x0040_2017,
          0x0040_a123);

  private final Bytes bytes;
  private final Map<Integer, String> values = new HashMap<>();
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final List<DicomElements.Element> blanks = new ArrayList<>();
  private final DicomElements elements;
  private String syntax = "";
  private DicomElements.Element pixels;
  private boolean cut;

  private DicomFile(Bytes bytes) {
    this.bytes = bytes;
    this.elements = new DicomElements(bytes, this::visit);
  }

  static DicomFile read(Bytes bytes) {
    var file = new DicomFile(bytes);
    file.read();
    return file;
  }

  private void read() {
    try {
      long body = elements.walk(HEAD_BYTES, bytes.length(), true, false, true);
      syntax = values.getOrDefault(0x0002_0010, IMPLICIT);
      if (syntax.equals(DEFLATED)) {
        throw new Unfit(Reason.UNREADABLE);
      }
      elements.walk(body, bytes.length(), !syntax.equals(IMPLICIT), isBigEndian(), false);
    } catch (Cursor.EndOfBytes e) {
      throw new Unfit(Reason.CUT_SHORT);
    }
    cut = pixels != null && pixels.length() > 0 && pixels.at() + pixels.length() > bytes.length();
  }

  private void visit(DicomElements.Element element) {
    if (element.tag() == DicomElements.PIXELS) {
      pixels = element;
      return;
    }
    boolean identifying =
        IDENTIFYING.contains(element.tag())
            || element.form().equals("PN")
            || (element.group() & 1) == 1;
    if (identifying && element.length() > 0) {
      blanks.add(element);
    }
    if (element.depth() == 0 && element.group() <= 0x0028) {
      if (element.group() == 0x0028 && element.length() == 2) {
        numbers.put(element.tag(), elements.number(element, isBigEndian()));
      } else if (element.length() <= 256) {
        values.put(element.tag(), elements.text(element));
      }
    }
  }

  private boolean isBigEndian() {
    return syntax.equals(BIG_ENDIAN);
  }

  /** Writes the copy that names nobody. */
  void writeClean(Sink out) {
    var in = new Cursor(bytes, PREAMBLE_BYTES);
    out.write(new byte[PREAMBLE_BYTES]);
    for (var blank : blanks) {
      in.copy(blank.at() - in.at(), out);
      in.skip(blank.length());
      // Binary private values become zeros, texts become spaces; UIDs are padded with zeros.
      byte filler = (byte) ((blank.group() & 1) == 1 || isUid(blank) ? 0 : ' ');
      for (long left = blank.length(); left > 0; left -= Math.min(left, 8192)) {
        var piece = new byte[(int) Math.min(left, 8192)];
        java.util.Arrays.fill(piece, filler);
        out.write(piece);
      }
    }
    in.copy(in.left(), out);
  }

  private static boolean isUid(DicomElements.Element element) {
    return element.form().equals("UI") || element.tag() == 0x0008_0014;
  }

  boolean isCut() {
    return cut;
  }

  DicomHeader header(boolean preview) {
    return new DicomHeader(
        value(0x0008_0060),
        value(0x0018_0015),
        value(0x0008_1030),
        value(0x0008_103e),
        value(0x0008_0020).flatMap(DicomFile::date),
        value(0x0018_5101),
        value(0x0020_0062).or(() -> value(0x0020_0060)),
        number(0x0028_0010),
        number(0x0028_0011),
        value(0x0028_0008).flatMap(DicomFile::count),
        value(0x0028_0301).filter("YES"::equals).isPresent(),
        preview);
  }

  DicomIdentity identity() {
    return new DicomIdentity(
        value(0x0010_0010).map(name -> name.replace('^', ' ').strip()),
        value(0x0010_0020),
        value(0x0010_0030),
        value(0x0010_0040));
  }

  /** The pixels, when they are of a kind that the server can draw. */
  Optional<DicomPicture> picture() {
    if (pixels == null || cut) {
      return Optional.empty();
    }
    var rows = number(0x0028_0010).orElse(0);
    var columns = number(0x0028_0011).orElse(0);
    if (rows == 0 || columns == 0 || (long) rows * columns > PictureLimits.PIXELS_MAX) {
      return Optional.empty();
    }
    if (syntax.equals(JPEG_BASELINE) && pixels.length() < 0) {
      return fragment().map(DicomPicture.Packed::new);
    }
    int bits = number(0x0028_0100).orElse(0);
    int samples = number(0x0028_0002).orElse(1);
    var colours = value(0x0028_0004).orElse("");
    boolean drawn =
        Set.of(EXPLICIT, IMPLICIT, BIG_ENDIAN).contains(syntax)
            && pixels.length() >= (long) rows * columns * samples * (bits / 8)
            && (colours.startsWith("MONOCHROME") && samples == 1 && (bits == 8 || bits == 16)
                || colours.equals("RGB") && samples == 3 && bits == 8);
    return drawn
        ? Optional.of(
            new DicomPicture.Plain(
                bytes.part(pixels.at(), pixels.length()),
                rows,
                columns,
                bits,
                samples,
                number(0x0028_0103).orElse(0) == 1,
                isBigEndian(),
                colours.equals("MONOCHROME1"),
                number(0x0028_0006).orElse(0) == 1,
                decimal(0x0028_1050),
                decimal(0x0028_1051),
                decimal(0x0028_1053).orElse(1.0),
                decimal(0x0028_1052).orElse(0.0)))
        : Optional.empty();
  }

  /** The first frame of encapsulated pixels (PS3.5 §A.4): after the table of offsets. */
  private Optional<Bytes> fragment() {
    try {
      var in = new Cursor(bytes, pixels.at());
      in.skip(4);
      in.skip(in.little(4));
      if (in.little(4) != 0xe000_fffeL) {
        return Optional.empty();
      }
      long length = in.little(4);
      return Optional.of(bytes.part(in.at(), length));
    } catch (Cursor.EndOfBytes e) {
      return Optional.empty();
    }
  }

  private Optional<String> value(int tag) {
    return Optional.ofNullable(values.get(tag)).filter(text -> !text.isEmpty());
  }

  private Optional<Integer> number(int tag) {
    return Optional.ofNullable(numbers.get(tag));
  }

  private Optional<Double> decimal(int tag) {
    try {
      return value(tag).map(text -> Double.valueOf(text.split("\\\\", 2)[0].strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> count(String text) {
    try {
      return Optional.of(Integer.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
