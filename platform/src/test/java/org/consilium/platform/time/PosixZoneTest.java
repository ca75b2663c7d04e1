package org.consilium.platform.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosixZoneTest {
  @Test
  void a_zone_that_stands_still_has_an_offset_only() {
    var zone = PosixZone.parse("<+0545>-5:45");

    assertThat(zone.standard()).isEqualTo(ZoneOffset.ofHoursMinutes(5, 45));
    assertThat(zone.saving()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CET-1CEST,M3.5.0,M10.5.0/3               | 2026-03-29T01:00:00Z | 2026-10-25T01:00:00Z
          NZST-12NZDT,M9.5.0,M4.1.0/3              | 2026-09-26T14:00:00Z | 2026-04-04T14:00:00Z
          <+1030>-10:30<+11>-11,M10.1.0,M4.1.0     | 2026-10-03T15:30:00Z | 2026-04-04T15:00:00Z
          IST-2IDT,M3.4.4/26,M10.5.0               | 2026-03-27T00:00:00Z | 2026-10-24T23:00:00Z
          <-02>2<-01>,M3.5.0/-1,M10.5.0/0          | 2026-03-29T01:00:00Z | 2026-10-25T01:00:00Z
          EET-2EEST,M4.5.5/0,M10.5.4/24            | 2026-04-23T22:00:00Z | 2026-10-29T21:00:00Z
          AAA3BBB,J60/0,J300/0                     | 2028-03-01T03:00:00Z | 2028-10-27T02:00:00Z
          AAA3BBB,60/0,300/0                       | 2028-03-01T03:00:00Z | 2028-10-27T02:00:00Z
          """)
  void the_clock_changes_at_these_moments(String text, Instant begins, Instant ends) {
    var zone = PosixZone.parse(text);
    var saving = zone.saving().orElseThrow();
    int year = begins.atOffset(ZoneOffset.UTC).getYear();

    assertThat(saving.begins().in(year, zone.standard())).isEqualTo(begins);
    assertThat(saving.ends().in(year, saving.offset())).isEqualTo(ends);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "CET", "CET-1CEST", "CET-1CEST,M3.6.0,M10.5.0", "X1", ":Europe/Paris"})
  void what_is_no_zone_is_refused(String text) {
    assertThatThrownBy(() -> PosixZone.parse(text)).hasMessageContaining("\"" + text + "\"");
  }
}
