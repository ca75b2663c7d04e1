package org.consilium.scheduling.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.http.Refusal;
import org.consilium.scheduling.report.OfferHours.Ended;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");

  @Nested
  class Small_numbers {
    @Test
    void nothing_is_hidden_where_nothing_is_small() {
      assertThat(SmallNumbers.hidden(List.of(5, 9, 0))).isEmpty();
    }

    @Test
    void one_small_count_takes_the_next_with_it_or_the_sum_would_tell_it() {
      assertThat(SmallNumbers.hidden(List.of(20, 3, 8, 0))).isEqualTo(Set.of(1, 2));
    }

    @Test
    void two_ones_take_a_third_with_them_because_their_sum_tells_both() {
      assertThat(SmallNumbers.hidden(List.of(1, 30, 1, 7))).isEqualTo(Set.of(0, 2, 3));
    }

    @Test
    void small_ones_that_hide_each_other_need_no_more() {
      assertThat(SmallNumbers.hidden(List.of(4, 30, 4))).isEqualTo(Set.of(0, 2));
    }

    @Test
    void alone_it_is_hidden_alone() {
      assertThat(SmallNumbers.hidden(List.of(2))).isEqualTo(Set.of(0));
      assertThat(SmallNumbers.hidden(List.of())).isEmpty();
    }
  }

  @Nested
  class Shares {
    @Test
    void a_few_unlucky_ones_accuse_nobody() {
      assertThat(Proportions.isClearlyMore(1, 1, 20, 100)).isTrue();
      assertThat(Proportions.isClearlyMore(1, 2, 20, 100)).isFalse();
      assertThat(Proportions.isClearlyMore(8, 10, 20, 100)).isTrue();
    }

    @Test
    void without_others_or_without_anything_nobody_is_behind() {
      assertThat(Proportions.isClearlyMore(5, 5, 0, 0)).isFalse();
      assertThat(Proportions.isClearlyMore(0, 0, 1, 5)).isFalse();
      assertThat(Proportions.share(0, 0)).isNull();
    }

    @Test
    void gini_is_nought_for_equal_loads_and_near_one_for_one_who_carries_all() {
      assertThat(Proportions.gini(List.of(3, 3, 3))).isCloseTo(0, within(1e-12));
      assertThat(Proportions.gini(List.of(0, 0, 0, 12))).isCloseTo(0.75, within(1e-12));
      assertThat(Proportions.gini(List.of(1, 3))).isCloseTo(0.25, within(1e-12));
      assertThat(Proportions.gini(List.of(0, 0))).isNull();
      assertThat(Proportions.gini(List.of())).isNull();
    }
  }

  @Nested
  class Periods {
    private final Instant now = Instant.parse("2026-03-04T22:30:00Z");

    @Test
    void usual_are_the_twelve_weeks_that_end_today_on_the_clock_there() {
      var usual = Period.of(Optional.empty(), Optional.empty(), NAIROBI, now);
      assertThat(usual.to()).isEqualTo("2026-03-05");
      assertThat(usual.from()).isEqualTo("2025-12-15");
      assertThat(usual.weeks()).hasSize(12);
      assertThat(usual.end()).isEqualTo("2026-03-05T21:00:00Z");
    }

    @Test
    void a_week_begins_on_its_monday_also_before_the_first_day() {
      var days = new Period(LocalDate.of(2026, 3, 4), LocalDate.of(2026, 3, 9), NAIROBI);
      assertThat(days.weeks()).containsExactly(LocalDate.of(2026, 3, 2), LocalDate.of(2026, 3, 9));
      assertThat(days.weekStarts().getFirst()).isEqualTo("2026-03-01T21:00:00Z");
    }

    @Test
    void backwards_or_longer_than_a_year_is_refused() {
      var day = LocalDate.of(2026, 3, 4);
      assertThatThrownBy(() -> new Period(day, day.minusDays(1), NAIROBI))
          .isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> new Period(day, day.plusDays(367), NAIROBI))
          .isInstanceOf(Refusal.class);
      assertThat(new Period(day, day.plusDays(366), NAIROBI).weeks()).hasSize(53);
    }
  }

  @Nested
  class Tables {
    private String line(Object... cells) {
      var text = new String(new Csv("h").row(cells).bytes(), StandardCharsets.UTF_8);
      return text.substring("h\r\n".length());
    }

    @Test
    void a_text_that_would_be_a_formula_is_made_a_text() {
      assertThat(line("=HYPERLINK(1)", "+1", "-1", "@x", "\tx"))
          .isEqualTo("'=HYPERLINK(1),'+1,'-1,'@x,'\tx\r\n");
    }

    @Test
    void commas_quotes_and_lines_are_quoted() {
      assertThat(line("a,b", "say \"ah\"", "two\nlines", "plain"))
          .isEqualTo("\"a,b\",\"say \"\"ah\"\"\",\"two\nlines\",plain\r\n");
      assertThat(line("=1,2")).isEqualTo("\"'=1,2\"\r\n");
    }

    @Test
    void numbers_keep_their_point_and_nothing_stays_empty() {
      assertThat(line(1.005, 7, null, -2.5)).isEqualTo("1.01,7,,-2.50\r\n");
    }
  }

  @Test
  void hours_at_which_offers_expire_stand_out() {
    var hours =
        OfferHours.of(List.of(new Ended(22, 8, 7), new Ended(23, 4, 4), new Ended(9, 30, 2)));
    assertThat(hours).hasSize(8);
    assertThat(hours.get(7)).isEqualTo(new Report.Hours(21, 12, 11, true));
    assertThat(hours.get(3)).isEqualTo(new Report.Hours(9, 30, 2, false));
    assertThat(hours.get(0)).isEqualTo(new Report.Hours(0, 0, 0, false));
  }
}
