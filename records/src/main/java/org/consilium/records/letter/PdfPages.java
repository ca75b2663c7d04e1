package org.consilium.records.letter;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Pages of a PDF onto which shaped lines are set by glyph number. Each line carries its text as
 * {@code ActualText} (ISO 32000-1, 14.9.4), so that it can be searched, copied and read aloud in
 * the order of reading whatever its script.
 */
final class PdfPages implements Closeable {
  private final PDDocument document = new PDDocument();
  private final Map<Typeface, PDType0Font> fonts = new EnumMap<>(Typeface.class);
  private final Map<Typeface, Set<Integer>> used = new EnumMap<>(Typeface.class);
  private PDPage page;
  private StringBuilder content;

  PdfPages(String title, Locale language) {
    document.getDocumentInformation().setTitle(title);
    document.getDocumentCatalog().setLanguage(language.toLanguageTag());
  }

  /** Begins an A4 page. */
  void begin() throws IOException {
    end();
    page = new PDPage(PDRectangle.A4);
    page.setResources(new PDResources());
    document.addPage(page);
    content = new StringBuilder();
  }

  /** Pages begun so far. */
  int count() {
    return document.getNumberOfPages();
  }

  /**
   * Sets a line.
   *
   * @param x of its left end, in points from the page's left
   * @param y of its base line, in points from the page's foot
   */
  void set(TextLines.Line line, double x, double y, Color color) throws IOException {
    content.append("/Span <</ActualText <FEFF");
    content.append(
        HexFormat.of().withUpperCase().formatHex(line.text().getBytes(StandardCharsets.UTF_16BE)));
    content.append(">>> BDC\nBT\n").append(components(color)).append(" rg\n");
    for (var run : line.runs()) {
      var glyphs = run.glyphs();
      use(run.face());
      append("/%s %.2f Tf%n", run.face().name(), glyphs.getFont().getSize2D());
      for (int i = 0; i < glyphs.getNumGlyphs(); i++) {
        int glyph = glyphs.getGlyphCode(i);
        if (glyph < 0xFFFE) { // The JDK's marks for "nothing here".
          var at = glyphs.getGlyphPosition(i);
          used.get(run.face()).add(glyph);
          append("1 0 0 1 %.2f %.2f Tm <%04X> Tj%n", x + run.x() + at.getX(), y - at.getY(), glyph);
        }
      }
    }
    content.append("ET\nEMC\n");
  }

  /** Fills a rectangle; {@code x} and {@code y} are its lower left corner, all in points. */
  void fill(double x, double y, double width, double height, Color color) {
    append("%s rg %.2f %.2f %.2f %.2f re f%n", components(color), x, y, width, height);
  }

  /** Embeds the font once and names it on this page. */
  private void use(Typeface face) throws IOException {
    var font = fonts.get(face);
    if (font == null) {
      font = PDType0Font.load(document, face.open(), true);
      fonts.put(face, font);
      used.put(face, new HashSet<>());
    }
    page.getResources().put(COSName.getPDFName(face.name()), font);
  }

  private void end() throws IOException {
    if (page != null) {
      var stream = new PDStream(document);
      try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
        out.write(content.toString().getBytes(StandardCharsets.US_ASCII));
      }
      page.setContents(stream);
    }
  }

  /** The whole as a file, with only those glyphs of each font that it uses. */
  byte[] bytes() throws IOException {
    end();
    used.forEach((face, glyphs) -> fonts.get(face).addGlyphsToSubset(glyphs));
    var out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    document.close();
  }

  private static String components(Color color) {
    var rgb = color.getRGBColorComponents(null);
    return String.format(Locale.ROOT, "%.3f %.3f %.3f", rgb[0], rgb[1], rgb[2]);
  }

  private void append(String format, Object... values) {
    content.append(String.format(Locale.ROOT, format, values));
  }
}
