package org.consilium.records.letter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * Lets the JDK do without the fonts of the machine. It loads the library fontconfig to list them
 * even when every font comes from a file, and fails where a bare server has no such library; a list
 * of none, given beforehand, is taken instead.
 */
final class SystemFonts {
  private static final String LIST = "sun.awt.fontconfig";
  private static final String NONE =
      "version=1\nsequence.allfonts=default\nallfonts.default=none\n";

  private SystemFonts() {}

  /** To be called before the first font is made; a list that somebody gave stays. */
  static synchronized void areNotNeeded() {
    if (System.getProperty(LIST) == null) {
      try {
        var list = Files.createTempFile("no-fonts", ".properties");
        list.toFile().deleteOnExit();
        Files.writeString(list, NONE);
        System.setProperty(LIST, list.toString());
      } catch (IOException e) {
        throw new UncheckedIOException("The list of fonts cannot be written.", e);
      }
    }
  }
}
