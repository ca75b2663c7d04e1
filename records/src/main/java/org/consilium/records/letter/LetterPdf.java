package org.consilium.records.letter;

import io.nayuki.qrcodegen.QrCode;
import java.awt.Color;
import java.awt.ComponentOrientation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Sets a {@link Letter} on A4 pages. */
public final class LetterPdf {
  private static final double MARGIN = 56;
  private static final double WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
  private static final double FOOT = MARGIN + 20;
  private static final double CODE = 92;
  private static final double LABEL = 120;
  private static final Color INK = new Color(0x1B1F24);
  private static final Color FAINT = new Color(0x5A6472);
  private static final Color ACCENT = new Color(0x0B5C6B);
  private static final Color WARNING = new Color(0xA4161A);

  private final Letter letter;
  private final PdfPages pages;
  private final boolean rightToLeft;
  private final TextLines text;
  private final TextLines small;
  private final TextLines label;
  private final TextLines heading;
  private final TextLines title;
  private double y;

  private LetterPdf(Letter letter, PdfPages pages) {
    this.letter = letter;
    this.pages = pages;
    this.rightToLeft = !ComponentOrientation.getOrientation(letter.language()).isLeftToRight();
    this.text = lines(Typeface.LATIN, 10.5f);
    this.small = lines(Typeface.LATIN, 8);
    this.label = lines(Typeface.LATIN, 9);
    this.heading = lines(Typeface.BOLD, 11.5f);
    this.title = lines(Typeface.BOLD, 18);
  }

  private TextLines lines(Typeface face, float size) {
    return new TextLines(face, size, letter.language());
  }

  /** The letter as a PDF file. */
  public static byte[] of(Letter letter) {
    try (var pages = new PdfPages(letter.title(), letter.language())) {
      new LetterPdf(letter, pages).set();
      return pages.bytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The letter could not be made.", e);
    }
  }

  /** The characters of {@code text} for which no font here has a picture, each once. */
  public static List<String> unprintable(String text) {
    return text.codePoints()
        .filter(character -> !Character.isWhitespace(character) && !Typeface.canPrint(character))
        .distinct()
        .mapToObj(Character::toString)
        .toList();
  }

  private void set() throws IOException {
    newPage();
    if (letter.seal().warning().isPresent()) {
      paragraph(heading, letter.seal().warning().get(), WARNING, 16);
      y -= 4;
    }
    for (var line : letter.from()) {
      paragraph(label, line, FAINT, 13);
    }
    y -= 8;
    paragraph(title, letter.title(), ACCENT, 26);
    y -= 2;
    for (var fact : letter.facts()) {
      fact(fact);
    }
    y -= 6;
    rule();
    for (var section : letter.sections()) {
      section(section);
    }
    seal();
  }

  private void section(Letter.Section section) throws IOException {
    room(48);
    y -= 10;
    paragraph(heading, section.heading(), ACCENT, 17);
    for (var paragraph : section.paragraphs()) {
      paragraph(text, paragraph, INK, 16);
      y -= 3;
    }
  }

  /** The label at the side where reading begins, what it says beside it. */
  private void fact(Letter.Fact fact) throws IOException {
    var labels = label.of(fact.label(), LABEL - 10);
    var values = text.of(fact.value(), WIDTH - LABEL);
    for (int i = 0; i < Math.max(labels.size(), values.size()); i++) {
      room(16);
      if (i < labels.size()) {
        var line = labels.get(i);
        pages.set(line, rightToLeft ? MARGIN + WIDTH - line.width() : MARGIN, y, FAINT);
      }
      if (i < values.size()) {
        var line = values.get(i);
        double end = MARGIN + WIDTH - LABEL - line.width();
        pages.set(line, rightToLeft ? end : MARGIN + LABEL, y, INK);
      }
      y -= 16;
    }
  }

  private void seal() throws IOException {
    room(CODE + 40);
    y -= 14;
    rule();
    double top = y - 4;
    double codeX = rightToLeft ? MARGIN + WIDTH - CODE : MARGIN;
    code(codeX, top - CODE);
    double textX = rightToLeft ? MARGIN : MARGIN + CODE + 16;
    double width = WIDTH - CODE - 16;
    double at = top - 10;
    for (var each : letter.seal().lines()) {
      for (var line : small.of(each, width)) {
        pages.set(line, rightToLeft ? textX + width - line.width() : textX, at, FAINT);
        at -= 11.5;
      }
    }
    y = Math.min(top - CODE, at);
  }

  /** The link as a QR code (ISO/IEC 18004), quiet zone of the page's own white. */
  private void code(double x, double bottom) {
    var code = QrCode.encodeText(letter.seal().link(), QrCode.Ecc.MEDIUM);
    double module = CODE / code.size;
    for (int row = 0; row < code.size; row++) {
      for (int column = 0; column < code.size; column++) {
        int from = column;
        while (column < code.size && code.getModule(column, row)) {
          column++;
        }
        if (column > from) {
          pages.fill(
              x + from * module,
              bottom + (code.size - 1 - row) * module,
              (column - from) * module,
              module,
              Color.BLACK);
        }
      }
    }
  }

  private void paragraph(TextLines lines, String words, Color color, double leading)
      throws IOException {
    for (var line : lines.of(words, WIDTH)) {
      room(leading);
      boolean right = line.rightToLeft();
      pages.set(line, right ? MARGIN + WIDTH - line.width() : MARGIN, y, color);
      y -= leading;
    }
  }

  private void rule() {
    pages.fill(MARGIN, y + 8, WIDTH, 0.6, new Color(0xC9D1D9));
    y -= 8;
  }

  private void room(double height) throws IOException {
    if (y - height < FOOT) {
      newPage();
    }
  }

  private void newPage() throws IOException {
    pages.begin();
    y = PDRectangle.A4.getHeight() - MARGIN;
    var number = small.of(String.format(Locale.ROOT, "%d", pages.count()), WIDTH).getFirst();
    pages.set(number, MARGIN + WIDTH - number.width(), MARGIN - 20, FAINT);
    var name = small.of(letter.title(), WIDTH - 40).getFirst();
    pages.set(name, MARGIN, MARGIN - 20, FAINT);
  }
}
