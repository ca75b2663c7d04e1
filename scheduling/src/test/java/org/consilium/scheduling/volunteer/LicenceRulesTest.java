package org.consilium.scheduling.volunteer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.volunteer.LicenceRules.Need;
import org.consilium.scheduling.volunteer.LicenceRules.Rule;
import org.consilium.scheduling.volunteer.Volunteer.Licence;
import org.junit.jupiter.api.Test;

class LicenceRulesTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-03-02");
  private static final List<Licence> PORTUGUESE =
      List.of(new Licence("PT", "OM-1", Optional.of(TODAY)));

  private static Rule rule(String country, ConsultMode mode, Need needs, String... countries) {
    return new Rule(country, mode, needs, List.of(countries), "A law.");
  }

  @Test
  void a_country_s_own_rule_comes_before_the_one_for_everywhere() {
    var rules =
        new LicenceRules(
            3,
            List.of(
                rule("*", ConsultMode.PATIENT_PRESENT, Need.COUNTRY),
                rule("ES", ConsultMode.PATIENT_PRESENT, Need.LISTED, "PT", "FR")));

    assertThat(rules.rule("ES", ConsultMode.PATIENT_PRESENT).needs()).isEqualTo(Need.LISTED);
    assertThat(rules.rule("KE", ConsultMode.PATIENT_PRESENT).needs()).isEqualTo(Need.COUNTRY);
    // A table that says nothing of it opens no door.
    assertThat(rules.rule("KE", ConsultMode.DIRECT_TO_PATIENT).needs()).isEqualTo(Need.COUNTRY);
  }

  @Test
  void each_need_lets_in_whom_it_names() {
    var mode = ConsultMode.PATIENT_PRESENT;
    assertThat(rule("*", mode, Need.NONE).allows("KE", List.of(), TODAY)).isTrue();
    assertThat(rule("*", mode, Need.ANY).allows("KE", PORTUGUESE, TODAY)).isTrue();
    assertThat(rule("*", mode, Need.ANY).allows("KE", List.of(), TODAY)).isFalse();
    assertThat(rule("*", mode, Need.COUNTRY).allows("KE", PORTUGUESE, TODAY)).isFalse();
    assertThat(rule("*", mode, Need.COUNTRY).allows("PT", PORTUGUESE, TODAY)).isTrue();
    assertThat(rule("ES", mode, Need.LISTED, "PT").allows("ES", PORTUGUESE, TODAY)).isTrue();
    // A list is all there is: the country itself is not in it by itself.
    assertThat(rule("PT", mode, Need.LISTED, "ES").allows("PT", PORTUGUESE, TODAY)).isFalse();
  }

  @Test
  void the_last_day_still_counts_and_the_next_does_not() {
    var any = rule("*", ConsultMode.CLINICIAN_ADVICE, Need.ANY);
    assertThat(any.allows("KE", PORTUGUESE, TODAY)).isTrue();
    assertThat(any.allows("KE", PORTUGUESE, TODAY.plusDays(1))).isFalse();
  }

  @Test
  void what_is_only_claimed_or_was_revoked_or_has_not_begun_counts_for_nothing() {
    for (var state : List.of(LicenceState.CLAIMED, LicenceState.REVOKED)) {
      var licence = new Licence("PT", "1", Optional.empty(), Optional.empty(), state);
      assertThat(licence.isValidOn(TODAY)).isFalse();
      assertThat(licence.stateOn(TODAY)).isEqualTo(state);
    }
    var coming =
        new Licence(
            "PT", "1", Optional.of(TODAY.plusDays(1)), Optional.empty(), LicenceState.VERIFIED);
    assertThat(coming.isValidOn(TODAY)).isFalse();
  }

  @Test
  void a_verified_licence_is_expiring_from_sixty_days_before_its_last() {
    var licence = new Licence("PT", "1", Optional.of(TODAY.plusDays(60)));
    assertThat(licence.stateOn(TODAY.minusDays(1))).isEqualTo(LicenceState.VERIFIED);
    assertThat(licence.stateOn(TODAY)).isEqualTo(LicenceState.EXPIRING);
    assertThat(licence.stateOn(TODAY.plusDays(60))).isEqualTo(LicenceState.EXPIRING);
    assertThat(licence.stateOn(TODAY.plusDays(61))).isEqualTo(LicenceState.EXPIRED);
  }
}
