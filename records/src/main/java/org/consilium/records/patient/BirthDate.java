package org.consilium.records.patient;

import java.time.LocalDate;
import java.util.Objects;
import org.consilium.platform.http.Wire;

/** When somebody was born, and how surely that is known. Dates less sure than a day are padded. */
public record BirthDate(LocalDate date, Precision precision) {
  /** How much of a birth date is known. */
  public enum Precision implements Wire {
    DAY,
    MONTH,
    YEAR,
    /** Reckoned from an age that somebody told. */
    ESTIMATED,
    /** Nobody could tell: reckoned from how old the person looks. */
    UNKNOWN
  }

  private static final int MIDDLE_DAY = 15;
  private static final int MIDDLE_MONTH = 7;

  public BirthDate {
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(precision, "precision");
  }

  /** The date that an age told on {@code on} points to. */
  static BirthDate estimated(Age age, LocalDate on) {
    var born =
        switch (age.unit()) {
          case DAYS -> on.minusDays(age.value());
          case WEEKS -> on.minusWeeks(age.value());
          case MONTHS -> on.minusMonths(age.value());
          case YEARS -> on.minusYears(age.value());
        };
    return new BirthDate(born, Precision.ESTIMATED);
  }

  /** The age at {@code on}; a month or a year alone is taken at its middle. */
  public Age ageOn(LocalDate on) {
    var middle =
        switch (precision) {
          case DAY, ESTIMATED, UNKNOWN -> date;
          case MONTH -> date.withDayOfMonth(MIDDLE_DAY);
          case YEAR -> date.withMonth(MIDDLE_MONTH).withDayOfMonth(1);
        };
    return Age.between(middle, on);
  }

  /** How many days the true date may be away from this one. */
  int doubtDays() {
    return switch (precision) {
      case DAY -> 1;
      case MONTH -> 31;
      case YEAR, ESTIMATED -> 366;
      case UNKNOWN -> 3653;
    };
  }
}
