package org.consilium.records.letter;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.text.Bidi;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Breaks a paragraph into lines of shaped glyphs, right to left where its script is. Numbers keep
 * their units and their order within right-to-left text: 38.5 °C never turns into C° 38.5 or 5.83.
 */
final class TextLines {
  /** Sizes as on paper, without a screen's rounding. */
  private static final FontRenderContext PAPER = new FontRenderContext(null, true, true);

  /** A figure with its unit: a sign, digits with their separators, then letters, % or °. */
  private static final Pattern FIGURE =
      Pattern.compile(
          "[+\\-−±<>≤≥]?\\p{Nd}(?:[\\p{Nd}.,٫٬:/×–-]*\\p{Nd})?(?:[ \\u00A0]?(?:%|°[CF]?|/?µ?\\p{IsLatin}{1,5}"
              + "(?:/\\p{IsLatin}{1,5}|/\\p{Nd}+\\p{IsLatin}{0,5})*))?");

  /** Burmese has no spaces: a line may end before any syllable's first consonant. */
  private static final Pattern MYANMAR_SYLLABLE =
      Pattern.compile(
          "(?<![\\u1039])(?=[\\u1000-\\u102A\\u103F\\u104C-\\u104F](?![\\u1039\\u103A]))");

  private static final byte FIGURE_LEVEL = 2;

  /** A level below 0 is an override, see {@link Bidi#Bidi(char[], int, byte[], int, int, int)}. */
  private static final byte HELD_RIGHT_TO_LEFT = -1;

  private final Typeface face;
  private final float size;
  private final Locale language;

  /**
   * @param face the font of characters that it knows; others come from the font of their script
   * @param size in points
   */
  TextLines(Typeface face, float size, Locale language) {
    this.face = face;
    this.size = size;
    this.language = language;
  }

  /**
   * Glyphs of one font side by side.
   *
   * @param text what they stand for, in the order of reading
   * @param x from the line's left end, in points
   */
  record Run(Typeface face, String text, GlyphVector glyphs, double x) {}

  /**
   * One line.
   *
   * @param text as read
   * @param width in points
   * @param rightToLeft whether its paragraph begins at the right
   */
  record Line(String text, List<Run> runs, double width, boolean rightToLeft) {}

  /** The paragraph in lines no wider than {@code width} points. */
  List<Line> of(String paragraph, double width) {
    var lines = new ArrayList<Line>();
    for (var part : paragraph.split("\\R", -1)) {
      if (!part.isBlank()) {
        lines.addAll(broken(part.strip(), width));
      }
    }
    return lines;
  }

  private List<Line> broken(String text, double width) {
    var paragraph = new Paragraph(text, text.toCharArray(), directions(text));
    var lines = new ArrayList<Line>();
    int start = 0;
    int end = 0;
    for (int next : stops(text)) {
      boolean tooWide = shaped(paragraph, start, next).width() > width;
      if (tooWide && end > start) {
        lines.add(shaped(paragraph, start, end));
        start = end;
        tooWide = shaped(paragraph, start, next).width() > width;
      }
      while (tooWide) {
        int fits = longestFitting(paragraph, start, next, width);
        if (fits >= next) {
          break;
        }
        lines.add(shaped(paragraph, start, fits));
        start = fits;
        tooWide = shaped(paragraph, start, next).width() > width;
      }
      end = next;
    }
    if (end > start) {
      lines.add(shaped(paragraph, start, end));
    }
    return lines;
  }

  /** A word wider than the page is cut between what a reader takes as two letters. */
  private int longestFitting(Paragraph paragraph, int start, int end, double width) {
    var letters = BreakIterator.getCharacterInstance(language);
    letters.setText(paragraph.text());
    int fits = letters.following(start);
    for (int next = fits; next != BreakIterator.DONE && next < end; next = letters.next()) {
      if (shaped(paragraph, start, next).width() > width) {
        return fits;
      }
      fits = next;
    }
    return fits;
  }

  /** Where a line may end, in order; the text's end is the last. */
  private List<Integer> stops(String text) {
    var stops = new TreeSet<Integer>();
    var words = BreakIterator.getLineInstance(language);
    words.setText(text);
    for (int stop = words.next(); stop != BreakIterator.DONE; stop = words.next()) {
      stops.add(stop);
    }
    var syllables = MYANMAR_SYLLABLE.matcher(text);
    while (syllables.find()) {
      stops.add(syllables.start());
    }
    stops.remove(0);
    var figures = FIGURE.matcher(text);
    while (figures.find()) {
      stops.subSet(figures.start(), false, figures.end(), false).clear();
    }
    return List.copyOf(stops);
  }

