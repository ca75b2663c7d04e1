package org.consilium.scheduling.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.property.Status;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.consilium.platform.id.AppointmentId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.calendar.Invitation.Party;
import org.junit.jupiter.api.Test;

/** Read back by another library than the one that wrote it. */
class CalendarTextTest {
  private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
  private static final UUID LINE = UUID.fromString("01960000-0000-7000-8000-000000000001");
  private static final URI PAGE = URI.create("https://consilium.example.org");

  private static CalendarEntry entry(CalendarEntry.Kind kind, boolean cancelled) {
    return new CalendarEntry(
        LINE, 1, kind, TimeSlot.of(NINE, Duration.ofMinutes(30)), cancelled, NINE.minusSeconds(60));
  }

  @Test
  void another_library_reads_what_is_written_and_finds_nothing_to_complain_of() {
    var text = CalendarText.write(List.of(entry(CalendarEntry.Kind.APPOINTMENT, false)), PAGE);

    var calendar = Biweekly.parse(text).first();
    assertThat(calendar.validate(ICalVersion.V2_0).getWarnings()).isEmpty();
    var event = calendar.getEvents().getFirst();
    assertThat(event.getDateStart().getValue().toInstant()).isEqualTo(NINE);
    assertThat(event.getDateEnd().getValue().toInstant()).isEqualTo(NINE.plusSeconds(1800));
    assertThat(event.getUid().getValue())
        .isEqualTo("01960000-0000-7000-8000-000000000001@consilium");
    assertThat(event.getSummary().getValue()).isEqualTo("Teleconsult");
    assertThat(event.getStatus()).isEqualTo(Status.confirmed());
  }

  @Test
  void what_was_cancelled_stays_in_the_feed_as_such() {
    var text = CalendarText.write(List.of(entry(CalendarEntry.Kind.ON_CALL, true)), PAGE);

    assertThat(Biweekly.parse(text).first().getEvents().getFirst().getStatus())
        .isEqualTo(Status.cancelled());
  }

  @Test
  void an_empty_calendar_is_one_and_lines_are_folded_with_CRLF() {
    var text = CalendarText.write(List.of(), PAGE);

    assertThat(Biweekly.parse(text).first().getEvents()).isEmpty();
    assertThat(text).startsWith("BEGIN:VCALENDAR\r\n").endsWith("END:VCALENDAR\r\n");
    assertThat(Arrays.stream(text.split("\r\n"))).allMatch(line -> line.length() <= 75);
  }

  @Test
  void an_invitation_is_the_feed_s_entry_for_one_reader_whatever_their_name() {
    var invitation =
        new Invitation(
            AppointmentId.random(),
            LINE,
            2,
            TimeSlot.of(NINE, Duration.ofMinutes(30)),
            false,
            NINE.minusSeconds(60),
            List.of());
    var us = new Party("Consilium", "care@example.org");
    var reader = new Party("Zoë \"Zo\"; Müller:\r\nATTENDEE:x", "zoe@example.org");

    var request = Biweekly.parse(invitation.request(us, reader, PAGE)).first();
    assertThat(request.validate(ICalVersion.V2_0).getWarnings()).isEmpty();
    assertThat(request.getMethod().getValue()).isEqualTo("REQUEST");
    var event = request.getEvents().getFirst();
    assertThat(event.getUid().getValue()).isEqualTo(LINE + "@consilium");
    assertThat(event.getSequence().getValue()).isEqualTo(2);
    assertThat(event.getOrganizer().getEmail()).isEqualTo("care@example.org");
    assertThat(event.getAttendees()).hasSize(1);
    var attendee = event.getAttendees().getFirst();
    assertThat(attendee.getEmail()).isEqualTo("zoe@example.org");
    assertThat(attendee.getCommonName()).isEqualTo("Zoë Zo ; Müller: ATTENDEE:x");
    assertThat(attendee.getRsvp()).isFalse();

    var cancel = Biweekly.parse(invitation.cancel(us, reader, PAGE)).first();
    assertThat(cancel.getMethod().getValue()).isEqualTo("CANCEL");
    assertThat(cancel.getEvents().getFirst().getSequence().getValue()).isEqualTo(3);
    assertThat(cancel.getEvents().getFirst().getStatus()).isEqualTo(Status.cancelled());
  }
}
