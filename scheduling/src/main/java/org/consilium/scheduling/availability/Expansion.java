package org.consilium.scheduling.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Lays hours out to moments. The one engine behind the roster page, matching and booking.
 *
 * <p>Both ends of a window are resolved separately, as {@link ZonedDateTime#of} does (RFC 5545
 * section 3.3.5): a local time that does not exist takes the offset before the gap, one that comes
 * twice is the first. A window whose end is then not after its start is none, and a local date that
 * does not exist (Samoa, 30 December 2011) has none.
 */
public final class Expansion {
  /** A window starts at most a day before it ends, and zones differ from UTC by less than a day. */
  private static final int MARGIN_DAYS = 3;

  private Expansion() {}

  /** The moments covered inside {@code query}: sorted, merged where they touch, clipped. */
  public static List<TimeSlot> expand(Hours hours, TimeSlot query) {
    LocalDate first = LocalDate.ofInstant(query.start(), ZoneOffset.UTC).minusDays(MARGIN_DAYS);
    LocalDate last = LocalDate.ofInstant(query.end(), ZoneOffset.UTC).plusDays(MARGIN_DAYS);

    var open = new ArrayList<TimeSlot>();
    addRecurring(hours, first, last, query, open);
    addNamedDates(hours, query, open);
    return TimeSlots.difference(TimeSlots.union(open), absences(hours));
  }

  /** The release of the tz database that the answers rest on, for example {@code 2026a}. */
  public static String zoneDataVersion() {
    return ZoneRulesProvider.getVersions("Europe/London").lastKey();
  }

  /** When somebody is away: what their hours call leave, whatever they are otherwise. */
  public static List<TimeSlot> leave(Hours hours) {
    var leave = new ArrayList<TimeSlot>();
    for (HoursException exception : hours.exceptions()) {
      if (exception instanceof HoursException.Away(var first, var last)) {
        away(hours, first, last).ifPresent(leave::add);
      }
    }
    return TimeSlots.union(leave);
  }

  private static Optional<TimeSlot> away(Hours hours, LocalDate first, LocalDate last) {
    Instant from = moment(first.atStartOfDay(), hours.zoneOn(first));
    return slot(from, midnightAfter(last, hours.zoneOn(last)));
  }

  private static void addRecurring(
      Hours hours, LocalDate first, LocalDate last, TimeSlot query, List<TimeSlot> open) {
    var withoutRecurring = datesWithoutRecurring(hours);
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      if (withoutRecurring.contains(date)) {
        continue;
      }
      for (WeeklyHours rule : hours.weekly()) {
        if (rule.startsOn(date)) {
          Optional<LocalDate> lastValid = rule.validTo();
          window(hours, date, rule.start(), rule.end())
              .flatMap(slot -> clippedToValidity(slot, hours, lastValid))
              .flatMap(slot -> slot.within(query))
              .ifPresent(open::add);
        }
      }
    }
  }

  private static HashSet<LocalDate> datesWithoutRecurring(Hours hours) {
    var dates = closedDates(hours);
    for (HoursException exception : hours.exceptions()) {
      if (exception instanceof HoursException.Replace(var date, _, _)) {
        dates.add(date);
      }
    }
    return dates;
  }

  private static HashSet<LocalDate> closedDates(Hours hours) {
    var dates = new HashSet<LocalDate>();
    for (HoursException exception : hours.exceptions()) {
      if (exception instanceof HoursException.Closed(var date)) {
        dates.add(date);
      }
    }
    return dates;
  }

  private static void addNamedDates(Hours hours, TimeSlot query, List<TimeSlot> open) {
    var closed = closedDates(hours);
    for (HoursException exception : hours.exceptions()) {
      Optional<TimeSlot> window =
          switch (exception) {
            case HoursException.Replace(var date, var start, var end) ->
                closed.contains(date) ? Optional.empty() : window(hours, date, start, end);
            case HoursException.Extra(var date, var start, var end) ->
                window(hours, date, start, end);
            case HoursException.Closed _, HoursException.Away _, HoursException.Busy _ ->
                Optional.empty();
          };
      window.flatMap(slot -> slot.within(query)).ifPresent(open::add);
    }
  }

  private static List<TimeSlot> absences(Hours hours) {
    var absences = new ArrayList<TimeSlot>();
    for (HoursException exception : hours.exceptions()) {
      switch (exception) {
        case HoursException.Away(var first, var last) ->
            away(hours, first, last).ifPresent(absences::add);
        case HoursException.Busy(var busy) -> absences.add(busy);
        case HoursException.Closed _, HoursException.Replace _, HoursException.Extra _ -> {}
      }
    }
    return absences;
  }

  private static Optional<TimeSlot> window(
      Hours hours, LocalDate date, ClockTime start, ClockTime end) {
    ZoneId zone = hours.zoneOn(date);
    if (!date.atStartOfDay(zone).toLocalDate().equals(date)) {
      return Optional.empty();
    }
    LocalDate endDate = end.compareTo(start) > 0 ? date : date.plusDays(1);
    return slot(moment(start.on(date), zone), moment(end.on(endDate), zone));
  }

  private static Optional<TimeSlot> clippedToValidity(
      TimeSlot slot, Hours hours, Optional<LocalDate> lastValid) {
    if (lastValid.isEmpty()) {
      return Optional.of(slot);
    }
    LocalDate last = lastValid.get();
    Instant until = midnightAfter(last, hours.zoneOn(last));
    return slot(slot.start(), until.isBefore(slot.end()) ? until : slot.end());
  }

  private static Instant midnightAfter(LocalDate date, ZoneId zone) {
    return moment(date.plusDays(1).atStartOfDay(), zone);
  }

  private static Instant moment(LocalDateTime local, ZoneId zone) {
    return ZonedDateTime.of(local, zone).toInstant();
  }

  private static Optional<TimeSlot> slot(Instant start, Instant end) {
    return start.isBefore(end) ? Optional.of(new TimeSlot(start, end)) : Optional.empty();
  }
}
