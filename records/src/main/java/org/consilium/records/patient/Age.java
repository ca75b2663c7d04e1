package org.consilium.records.patient;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/** How old somebody is, with the unit in which it is told: days, weeks, months or years. */
public record Age(int value, AgeUnit unit) {
  /** Nobody is known to have lived longer than 122 years. */
  static final int YEARS_MAX = 130;

  private static final int TOLD_IN_DAYS_BELOW_MONTHS = 2;
  private static final int TOLD_IN_MONTHS_BELOW = 60;
  private static final int MINOR_GUARDED_BELOW_YEARS = 12;

  public Age {
    Objects.requireNonNull(unit, "unit");
  }

  public static Age years(int value) {
    return new Age(value, AgeUnit.YEARS);
  }

  public static Age months(int value) {
    return new Age(value, AgeUnit.MONTHS);
  }

  public static Age days(int value) {
    return new Age(value, AgeUnit.DAYS);
  }

  /** The age at {@code on}, told in days below two months, in months below five years. */
  static Age between(LocalDate born, LocalDate on) {
    if (!born.isBefore(on)) {
      return days(0);
    }
    int months = (int) ChronoUnit.MONTHS.between(born, on);
    if (months < TOLD_IN_DAYS_BELOW_MONTHS) {
      return days((int) ChronoUnit.DAYS.between(born, on));
    }
    return months < TOLD_IN_MONTHS_BELOW
        ? months(months)
        : years((int) ChronoUnit.YEARS.between(born, on));
  }

  /** Whole days lived, rounded down; age bands are drawn in these. */
  public int inDays() {
    return unit.days(value);
  }

  /** Whether this is more than anybody reaches. */
  public boolean isImpossible() {
    return value < 0 || inDays() > AgeUnit.YEARS.days(YEARS_MAX);
  }

  /** Under twelve years: a child on the children's triage card, whose weight must be known. */
  public boolean isUnderTwelve() {
    return inDays() < AgeUnit.YEARS.days(MINOR_GUARDED_BELOW_YEARS);
  }

  /** For a sentence, for example {@code 8 months}. */
  @Override
  public String toString() {
    var name = unit.name().toLowerCase(Locale.ROOT);
    return value + " " + (value == 1 ? name.substring(0, name.length() - 1) : name);
  }
}
