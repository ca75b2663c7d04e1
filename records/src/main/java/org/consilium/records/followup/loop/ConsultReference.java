package org.consilium.records.followup.loop;

import org.consilium.platform.id.ConsultId;

/**
 * The short name under which a consult is spoken of where nothing else may be said of it: six
 * characters of its random bits, in an alphabet without look-alikes (Crockford's base 32). It tells
 * a clinic's consults apart and opens nothing.
 */
public final class ConsultReference {
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int CHARACTERS = 6;
  private static final int BITS = 5;

  private ConsultReference() {}

  public static String of(ConsultId consult) {
    long bits = consult.value().getLeastSignificantBits();
    var text = new StringBuilder();
    for (int i = CHARACTERS - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt((int) (bits >>> (i * BITS)) & (ALPHABET.length() - 1)));
    }
    return text.toString();
  }
}
