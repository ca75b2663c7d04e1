package org.consilium.scheduling.calendar;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.booking.ResourceRole;

/**
 * An appointment as calendars know it. It keeps its {@code uid} when it is moved, though the
 * product then books another appointment in its place.
 *
 * @param uid the first appointment of the line; the feed's entry carries the same
 * @param moves how often it was moved: the {@code SEQUENCE} (RFC 5545 §3.8.7.4)
 * @param changedAt when it became what it is
 */
public record Invitation(
    AppointmentId appointment,
    UUID uid,
    int moves,
    TimeSlot slot,
    boolean cancelled,
    Instant changedAt,
    List<Guest> guests) {

  /**
   * Somebody whose time it is; for the clinic, who asked.
   *
   * @param zone in which they were promised it
   */
  public record Guest(AccountId account, ResourceRole role, ZoneId zone) {}

  /**
   * One person's name and address in an invitation.
   *
   * @param address of the mail
   */
  public record Party(String name, String address) {}

  /** Asks the reader's calendar to enter it, or to move what it has. */
  public String request(Party organiser, Party reader, URI page) {
    return InvitationText.request(this, organiser, reader, page);
  }

  /** Asks the reader's calendar to take it out. */
  public String cancel(Party organiser, Party reader, URI page) {
    return InvitationText.cancel(this, organiser, reader, page);
  }
}
