package org.consilium.scheduling.availability;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.Set;

/**
 * A window that comes back on the same weekdays. It belongs to the local date on which it starts;
 * an end that is not after its start lies on the next date.
 *
 * @param everyWeeks 1 is each week; with n, only each n-th ISO week counted from the anchor's week
 * @param anchor any date of a week in which the window does occur; needed when everyWeeks is over 1
 * @param validFrom the first local date, inclusive
 * @param validTo the last local date, inclusive; an overnight window is cut at its midnight
 */
public record WeeklyHours(
    Set<DayOfWeek> days,
    ClockTime start,
    ClockTime end,
    int everyWeeks,
    Optional<LocalDate> anchor,
    Optional<LocalDate> validFrom,
    Optional<LocalDate> validTo) {
  public WeeklyHours {
    days = Set.copyOf(days);
    if (everyWeeks < 1 || (everyWeeks > 1 && anchor.isEmpty())) {
      throw new IllegalArgumentException("Every n weeks needs n of 1 or more, and an anchor date.");
    }
  }

  public static WeeklyHours each(Set<DayOfWeek> days, String start, String end) {
    return new WeeklyHours(
        days,
        ClockTime.parse(start),
        ClockTime.parse(end),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  boolean startsOn(LocalDate date) {
    return days.contains(date.getDayOfWeek())
        && validFrom.map(first -> !date.isBefore(first)).orElse(true)
        && validTo.map(last -> !date.isAfter(last)).orElse(true)
        && (everyWeeks == 1 || weeksFrom(anchor.orElseThrow(), date) % everyWeeks == 0);
  }

  private static long weeksFrom(LocalDate anchor, LocalDate date) {
    return ChronoUnit.WEEKS.between(monday(anchor), monday(date));
  }

  private static LocalDate monday(LocalDate date) {
    return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
