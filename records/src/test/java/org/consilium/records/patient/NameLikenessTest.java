package org.consilium.records.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameLikenessTest {
  @ParameterizedTest
  @CsvSource({
    "Wanjikũ Mwangi, mwangi wanjiku, 1.0, 1.0",
    "مُحَمَّد علي, محمد على, 1.0, 1.0",
    "Nakato Grace, Grace Nakatto, 0.7, 0.99",
    "अमित कुमार, अमीत कुमार, 0.5, 0.99",
    "ဒေါ်အောင်ဆန်း, ဒေါ်အောင်ဆန်း, 1.0, 1.0",
    "ታደሰ በቀለ, ታደሰ በቀል, 0.5, 0.99",
    "Ali, Zainab, 0.0, 0.1",
  })
  void names_are_as_alike_as_their_trigrams(String one, String other, double least, double most) {
    assertThat(NameLikeness.of(one, other)).isBetween(least, most);
    assertThat(NameLikeness.of(other, one)).isEqualTo(NameLikeness.of(one, other));
  }

  @ParameterizedTest
  @CsvSource({"Nakato, Nakatto", "Mwangi, Nwangi", "አበበች, አበበቺ", "Hussein, Husein"})
  void words_that_differ_in_a_letter_meet(String one, String other) {
    assertThat(Collections.disjoint(NameLikeness.keys(one), NameLikeness.keys(other))).isFalse();
  }

  @Test
  void nothing_is_like_nobody() {
    assertThat(NameLikeness.of("", "")).isZero();
    assertThat(NameLikeness.keys(" - ")).isEmpty();
  }
}
