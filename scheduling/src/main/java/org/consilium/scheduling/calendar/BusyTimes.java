package org.consilium.scheduling.calendar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;
import net.fortuna.ical4j.model.property.RRule;
import net.fortuna.ical4j.transform.recurrence.Frequency;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.TimeSlots;

/** Reads when somebody is busy from their own calendar: times only, no word of it. Pure. */
final class BusyTimes {
  /** A calendar of many years has some thousands. */
  private static final int EVENTS_MAX = 20_000;

  /** Eight weeks of a very full calendar. */
  private static final int BUSY_MAX = 5_000;

  private static final Set<Frequency> TOO_OFTEN =
      Set.of(Frequency.SECONDLY, Frequency.MINUTELY, Frequency.HOURLY);

  private BusyTimes() {}

  /** The calendar cannot be read; its message is for its owner. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String sentence, Throwable cause) {
      super(sentence, cause);
    }
  }

  /**
   * @param zone where all-day events and times without a zone are meant
   */
  static List<TimeSlot> read(byte[] calendar, TimeSlot window, ZoneId zone) throws Unreadable {
    try {
      List<VEvent> events =
          new CalendarBuilder()
              .build(new ByteArrayInputStream(calendar))
              .getComponents(Component.VEVENT);
      if (events.size() > EVENTS_MAX) {
        throw new Unreadable("The calendar has more than " + EVENTS_MAX + " events.", null);
      }
      return new Reading(window, zone).busy(events);
    } catch (IOException
        | ParserException
        | DateTimeException
        | IllegalArgumentException
        | UnsupportedOperationException e) {
      throw new Unreadable("At this address is no calendar that can be read.", e);
    }
  }

  private record Reading(TimeSlot window, ZoneId zone) {
    List<TimeSlot> busy(List<VEvent> events) throws Unreadable {
      var moved = new HashSet<Occurrence>();
      for (var event : events) {
        date(event, Property.RECURRENCE_ID)
            .ifPresent(original -> moved.add(new Occurrence(uid(event), original)));
      }
      var slots = new ArrayList<TimeSlot>();
      for (var event : events) {
        if (blocks(event)) {
          add(slots, event, moved);
        }
        if (slots.size() > BUSY_MAX) {
          throw new Unreadable(
              "The calendar has more than %d busy times in eight weeks.".formatted(BUSY_MAX), null);
        }
      }
      return TimeSlots.union(slots);
    }

    /** One time of a repeated event, which another event of the same name may have moved. */
    private record Occurrence(String uid, Instant at) {}

    private static boolean blocks(VEvent event) {
      return !is(event, Property.TRANSP, "TRANSPARENT") && !is(event, Property.STATUS, "CANCELLED");
    }

    private static boolean is(VEvent event, String property, String value) {
      return text(event, property).filter(value::equalsIgnoreCase).isPresent();
    }

    private static String uid(VEvent event) {
      return text(event, Property.UID).orElse("");
    }

    private static Optional<String> text(VEvent event, String property) {
      return event.getProperty(property).map(Property::getValue);
    }

    private void add(List<TimeSlot> slots, VEvent event, Set<Occurrence> moved) throws Unreadable {
      Optional<RRule<Temporal>> rule = event.getProperty(Property.RRULE);
      if (rule.filter(r -> TOO_OFTEN.contains(r.getRecur().getFrequency())).isPresent()) {
        throw new Unreadable("The calendar repeats an event more often than daily.", null);
      }
      boolean exception = event.getProperty(Property.RECURRENCE_ID).isPresent();
      for (TimeSlot slot : occurrences(event)) {
        if (exception || !moved.contains(new Occurrence(uid(event), slot.start()))) {
          slot.within(window).ifPresent(slots::add);
        }
      }
    }

    private List<TimeSlot> occurrences(VEvent event) {
      Temporal start = temporal(event, Property.DTSTART).orElse(null);
      if (start == null) {
        return List.of();
      }
      var found = new ArrayList<TimeSlot>();
      // Asked in the kind of time that the event is written in, or the library compares unlike
      // ones.
      for (var period : event.calculateRecurrenceSet(period(start))) {
        var from = instant(period.getStart());
        var to = instant(period.getEnd());
        if (from.isBefore(to)) {
          found.add(new TimeSlot(from, to));
        }
      }
      return found;
    }

    /** The window, widened by a day for zones. */
    private net.fortuna.ical4j.model.Period<? extends Temporal> period(Temporal like) {
      var from = window.start().atZone(zone).minusDays(1);
      var to = window.end().atZone(zone).plusDays(1);
      return switch (like) {
        case LocalDate _ ->
            new net.fortuna.ical4j.model.Period<>(from.toLocalDate(), to.toLocalDate());
        case LocalDateTime _ ->
            new net.fortuna.ical4j.model.Period<>(from.toLocalDateTime(), to.toLocalDateTime());
        case ZonedDateTime zoned ->
            new net.fortuna.ical4j.model.Period<>(
                from.withZoneSameInstant(zoned.getZone()), to.withZoneSameInstant(zoned.getZone()));
        case OffsetDateTime _ ->
            new net.fortuna.ical4j.model.Period<>(from.toOffsetDateTime(), to.toOffsetDateTime());
        default -> new net.fortuna.ical4j.model.Period<>(from.toInstant(), to.toInstant());
      };
    }

    private Optional<Instant> date(VEvent event, String property) {
      return temporal(event, property).map(this::instant);
    }

    private static Optional<Temporal> temporal(VEvent event, String property) {
      Optional<DateProperty<Temporal>> date = event.getProperty(property);
      return date.map(DateProperty::getDate);
    }

    private Instant instant(Temporal moment) {
      return switch (moment) {
        case LocalDate date -> date.atStartOfDay(zone).toInstant();
        case LocalDateTime local -> local.atZone(zone).toInstant();
        default -> Instant.from(moment);
      };
    }
  }
}
