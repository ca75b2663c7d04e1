package org.consilium.records.letter;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * A font that comes with the program: the same file shapes the text (the JDK's layout, HarfBuzz)
 * and is embedded in the page, so that a glyph's number means the same on both sides. All are Noto
 * fonts under the SIL Open Font License 1.1, see {@code fonts/OFL.txt}.
 */
enum Typeface {
  LATIN("NotoSans-Regular.ttf"),
  BOLD("NotoSans-Bold.ttf"),
  ARABIC("NotoNaskhArabic-Regular.ttf"),
  DEVANAGARI("NotoSansDevanagari-Regular.ttf"),
  MYANMAR("NotoSansMyanmar-Regular.ttf"),
  ETHIOPIC("NotoSansEthiopic-Regular.ttf");

  /** In the order in which they are asked whether they know a character. */
  private static final List<Typeface> TEXT =
      Arrays.stream(values()).filter(face -> face != BOLD).toList();

  private final byte[] file;
  private final Font font;

  Typeface(String name) {
    SystemFonts.areNotNeeded();
    try (InputStream in = Typeface.class.getResourceAsStream("/fonts/" + name)) {
      this.file = in.readAllBytes();
      this.font = Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException("The font " + name + " is damaged.", e);
    }
  }

  /** The font at a size in points. */
  Font at(float size) {
    return font.deriveFont(size);
  }

  /** The font's file, for embedding. */
  InputStream open() {
    return new ByteArrayInputStream(file);
  }

  private boolean knows(int character) {
    return font.canDisplay(character);
  }

  /** Whether any font here has a picture for the character. */
  static boolean canPrint(int character) {
    return TEXT.stream().anyMatch(face -> face.knows(character)) || isInvisible(character);
  }

  /**
   * The font for a character: the one before it when that knows it too, so that marks stay with
   * their letters and punctuation with its words.
   */
  static Typeface of(int character, Typeface before) {
    if (isInvisible(character) || before.knows(character)) {
      return before;
    }
    return TEXT.stream().filter(face -> face.knows(character)).findFirst().orElse(before);
  }

  /** Joiners, direction marks and the like: they shape their neighbours and have no picture. */
  private static boolean isInvisible(int character) {
    return Character.getType(character) == Character.FORMAT;
  }
}
