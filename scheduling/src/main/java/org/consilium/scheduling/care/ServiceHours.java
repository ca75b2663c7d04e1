package org.consilium.scheduling.care;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * What somebody gave, month by month of their own calendar. Only what a clock has seen is counted
 * as hours; advice in writing counts as a consult and has none.
 */
public record ServiceHours(LocalDate from, LocalDate until, List<Month> months) {
  /**
   * One month.
   *
   * @param consults taken
   * @param callMinutes on calls about consults of theirs
   */
  public record Month(
      YearMonth month, int consults, int calls, long callMinutes, long onCallMinutes) {
    Month plus(Month more) {
      return new Month(
          month,
          consults + more.consults,
          calls + more.calls,
          callMinutes + more.callMinutes,
          onCallMinutes + more.onCallMinutes);
    }
  }

  /** Every month from the first to the last day, also the empty ones. */
  public static ServiceHours of(
      LocalDate from,
      LocalDate until,
      ZoneId zone,
      List<Instant> consults,
      List<TimeSlot> calls,
      List<TimeSlot> onCall) {
    NavigableMap<YearMonth, Month> months = new TreeMap<>(Collections.reverseOrder());
    for (var m = YearMonth.from(from); !m.isAfter(YearMonth.from(until)); m = m.plusMonths(1)) {
      months.put(m, new Month(m, 0, 0, 0, 0));
    }
    var whole = new TimeSlot(start(from, zone), start(until.plusDays(1), zone));
    for (Instant taken : consults) {
      if (whole.holds(taken)) {
        add(months, new Month(monthOf(taken, zone), 1, 0, 0, 0));
      }
    }
    for (TimeSlot call : calls) {
      if (whole.holds(call.start())) {
        long minutes = Duration.between(call.start(), call.end()).toMinutes();
        add(months, new Month(monthOf(call.start(), zone), 0, 1, minutes, 0));
      }
    }
    for (TimeSlot shift : onCall) {
      byMonth(months, shift, whole, zone);
    }
    return new ServiceHours(from, until, new ArrayList<>(months.values()));
  }

  /** A shift over the end of a month counts in both. */
  private static void byMonth(
      NavigableMap<YearMonth, Month> months, TimeSlot shift, TimeSlot whole, ZoneId zone) {
    var at = shift.start().isBefore(whole.start()) ? whole.start() : shift.start();
    var end = shift.end().isAfter(whole.end()) ? whole.end() : shift.end();
    while (at.isBefore(end)) {
      var month = monthOf(at, zone);
      var next = start(month.plusMonths(1).atDay(1), zone);
      var stop = next.isBefore(end) ? next : end;
      add(months, new Month(month, 0, 0, 0, Duration.between(at, stop).toMinutes()));
      at = stop;
    }
  }

  private static void add(NavigableMap<YearMonth, Month> months, Month more) {
    months.merge(more.month(), more, Month::plus);
  }

  private static YearMonth monthOf(Instant moment, ZoneId zone) {
    return YearMonth.from(moment.atZone(zone));
  }

  private static Instant start(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** On calls and on call. */
  public long minutes() {
    return months.stream().mapToLong(m -> m.callMinutes() + m.onCallMinutes()).sum();
  }

  public int consults() {
    return months.stream().mapToInt(Month::consults).sum();
  }

  /** RFC 4180, the first line names the columns. */
  public String csv() {
    var text = new StringBuilder("month,consults,calls,call_minutes,on_call_minutes\r\n");
    for (Month m : months.reversed()) {
      text.append(m.month()).append(',').append(m.consults()).append(',').append(m.calls());
      text.append(',').append(m.callMinutes()).append(',').append(m.onCallMinutes());
      text.append("\r\n");
    }
    return text.toString();
  }
}
