package org.consilium.records.followup.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.consilium.records.followup.loop.FollowUpRules.Planned;
import org.consilium.records.triage.Urgency;
import org.junit.jupiter.api.Test;

class FollowUpRulesTest {
  private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
  private static final Instant NOON = Instant.parse("2026-03-02T09:00:00Z");

  private final FollowUpRules rules = FollowUpCatalogue.shipped();

  private List<String> days(Urgency urgency, Optional<LocalDate> wanted) {
    return rules.plan(urgency, NOON, wanted, NAIROBI).stream()
        .map(Planned::dueOn)
        .map(LocalDate::toString)
        .toList();
  }

  @Test
  void the_graver_the_sooner_and_everybody_after_three_weeks() {
    assertThat(days(Urgency.RED, Optional.empty())).containsExactly("2026-03-04", "2026-03-23");
    assertThat(days(Urgency.YELLOW, Optional.empty())).containsExactly("2026-03-09", "2026-03-23");
    assertThat(days(Urgency.GREEN, Optional.empty())).containsExactly("2026-03-23");
  }

  @Test
  void a_day_that_somebody_names_takes_the_place_of_what_comes_before_it() {
    assertThat(days(Urgency.RED, Optional.of(LocalDate.parse("2026-03-12"))))
        .containsExactly("2026-03-12", "2026-03-23");
    assertThat(days(Urgency.RED, Optional.of(LocalDate.parse("2026-04-01"))))
        .containsExactly("2026-04-01");
    assertThat(days(Urgency.RED, Optional.of(LocalDate.parse("2026-03-20"))))
        .as("near the last, it is the last")
        .containsExactly("2026-03-20");
    assertThat(rules.plan(Urgency.RED, NOON, Optional.of(LocalDate.parse("2026-04-01")), NAIROBI))
        .extracting(Planned::kind)
        .containsExactly(FollowUpRules.Kind.LAST);
  }

  @Test
  void nobody_is_asked_by_night() {
    assertThat(rules.byDay(NOON, NAIROBI)).isEqualTo(NOON);
    var evening = Instant.parse("2026-03-02T15:00:00Z"); // 18:00 there
    assertThat(rules.byDay(evening, NAIROBI)).isEqualTo(Instant.parse("2026-03-03T05:00:00Z"));
    var early = Instant.parse("2026-03-02T04:59:00Z");
    assertThat(rules.byDay(early, NAIROBI)).isEqualTo(Instant.parse("2026-03-02T05:00:00Z"));
  }

  @Test
  void every_urgency_has_a_pace_and_every_language_the_same_words() {
    assertThat(Arrays.stream(Urgency.values()).map(rules::pace)).doesNotContainNull();
    assertThat(rules.waitAfter(Urgency.RED, 3)).isEqualTo(Duration.ofHours(24));
    var words = FollowUpCatalogue.shippedWords();
    var form = words.get("fr").words().keySet();
    assertThat(words).hasSize(9);
    assertThat(words.values())
        .allSatisfy(one -> assertThat(one.words().keySet()).containsAll(form));
  }
}
