package org.consilium.records.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  record Part(Optional<String> text, List<String> more) {}

  @Test
  void text_is_kept_composed() {
    var apart = new Part(Optional.of("Nguye\u0302\u0303n"), List.of());
    assertThat(CleanText.of(apart, Part.class).text()).contains("Nguyễn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\ud800", "\u202egnp.exe", "\u202dx"})
  void what_cannot_be_kept_is_refused_with_its_place(String bad) {
    assertThatThrownBy(() -> CleanText.of(new Part(Optional.empty(), List.of("", bad)), Part.class))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.errors())
                    .extracting(FieldError::pointer)
                    .containsExactly("/more/1"));
  }

  @Test
  void emoji_and_joiners_are_kept() {
    var text = "क्\u200dष 👨\u200d👩 \u2068abc\u2069";
    assertThat(CleanText.of(new Part(Optional.of(text), List.of()), Part.class).text())
        .contains(text);
  }

  @ParameterizedTest
  @CsvSource({
    "José ÁLVAREZ, jose alvarez",
    "٠٧١٢, 0712",
    "०७१२, 0712",
    "مُحَمَّد, محمد",
    "ＡＢＣ１, abc1",
    "أحمد, احمد",
    "علی کریم, علي كريم",
    "Nguyễn Łukasz Ødegård, nguyen lukasz odegard",
    "ေမာင္, ေမာင္",
    "ትኩሳት, ትኩሳት",
    "रोगी, रोगी"
  })
  void a_search_reads_every_script(String typed, String compared) {
    assertThat(SearchText.of(typed)).isEqualTo(compared);
  }

  @Test
  void a_phone_number_is_its_digits() {
    assertThat(SearchText.digits("+254 (0)712-345 ٦٧٨")).isEqualTo("2540712345678");
  }
}
