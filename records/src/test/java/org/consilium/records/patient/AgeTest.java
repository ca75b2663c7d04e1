package org.consilium.records.patient;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.consilium.records.patient.BirthDate.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  @ParameterizedTest
  @CsvSource({
    "2026-03-02, 0 days",
    "2026-03-01, 1 day",
    "2026-01-03, 58 days",
    "2026-01-02, 2 months",
    "2025-07-02, 8 months",
    "2021-03-03, 59 months",
    "2021-03-02, 5 years",
    "1996-03-03, 29 years",
    "1996-03-02, 30 years"
  })
  void an_age_is_told_in_the_unit_that_fits_it(LocalDate born, String told) {
    assertThat(new BirthDate(born, Precision.DAY).ageOn(TODAY)).hasToString(told);
  }

  @Test
  void a_year_alone_is_taken_at_its_middle() {
    var born = new BirthDate(LocalDate.of(2000, 1, 1), Precision.YEAR);
    assertThat(born.ageOn(LocalDate.of(2026, 6, 30))).isEqualTo(Age.years(25));
    assertThat(born.ageOn(LocalDate.of(2026, 7, 1))).isEqualTo(Age.years(26));
  }

  @Test
  void a_month_alone_is_taken_at_its_middle() {
    var born = new BirthDate(LocalDate.of(2026, 1, 1), Precision.MONTH);
    assertThat(born.ageOn(LocalDate.of(2026, 2, 1))).isEqualTo(Age.days(17));
  }

  @Test
  void a_date_to_come_within_its_doubt_means_newborn() {
    assertThat(new BirthDate(LocalDate.of(2026, 3, 1), Precision.MONTH).ageOn(TODAY))
        .isEqualTo(Age.days(0));
  }

  @ParameterizedTest
  @CsvSource({"30,YEARS", "8,MONTHS", "3,DAYS", "11,MONTHS", "59,MONTHS", "2,MONTHS", "12,YEARS"})
  void an_age_told_today_reads_the_same_today(int value, AgeUnit unit) {
    var age = new Age(value, unit);
    assertThat(BirthDate.estimated(age, TODAY).ageOn(TODAY)).isEqualTo(age);
  }

  @Test
  void an_estimated_age_grows_with_time() {
    var born = BirthDate.estimated(Age.months(8), TODAY);
    assertThat(born.precision()).isEqualTo(Precision.ESTIMATED);
    assertThat(born.ageOn(TODAY.plusMonths(5))).isEqualTo(Age.months(13));
  }

  @Test
  void nobody_is_older_than_130_years_in_any_unit() {
    assertThat(Age.years(130).isImpossible()).isFalse();
    assertThat(Age.years(131).isImpossible()).isTrue();
    assertThat(Age.months(1500).isImpossible()).isFalse();
    assertThat(new Age(1500, AgeUnit.YEARS).isImpossible()).isTrue();
  }

  @Test
  void bands_meet_without_a_gap() {
    assertThat(Age.years(12).isUnderTwelve()).isFalse();
    assertThat(Age.months(144).isUnderTwelve()).isFalse();
    assertThat(Age.months(143).isUnderTwelve()).isTrue();
    assertThat(AgeGroup.of(Age.days(27))).isEqualTo(AgeGroup.NEONATE);
    assertThat(AgeGroup.of(Age.days(28))).isEqualTo(AgeGroup.CHILD);
    assertThat(AgeGroup.of(Age.years(11))).isEqualTo(AgeGroup.CHILD);
    assertThat(AgeGroup.of(Age.years(12))).isEqualTo(AgeGroup.ADOLESCENT);
    assertThat(AgeGroup.of(Age.years(18))).isEqualTo(AgeGroup.ADULT);
    assertThat(AgeGroup.of(Age.years(64))).isEqualTo(AgeGroup.ADULT);
    assertThat(AgeGroup.of(Age.years(65))).isEqualTo(AgeGroup.OLDER);
  }
}
