package org.consilium.scheduling.calendar;

import java.net.URI;
import java.time.Instant;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.CuType;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Role;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Method;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Status;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.consilium.scheduling.calendar.Invitation.Party;

/**
 * Writes an invitation to one person, who is its only attendee: nobody's address is told to the
 * others. Times are in UTC, which every program lays out in its owner's zone. Pure.
 */
final class InvitationText {
  private InvitationText() {}

  static String request(Invitation invitation, Party organiser, Party reader, URI page) {
    return write(
        ImmutableMethod.REQUEST,
        event(invitation, organiser, reader, page),
        invitation.moves(),
        ImmutableStatus.VEVENT_CONFIRMED);
  }

  /** One more than what the reader had, so that no program takes it for an old message. */
  static String cancel(Invitation invitation, Party organiser, Party reader, URI page) {
    return write(
        ImmutableMethod.CANCEL,
        event(invitation, organiser, reader, page),
        invitation.moves() + 1,
        ImmutableStatus.VEVENT_CANCELLED);
  }

  private static VEvent event(Invitation invitation, Party organiser, Party reader, URI page) {
    var event = new VEvent(false);
    event.add(new Uid(CalendarText.uid(invitation.uid())));
    event.add(new DtStamp(invitation.changedAt()));
    event.add(new DtStart<Instant>(invitation.slot().start()));
    event.add(new DtEnd<Instant>(invitation.slot().end()));
    event.add(new Summary(CalendarEntry.Kind.APPOINTMENT.title()));
    event.add(new Description(CalendarText.details(page)));
    event.add(new Url(page));
    var from = new Organizer(URI.create("mailto:" + organiser.address()));
    from.add(new Cn(plain(organiser.name())));
    event.add(from);
    var to = new Attendee(URI.create("mailto:" + reader.address()));
    to.add(new Cn(plain(reader.name())));
    to.add(CuType.INDIVIDUAL);
    to.add(Role.REQ_PARTICIPANT);
    to.add(PartStat.NEEDS_ACTION);
    // Answers are given in the product: nobody reads the organiser's letter-box.
    to.add(Rsvp.FALSE);
    event.add(to);
    return event;
  }

  private static String write(Method method, VEvent event, int sequence, Status status) {
    event.add(new Sequence(sequence));
    event.add(status);
    var calendar = new Calendar();
    calendar.add(new ProdId(CalendarText.PRODUCT));
    calendar.add(ImmutableVersion.VERSION_2_0);
    calendar.add(ImmutableCalScale.GREGORIAN);
    calendar.add(method);
    calendar.add(event);
    return CalendarText.text(calendar);
  }

  /** A parameter knows neither quotes nor control characters (RFC 5545 §3.2). */
  private static String plain(String name) {
    return name.replaceAll("[\\p{Cntrl}\\s\"]+", " ").strip();
  }
}
