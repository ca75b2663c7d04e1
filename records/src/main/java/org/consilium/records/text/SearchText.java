package org.consilium.records.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Text as it is compared in a search: compatibility form, lower case, digits of every script as 0
 * to 9, without the marks that people leave out (Latin accents, Arabic and Hebrew vowel points) and
 * without invisible joiners. Marks that carry the vowel, as in Burmese or Hindi, stay.
 */
public final class SearchText {
  private SearchText() {}

  public static String of(String text) {
    var apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    var kept = new StringBuilder(apart.length());
    apart
        .codePoints()
        .filter(c -> !isLeftOut(c))
        .map(SearchText::folded)
        .forEach(kept::appendCodePoint);
    return Normalizer.normalize(kept, Normalizer.Form.NFC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Letters that one keyboard has for another's, and digits of every script. */
  private static int folded(int c) {
    return switch (c) {
      case 0x0649, 0x06CC -> 0x064A; // Arabic alef maksura and Persian yeh: yeh
      case 0x06A9 -> 0x0643; // Persian keheh: kaf
      case 0x0629, 0x06C1 -> 0x0647; // teh marbuta and heh goal: heh
      case 0x00F8, 0x00D8 -> 'o';
      case 0x0142, 0x0141 -> 'l';
      case 0x0111, 0x0110 -> 'd';
      case 0x0131 -> 'i';
      default -> Character.isDigit(c) ? '0' + Character.digit(c, 10) : c;
    };
  }

  /** The digits alone, so that a phone number is found however it is spaced. */
  public static String digits(String text) {
    return of(text).replaceAll("[^0-9]", "");
  }

  private static boolean isLeftOut(int c) {
    return (c >= 0x0300 && c <= 0x036F)
        || (c >= 0x064B && c <= 0x065F)
        || c == 0x0670
        || c == 0x0640
        || (c >= 0x0591 && c <= 0x05C7)
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.CONTROL && !Character.isWhitespace(c);
  }
}
