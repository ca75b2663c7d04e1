package org.consilium.deploy.telling;

import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.consilium.deploy.telling.Words.Clocks;
import org.consilium.deploy.telling.Words.Said;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.events.Events;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.mail.Letter.CalendarPart;
import org.consilium.platform.mail.Letter.Method;
import org.consilium.scheduling.Scheduling;
import org.consilium.scheduling.booking.AppointmentBooked;
import org.consilium.scheduling.booking.AppointmentCancelled;
import org.consilium.scheduling.booking.AppointmentReminder;
import org.consilium.scheduling.booking.AppointmentRescheduled;
import org.consilium.scheduling.booking.NoticeKind;
import org.consilium.scheduling.booking.ResourceRole;
import org.consilium.scheduling.calendar.Invitation;
import org.consilium.scheduling.calendar.Invitation.Guest;
import org.consilium.scheduling.calendar.Invitation.Party;

/**
 * Appointments enter people's own calendars, move there and leave them; and people are reminded.
 */
final class Inviting {
  private static final String ORGANISER = "Consilium";

  private final Platform platform;
  private final Scheduling scheduling;
  private final Telling telling;
  private final Words words;

  Inviting(Platform platform, Scheduling scheduling, Telling telling, Words words) {
    this.platform = platform;
    this.scheduling = scheduling;
    this.telling = telling;
    this.words = words;
  }

  void connect(Events events) {
    events.on(AppointmentBooked.class, "a-booked-appointment-invites", this::booked);
    events.on(AppointmentRescheduled.class, "a-moved-appointment-invites-anew", this::moved);
    events.on(AppointmentCancelled.class, "a-cancelled-appointment-takes-back", this::cancelled);
    events.on(AppointmentReminder.class, "an-appointment-is-reminded-of", this::remind);
  }

  private void booked(Tx tx, AppointmentBooked e) {
    find(tx, e.appointment())
        .ifPresent(invitation -> invite(tx, invitation, guests(invitation).values()));
  }

  private void moved(Tx tx, AppointmentRescheduled e) {
    var next = find(tx, e.appointment());
    var old = find(tx, e.replaces());
    next.ifPresent(invitation -> invite(tx, invitation, guests(invitation).values()));
    old.ifPresent(invitation -> {
      var fallenOut = guests(invitation);
      next.ifPresent(now -> fallenOut.keySet().removeAll(guests(now).keySet()));
      fallenOut
          .values()
          .forEach(guest ->
              cancel(
                  tx,
                  invitation,
                  guest,
                  words.notYours(invitation.slot(), clocks(invitation, guest))));
    });
  }

  private void cancelled(Tx tx, AppointmentCancelled e) {
    find(tx, e.appointment())
        .ifPresent(invitation ->
            guests(invitation)
                .values()
                .forEach(guest ->
                    cancel(
                        tx,
                        invitation,
                        guest,
                        words.cancelled(invitation.slot(), clocks(invitation, guest)))));
  }

  private void remind(Tx tx, AppointmentReminder e) {
    find(tx, e.appointment())
        .ifPresent(invitation -> {
          var guests = guests(invitation);
          guests.keySet().retainAll(e.to());
          guests.values().forEach(guest -> remind(tx, invitation, guest, e.kind()));
        });
  }

  private void remind(Tx tx, Invitation invitation, Guest guest, NoticeKind kind) {
    var when =
        switch (kind) {
          case REMIND_DAY -> "in a day";
          case REMIND_HOURS -> "in two hours";
          default -> "in a quarter of an hour";
        };
    var path =
        switch (guest.role()) {
          case SPECIALIST -> "specialist/appointments";
          case INTERPRETER -> "interpreter";
          case CLINIC, NAVIGATOR, DEVICE -> "clinic";
        };
    telling.tellAfterQuiet(
        tx,
        "reminder:" + invitation.appointment() + ":" + kind.wire(),
        guest.account(),
        "reminder",
        words.reminder(when, invitation.slot(), clocks(invitation, guest), path),
        invitation.slot().start());
  }

  private Optional<Invitation> find(Tx tx, AppointmentId id) {
    return scheduling.invitations().find(tx, id);
  }

  /** Who is there in two parts is told once. */
  private static Map<AccountId, Guest> guests(Invitation invitation) {
    var guests = new LinkedHashMap<AccountId, Guest>();
    invitation.guests().forEach(guest -> guests.putIfAbsent(guest.account(), guest));
    return guests;
  }

  private void invite(Tx tx, Invitation invitation, Collection<Guest> guests) {
    for (var guest : guests) {
      var clocks = clocks(invitation, guest);
      var said =
          invitation.moves() == 0
              ? words.invited(invitation.slot(), clocks)
              : words.moved(invitation.slot(), clocks);
      send(tx, invitation, guest, Method.REQUEST, said);
    }
  }

  private void cancel(Tx tx, Invitation invitation, Guest guest, Said said) {
    send(tx, invitation, guest, Method.CANCEL, said);
  }

  /** Without an address, or a server that takes mail, there is nobody to invite. */
  private void send(Tx tx, Invitation invitation, Guest guest, Method method, Said said) {
    var sender = platform.mail().sender();
    var address = platform.mailAddresses().address(tx, guest.account());
    if (sender.isEmpty() || address.isEmpty()) {
      return;
    }
    var organiser = new Party(ORGANISER, sender.get());
    var name = platform.directory().person(tx, guest.account()).name();
    var reader = new Party(name, address.get());
    URI page = words.page();
    var ics =
        switch (method) {
          case REQUEST -> invitation.request(organiser, reader, page);
          case CANCEL -> invitation.cancel(organiser, reader, page);
        };
    telling.tell(
        tx,
        "invitation:" + invitation.appointment() + ":" + method,
        guest.account(),
        "invitation",
        said,
        Optional.of(new CalendarPart(method, ics)),
        due(tx, invitation, guest),
        invitation.slot().end());
  }

  /** Quiet hours end too late for an appointment that begins in them. */
  private Instant due(Tx tx, Invitation invitation, Guest guest) {
    var heard = telling.heardFrom(tx, guest.account());
    return heard.isBefore(invitation.slot().start()) ? heard : tx.now();
  }

  private static Clocks clocks(Invitation invitation, Guest reader) {
    boolean away =
        reader.role() == ResourceRole.SPECIALIST || reader.role() == ResourceRole.INTERPRETER;
    var other = away ? ResourceRole.CLINIC : ResourceRole.SPECIALIST;
    var zone =
        invitation.guests().stream()
            .filter(guest -> guest.role() == other)
            .findFirst()
            .map(Guest::zone)
            .orElse(reader.zone());
    return new Clocks(reader.zone(), away ? "At the clinic" : "For the specialist", zone);
  }
}
