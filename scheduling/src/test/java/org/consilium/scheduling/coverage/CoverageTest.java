package org.consilium.scheduling.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.coverage.Forecast.Ground;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");

  @Test
  void few_arrivals_are_spread_and_many_keep_their_hour() {
    var few = new int[Forecast.HOURS];
    few[26] = 2;
    var little = Forecast.of(few, 8);
    assertThat(little.ground()).isEqualTo(Ground.LITTLE);
    assertThat(little.expected(100)).isGreaterThan(little.expected(26) / 10);

    var many = new int[Forecast.HOURS];
    many[26] = 2000;
    var much = Forecast.of(many, 8);
    assertThat(much.ground()).isEqualTo(Ground.ENOUGH);
    assertThat(much.expected(100)).isLessThan(much.expected(26) / 100);
  }

  @Test
  void a_forecast_keeps_the_number_of_arrivals() {
    var counts = new int[Forecast.HOURS];
    counts[0] = 7;
    counts[167] = 40;
    counts[90] = 123;
    var forecast = Forecast.of(counts, 4);
    double week = 0;
    for (int hour = 0; hour < Forecast.HOURS; hour++) {
      week += forecast.expected(hour);
    }
    assertThat(week).isCloseTo(170 / 4.0, within(1e-9));
  }

  @Test
  void needed_is_enough_in_nine_of_ten_hours_and_one_where_anybody_asks() {
    assertThat(Forecast.of(new int[Forecast.HOURS], 8).needed(3)).isZero();
    var rare = new int[Forecast.HOURS];
    rare[3] = 1;
    assertThat(Forecast.of(rare, 8).needed(80)).isEqualTo(1);
    var each = new int[Forecast.HOURS];
    Arrays.fill(each, 16);
    // Poisson with mean 2: 0.857 up to 3, 0.947 up to 4.
    assertThat(Forecast.of(each, 8).needed(50)).isEqualTo(4);
  }

  @Test
  void hour_zero_of_a_week_is_monday_midnight() {
    assertThat(CoverageService.hourOfWeek(MONDAY)).isZero();
    assertThat(CoverageService.hourOfWeek(MONDAY.minusSeconds(1))).isEqualTo(167);
  }

  @Test
  void an_hour_counts_those_of_its_worst_quarter() {
    var reach = new Reach(MONDAY, 3);
    reach.add(List.of(slot("2026-03-02T00:00:00Z", "2026-03-02T01:15:00Z")));
    reach.add(List.of(slot("2026-03-02T01:15:00Z", "2026-03-02T02:30:00Z")));
    reach.add(List.of(slot("2026-03-01T00:00:00Z", "2026-03-02T00:50:00Z")));
    assertThat(reach.byHour()).containsExactly(1, 1, 0);
  }

  private static TimeSlot slot(String start, String end) {
    return new TimeSlot(Instant.parse(start), Instant.parse(end));
  }

  @Test
  void gaps_are_in_words_with_the_worst_first_and_weeks_counted() {
    int hours = 2 * Forecast.HOURS;
    var reachable = new int[hours];
    var needed = new int[hours];
    var expected = new double[hours];
    Arrays.fill(reachable, 2);
    Arrays.fill(needed, 1);
    Arrays.fill(expected, 0.2);
    for (int week = 0; week < 2; week++) {
      Arrays.fill(reachable, week * 168 + 26, week * 168 + 30, 0);
    }
    needed[70] = 3;
    expected[70] = 9;
    var french =
        new HeatRow(
            "paediatrics",
            "General paediatrics",
            "fr",
            "French",
            40,
            Ground.LITTLE,
            reachable,
            needed,
            expected);
    var gaps = Gaps.in(MONDAY, List.of(french));
    assertThat(gaps)
        .extracting(Gaps.Gap::sentence)
        .containsExactly(
            "Tuesday 02:00–06:00 UTC, General paediatrics in French: nobody",
            "Wednesday 22:00–23:00 UTC, General paediatrics in French: 2 of 3 likely to be needed");
    assertThat(gaps.getFirst().times()).isEqualTo(2);
    assertThat(gaps.getFirst().unmet()).isCloseTo(1.6, within(1e-9));
    Arrays.fill(reachable, 0);
    assertThat(Gaps.in(MONDAY, List.of(french)).getFirst().sentence())
        .isEqualTo("At any hour, General paediatrics in French: nobody");
  }
}
