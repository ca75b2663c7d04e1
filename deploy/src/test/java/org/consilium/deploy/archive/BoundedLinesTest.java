package org.consilium.deploy.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedLinesTest {
  private static List<String> lines(String text, long most) throws IOException {
    var source =
        new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), most);
    var lines = new ArrayList<String>();
    for (var line = source.next(); line.isPresent(); line = source.next()) {
      lines.add(line.get());
    }
    return lines;
  }

  @Test
  void lines_are_what_stands_between_their_ends() throws IOException {
    assertThat(lines("", 9)).isEmpty();
    assertThat(lines("a\n\nb", 9)).containsExactly("a", "", "b");
    assertThat(lines("a\n", 9)).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(ints = {65_534, 65_535, 65_536, 65_537, 131_072})
  void a_letter_and_a_line_may_lie_across_two_readings(int before) throws IOException {
    var text = "x".repeat(before);
    assertThat(lines(text + "ũ\n" + text + "\nend\n", 200_000))
        .containsExactly(text + "ũ", text, "end");
  }

  @Test
  void a_line_is_as_long_as_agreed_and_no_longer() throws IOException {
    assertThat(lines("12345\n12345", 5)).containsExactly("12345", "12345");
    assertThatThrownBy(() -> lines("1\n123456\n", 5)).isInstanceOf(BoundedLines.TooLong.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "1025", "99999999999999999999"})
  void a_limit_that_is_no_number_of_megabytes_is_named(String value) {
    assertThatThrownBy(() -> ArchiveLimits.from(Map.of("CONSILIUM_ARCHIVE_LINE_MB", value)))
        .isInstanceOf(ArchiveFailed.class)
        .hasMessageContaining("CONSILIUM_ARCHIVE_LINE_MB")
        .hasMessageContaining(value);
    assertThat(ArchiveLimits.from(Map.of("CONSILIUM_ARCHIVE_PART_MB", " 2 ")).partBytes())
        .isEqualTo(2_097_152);
  }
}
