package org.consilium.scheduling.calendar;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.LastModified;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/** Writes a feed that calendar programs subscribe to. Pure. */
final class CalendarText {
  /** How often programs are asked to come back; most have their own mind. */
  private static final Duration REFRESH = Duration.ofMinutes(30);

  static final String PRODUCT = "-//Consilium//Consilium//EN";

  private CalendarText() {}

  /** The same in the feed and in an invitation, so that no program shows an appointment twice. */
  static String uid(UUID id) {
    return id + "@consilium";
  }

  static String details(URI page) {
    return "Open Consilium for the details: " + page;
  }

  /**
   * @param page where the person opens the product, for each entry's link
   */
  static String write(List<CalendarEntry> entries, URI page) {
    var calendar = new Calendar();
    calendar.add(new ProdId(PRODUCT));
    calendar.add(ImmutableVersion.VERSION_2_0);
    calendar.add(ImmutableCalScale.GREGORIAN);
    calendar.add(ImmutableMethod.PUBLISH);
    calendar.add(new XProperty("X-WR-CALNAME", "Consilium"));
    calendar.add(new RefreshInterval(null, REFRESH));
    calendar.add(new XProperty("X-PUBLISHED-TTL", REFRESH.toString()));
    for (var entry : entries) {
      calendar.add(event(entry, page));
    }
    return text(calendar);
  }

  static String text(Calendar calendar) {
    var text = new StringWriter();
    try {
      new CalendarOutputter(false).output(calendar, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static VEvent event(CalendarEntry entry, URI page) {
    var event = new VEvent(false);
    event.add(new Uid(uid(entry.uid())));
    event.add(new DtStamp(entry.changedAt()));
    event.add(new Sequence(entry.sequence()));
    event.add(new LastModified(entry.changedAt()));
    event.add(new DtStart<Instant>(entry.slot().start()));
    event.add(new DtEnd<Instant>(entry.slot().end()));
    event.add(new Summary(entry.kind().title()));
    event.add(new Description(details(page)));
    event.add(new Url(page));
    event.add(
        entry.cancelled() ? ImmutableStatus.VEVENT_CANCELLED : ImmutableStatus.VEVENT_CONFIRMED);
    return event;
  }
}