  /**
   * The order of the paragraph. In one that runs from right to left each figure, unless it stands
   * among words of a left-to-right script, is a left-to-right piece for itself (level 2 of UAX 9),
   * and what stands between two figures, for example a bracket, runs with the paragraph: the effect
   * of isolates, which the JDK's {@link Bidi} does not know.
   */
  private static Bidi directions(String text) {
    var base = new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
    if (base.baseIsLeftToRight()) {
      return base;
    }
    var embedded = new byte[text.length()];
    var figures = FIGURE.matcher(text);
    boolean rightToLeft = true;
    int end = 0;
    while (figures.find()) {
      rightToLeft = runsRightToLeft(text, end, figures.start(), rightToLeft);
      end = figures.end();
      if (rightToLeft) {
        Arrays.fill(embedded, figures.start(), end, FIGURE_LEVEL);
        holdApart(text, embedded, figures.start() - 1, -1);
        holdApart(text, embedded, end, 1);
      }
    }
    return new Bidi(
        text.toCharArray(), 0, embedded, 0, text.length(), Bidi.DIRECTION_RIGHT_TO_LEFT);
  }

  /** The direction of the last letter before {@code end}; without one that of {@code before}. */
  private static boolean runsRightToLeft(String text, int start, int end, boolean before) {
    for (int at = end - 1; at >= start; at--) {
      switch (Character.getDirectionality(text.charAt(at))) {
        case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
          return false;
        }
        case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
          return true;
        }
        default -> {}
      }
    }
    return before;
  }

  /** Gives the signs and spaces beside a figure the paragraph's direction. */
  private static void holdApart(String text, byte[] embedded, int from, int step) {
    for (int at = from; at >= 0 && at < text.length(); at += step) {
      if (Character.isLetterOrDigit(text.charAt(at)) || embedded[at] == FIGURE_LEVEL) {
        return;
      }
      embedded[at] = HELD_RIGHT_TO_LEFT;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  private record Paragraph(String text, char[] chars, Bidi order) {}

  private Line shaped(Paragraph paragraph, int start, int end) {
    int last = end;
    while (last > start + 1 && Character.isWhitespace(paragraph.chars()[last - 1])) {
      last--;
    }
    var pieces = pieces(paragraph.text(), paragraph.order().createLineBidi(start, last), start);
    var levels = new byte[pieces.size()];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) pieces.get(i).level();
    }
    var visual = pieces.toArray(Piece[]::new);
    Bidi.reorderVisually(levels, 0, visual, 0, visual.length);
    var runs = new ArrayList<Run>();
    double x = 0;
    for (var piece : visual) {
      var glyphs = glyphs(paragraph, piece);
      runs.add(
          new Run(piece.face(), paragraph.text().substring(piece.start(), piece.end()), glyphs, x));
      x += glyphs.getGlyphPosition(glyphs.getNumGlyphs()).getX();
    }
    return new Line(
        paragraph.text().substring(start, last), runs, x, !paragraph.order().baseIsLeftToRight());
  }

  private GlyphVector glyphs(Paragraph paragraph, Piece piece) {
    return piece
        .face()
        .at(size)
        .layoutGlyphVector(
            PAPER,
            paragraph.chars(),
            piece.start(),
            piece.end(),
            piece.level() % 2 == 0 ? Font.LAYOUT_LEFT_TO_RIGHT : Font.LAYOUT_RIGHT_TO_LEFT);
  }

  /** Text of one direction and one font. */
  private record Piece(Typeface face, int start, int end, int level) {}

  private List<Piece> pieces(String text, Bidi order, int offset) {
    var pieces = new ArrayList<Piece>();
    for (int run = 0; run < order.getRunCount(); run++) {
      int start = offset + order.getRunStart(run);
      int limit = offset + order.getRunLimit(run);
      var current = Typeface.of(text.codePointAt(start), face);
      for (int at = start; at < limit; at += Character.charCount(text.codePointAt(at))) {
        var next = Typeface.of(text.codePointAt(at), current);
        if (next != current) {
          pieces.add(new Piece(current, start, at, order.getRunLevel(run)));
          start = at;
          current = next;
        }
      }
      pieces.add(new Piece(current, start, limit, order.getRunLevel(run)));
    }
    return pieces;
  }
}
