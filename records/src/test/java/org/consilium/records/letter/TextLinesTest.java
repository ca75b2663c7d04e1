package org.consilium.records.letter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TextLinesTest {
  private static final TextLines LINES = new TextLines(Typeface.LATIN, 10, Locale.ENGLISH);

  @Test
  void keepsAFigureWithItsUnitInRightToLeftText() {
    assertThat(fromLeft("الحرارة 38.5 °C والنبض 120/min"))
        .containsExactly("120/min", "والنبض ", " ", "38.5 °C", "الحرارة ");
  }

  @Test
  void keepsBracketsRoundTheirFigure() {
    assertThat(fromLeft("أعطِ 500 mg (50 mg/kg) الآن"))
        .containsExactly("الآن", ") ", "50 mg/kg", " (", "500 mg", "أعطِ ");
  }

  @Test
  void leavesAnEnglishSentenceInAnArabicParagraphWhole() {
    assertThat(fromLeft("الآن: Cotrimoxazole 960 mg, 2 tablets, for 21 days"))
        .containsExactly("Cotrimoxazole 960 mg, 2 tablets, for 21 days", "الآن: ");
  }

  @Test
  void readsADecimalNumberForwards() {
    assertThat(fromLeft("٣٨٫٥ درجة")).containsExactly("درجة", " ", "٣٨٫٥");
    assertThat(fromLeft("الوزن -1.5 kg.")).containsExactly(".", "-1.5 kg", "الوزن ");
  }

  @Test
  void neverPartsANumberFromItsUnit() {
    for (double width = 60; width < 200; width += 7) {
      assertThat(LINES.of("Give ceftriaxone 500 mg now, fever 38.5 °C", width))
          .extracting(TextLines.Line::text)
          .as("at %s points", width)
          .anyMatch(line -> line.contains("500 mg"))
          .anyMatch(line -> line.contains("38.5 °C"));
    }
  }

  @Property(tries = 60)
  void losesNothingAndKeepsWithinThePage(
      @ForAll
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = 'ا', to = 'ي')
          @CharRange(from = 'က', to = 'အ')
          @CharRange(from = ' ', to = '9')
          @StringLength(max = 300)
          String text,
      @ForAll @DoubleRange(min = 40, max = 400) double width) {
    var lines = LINES.of(text, width);

    assertThat(lines.stream().map(TextLines.Line::text).collect(Collectors.joining()))
        .satisfies(joined ->
            assertThat(joined.replaceAll("\\s+", "")).isEqualTo(text.replaceAll("\\s+", "")));
    assertThat(lines).allMatch(line -> line.width() <= width);
  }

  private static List<String> fromLeft(String paragraph) {
    return LINES.of(paragraph, 1_000).getFirst().runs().stream().map(TextLines.Run::text).toList();
  }
}
