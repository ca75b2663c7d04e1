package org.consilium.scheduling.availability;

import java.time.LocalDate;

/** What differs from the weekly hours. */
public sealed interface HoursException {

  /** No recurring window starts on this date, whatever else says so; only an extra one does. */
  record Closed(LocalDate date) implements HoursException {}

  /** Takes the place of the recurring windows that start on this date. */
  record Replace(LocalDate date, ClockTime start, ClockTime end) implements HoursException {}

  /** One more window. It survives {@link Closed}. */
  record Extra(LocalDate date, ClockTime start, ClockTime end) implements HoursException {}

  /** Nobody there from 00:00 of the first date to 24:00 of the last; cuts overnight windows too. */
  record Away(LocalDate first, LocalDate last) implements HoursException {}

  /** Not free in these very moments. */
  record Busy(TimeSlot slot) implements HoursException {}
}
