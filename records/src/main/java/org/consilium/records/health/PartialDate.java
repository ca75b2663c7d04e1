package org.consilium.records.health;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.Objects;
import org.consilium.platform.http.Wire;

/**
 * A day, a month or a year: as exactly as somebody could tell. Reads and writes as FHIR's {@code
 * date} does.
 *
 * @param from its first day
 */
public record PartialDate(LocalDate from, Precision precision) {
  /** How much of it is known. */
  public enum Precision implements Wire {
    DAY,
    MONTH,
    YEAR
  }

  private static final int YEAR_LENGTH = 4;
  private static final int MONTH_LENGTH = 7;

  public PartialDate {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(precision, "precision");
  }

  /** Reads {@code 2019}, {@code 2019-03} or {@code 2019-03-02}; else a DateTimeException. */
  public static PartialDate parse(String text) {
    return switch (text.length()) {
      case YEAR_LENGTH -> new PartialDate(Year.parse(text).atDay(1), Precision.YEAR);
      case MONTH_LENGTH -> new PartialDate(YearMonth.parse(text).atDay(1), Precision.MONTH);
      default -> new PartialDate(LocalDate.parse(text), Precision.DAY);
    };
  }

  static boolean isReadable(String text) {
    try {
      parse(text);
      return true;
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  /** Its last day. */
  LocalDate until() {
    return switch (precision) {
      case DAY -> from;
      case MONTH -> from.plusMonths(1).minusDays(1);
      case YEAR -> from.plusYears(1).minusDays(1);
    };
  }

  @JsonValue
  @Override
  public String toString() {
    return switch (precision) {
      case DAY -> from.toString();
      case MONTH -> YearMonth.from(from).toString();
      case YEAR -> Year.from(from).toString();
    };
  }
}
