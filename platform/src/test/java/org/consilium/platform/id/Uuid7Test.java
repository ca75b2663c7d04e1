package org.consilium.platform.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class Uuid7Test {
  @Test
  void ten_thousand_in_a_row_sort_as_they_were_made_and_carry_the_time() {
    long before = System.currentTimeMillis();
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(Uuid7.next());
    }
    assertThat(made).isSortedAccordingTo((a, b) -> a.toString().compareTo(b.toString()));
    assertThat(made).doesNotHaveDuplicates();
    assertThat(made)
        .allSatisfy(id -> {
          assertThat(id.version()).isEqualTo(7);
          assertThat(id.variant()).isEqualTo(2);
        });
    assertThat(made.getFirst().getMostSignificantBits() >>> 16).isGreaterThanOrEqualTo(before);
  }
}
