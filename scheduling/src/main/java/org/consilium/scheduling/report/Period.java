package org.consilium.scheduling.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.http.Refusal;

/**
 * The days whose submissions a report counts, on the organisation's own clock.
 *
 * @param to inclusive
 */
public record Period(LocalDate from, LocalDate to, ZoneId zone) {
  /** A year and a day. */
  static final int DAYS_MAX = 367;

  private static final int WEEKS_USUAL = 12;

  public Period {
    if (to.isBefore(from)) {
      throw Refusal.invalid("/to", "The last day comes before the first.");
    }
    if (ChronoUnit.DAYS.between(from, to) >= DAYS_MAX) {
      throw Refusal.invalid("/from", "A report covers a year at most.");
    }
  }

  /** What was asked for; else the twelve weeks that end today, this week among them. */
  static Period of(Optional<LocalDate> from, Optional<LocalDate> to, ZoneId zone, Instant now) {
    var last = to.orElseGet(() -> LocalDate.ofInstant(now, zone));
    var first = from.orElseGet(() -> monday(last).minusWeeks(WEEKS_USUAL - 1));
    return new Period(first, last, zone);
  }

  Instant start() {
    return from.atStartOfDay(zone).toInstant();
  }

  /** The first moment after it. */
  Instant end() {
    return to.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** The Monday of every week that has a day in it. */
  List<LocalDate> weeks() {
    return Stream.iterate(monday(from), week -> !week.isAfter(to), week -> week.plusWeeks(1))
        .toList();
  }

  /** When each of its weeks begins. */
  List<Instant> weekStarts() {
    return weeks().stream().map(week -> week.atStartOfDay(zone).toInstant()).toList();
  }

  private static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
