package org.consilium.platform.time;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a zone does from its last recorded change on: the footer of a TZif file, a POSIX {@code TZ}
 * string as RFC 9636 §3.3 widens it (times from −167 to 167 hours), like {@code
 * CET-1CEST,M3.5.0,M10.5.0/3}.
 *
 * @param standard the offset outside daylight saving
 * @param saving the yearly change there and back; empty when the clock stands still
 */
record PosixZone(ZoneOffset standard, Optional<Saving> saving) {

  /**
   * @param begins the first day and time, on the standard clock
   * @param ends the last day and time, on the saving clock
   */
  record Saving(ZoneOffset offset, YearlyMoment begins, YearlyMoment ends) {}

  /** A day of each year and the seconds after its midnight; may lie before it or days after. */
  record YearlyMoment(IntFunction<LocalDate> day, long secondsAfterMidnight) {
    Instant in(int year, ZoneOffset clock) {
      return day.apply(year)
          .atTime(LocalTime.MIDNIGHT)
          .toInstant(clock)
          .plusSeconds(secondsAfterMidnight);
    }
  }

  private static final String NAME = "(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)";
  private static final String CLOCK = "[+-]?\\d{1,3}(?::\\d{2}){0,2}";
  private static final String DAY =
      "(M\\d{1,2}\\.[1-5]\\.[0-6]|J\\d{1,3}|\\d{1,3})(?:/(" + CLOCK + "))?";
  private static final Pattern ZONE =
      Pattern.compile(
          NAME + "(" + CLOCK + ")(?:" + NAME + "(" + CLOCK + ")?," + DAY + "," + DAY + ")?");

  private static final int HOUR_SECONDS = 3600;
  private static final long CHANGE_SECONDS = 2L * HOUR_SECONDS;
  private static final int LAST_WEEK = 5;

  /** The 28th of February is day 59 of every year; from there on leap years count one more. */
  private static final int FEBRUARY_DAYS_MAX = 59;

  /** Reads a footer; an {@link IllegalArgumentException} shows what cannot be read. */
  static PosixZone parse(String text) {
    Matcher zone = ZONE.matcher(text);
    if (!zone.matches()) {
      throw new IllegalArgumentException("not a POSIX time zone: \"" + text + "\"");
    }
    ZoneOffset standard = offset(zone.group(1));
    if (zone.group(3) == null) {
      return new PosixZone(standard, Optional.empty());
    }
    ZoneOffset saving =
        zone.group(2) == null
            ? ZoneOffset.ofTotalSeconds(standard.getTotalSeconds() + HOUR_SECONDS)
            : offset(zone.group(2));
    return new PosixZone(
        standard,
        Optional.of(
            new Saving(
                saving,
                moment(zone.group(3), zone.group(4)),
                moment(zone.group(5), zone.group(6)))));
  }

  /** POSIX counts west of Greenwich as positive. */
  private static ZoneOffset offset(String clock) {
    return ZoneOffset.ofTotalSeconds(Math.toIntExact(-seconds(clock)));
  }

  private static YearlyMoment moment(String day, String clock) {
    return new YearlyMoment(day(day), clock == null ? CHANGE_SECONDS : seconds(clock));
  }

  private static IntFunction<LocalDate> day(String text) {
    if (text.startsWith("M")) {
      String[] parts = text.substring(1).split("\\.");
      return weekday(
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
    if (text.startsWith("J")) {
      int number = Integer.parseInt(text.substring(1));
      return year ->
          LocalDate.ofYearDay(
              year, number > FEBRUARY_DAYS_MAX && Year.isLeap(year) ? number + 1 : number);
    }
    int daysAfterNewYear = Integer.parseInt(text);
    return year -> LocalDate.ofYearDay(year, 1).plusDays(daysAfterNewYear);
  }

  /** Week 5 is the last one; day 0 is Sunday. */
  private static IntFunction<LocalDate> weekday(int month, int week, int dayOfWeek) {
    DayOfWeek day = dayOfWeek == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(dayOfWeek);
    return year ->
        LocalDate.of(year, month, 1)
            .with(
                week == LAST_WEEK
                    ? TemporalAdjusters.lastInMonth(day)
                    : TemporalAdjusters.dayOfWeekInMonth(week, day));
  }

  private static long seconds(String clock) {
    boolean negative = clock.startsWith("-");
    String[] parts = (negative || clock.startsWith("+") ? clock.substring(1) : clock).split(":");
    long seconds = 0;
    int unit = HOUR_SECONDS;
    for (String part : parts) {
      seconds += (long) Integer.parseInt(part) * unit;
      unit /= 60;
    }
    return negative ? -seconds : seconds;
  }
}
