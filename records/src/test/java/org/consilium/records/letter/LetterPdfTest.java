package org.consilium.records.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterPdfTest {
  private static final Path PICTURES = Path.of("target", "letters");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | Give ceftriaxone 500 mg (50 mg/kg) now; fever 38.5 °C, SpO₂ 91 %, after 2 h again.
          ar | الحرارة 38.5 °C والنبض 120/min؛ أعطِ السيفترياكسون 500 mg (50 mg/kg) الآن. سعال منذ 3 أيام.
          hi | बुखार 38.5 °C है, बच्चे को अभी सेफ़्ट्रिएक्सोन 500 mg दीजिए। दो घंटे बाद फिर जाँच कीजिए। श्वास की दर 48/min।
          my | ကလေးကို ဆေး 500 mg ချက်ချင်းပေးပါ။ ကိုယ်အပူချိန် 38.5 °C ရှိသည်။ အသက်ရှူနှုန်းကို နာရီဝက်တစ်ကြိမ် တိုင်းတာပါ။
          am | ትኩሳቱ 38.5 °C ነው፤ ለልጁ ሴፍትሪአክሶን 500 mg አሁን ይስጡ። ከ2 ሰዓት በኋላ እንደገና ይመርምሩ።
          """)
  void saysInEveryScriptWhatWasWritten(String language, String words) throws IOException {
    var pdf = LetterPdf.of(letter(language, words));
    keep(language, pdf);

    assertThat(LetterTexts.of(pdf).replaceAll("\\s+", ""))
        .as("in the order of reading")
        .contains(words.replaceAll("\\s+", ""));
    assertThat(LetterPdf.unprintable(words)).isEmpty();
    assertThat(pdf.length).as("small enough for a thin link").isLessThan(120_000);
  }

  @Test
  void hasEveryWordInEveryLanguage() {
    var english = LetterWords.in(Optional.of("en"), "en").keys();
    for (var language : LetterWords.LANGUAGES) {
      var words = LetterWords.in(Optional.of(language), "en");
      assertThat(words.keys()).as(language).isEqualTo(english);
      assertThat(english.stream().map(words::of).toList())
          .as("%s can be printed", language)
          .allSatisfy(word -> assertThat(LetterPdf.unprintable(word)).isEmpty());
    }
  }

  @Test
  void goesOnOnAFurtherPageWhenItIsLong() throws IOException {
    var pdf = LetterPdf.of(letter("en", "Every four hours the same again. ".repeat(400)));
    try (var document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isBetween(8, 20);
    }
  }

  @Test
  void namesWhatItCannotPrint() {
    assertThat(LetterPdf.unprintable("体温 38.5 °C")).containsExactly("体", "温");
  }

  private static Letter letter(String language, String words) {
    return new Letter(
        Locale.forLanguageTag(language),
        "Advice of a specialist",
        List.of("Mae Tao Clinic · Consilium"),
        List.of(
            new Letter.Fact("Patient", "Amina Yusuf, 4 years, female"),
            new Letter.Fact("Number", "MT-2026-00417"),
            new Letter.Fact("Signed", "2026-11-21 14:05 (UTC+3)")),
        List.of(
            new Letter.Section("Answer", List.of(words)),
            new Letter.Section("To do", List.of(words + " " + words, words))),
        new Letter.Seal(
            "https://consilium.example/verify#0192f3a1.9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
            List.of("Scan to see whether this letter still stands.", "SHA-256 9f86d081884c7d65"),
            Optional.empty()));
  }

  private static void keep(String name, byte[] pdf) throws IOException {
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name + ".pdf"), pdf);
    try (var document = Loader.loadPDF(pdf)) {
      var picture = new PDFRenderer(document).renderImageWithDPI(0, 80);
      ImageIO.write(picture, "png", PICTURES.resolve(name + ".png").toFile());
    }
  }
}
