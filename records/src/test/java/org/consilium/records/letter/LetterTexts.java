package org.consilium.records.letter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;

/** Reads a letter back as a screen reader does: by the text that each line carries. */
public final class LetterTexts {
  private static final Pattern ACTUAL_TEXT = Pattern.compile("ActualText <FEFF([0-9A-F]+)>");

  private LetterTexts() {}

  /** The lines of all pages. */
  public static String of(byte[] pdf) throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      var content = new StringBuilder();
      for (var page : document.getPages()) {
        content.append(new String(page.getContents().readAllBytes(), StandardCharsets.US_ASCII));
      }
      return ACTUAL_TEXT
          .matcher(content)
          .results()
          .map(found ->
              new String(HexFormat.of().parseHex(found.group(1)), StandardCharsets.UTF_16BE))
          .collect(Collectors.joining("\n"));
    }
  }
}
