package org.consilium.scheduling.calendar;

import java.time.Instant;
import java.util.UUID;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * What a person's calendar shows: that there is something, never about whom.
 *
 * @param uid what calendar programs know it by; an appointment that is moved keeps it
 * @param sequence grows with every change that calendar programs are told of
 * @param changedAt calendars take the newest
 */
record CalendarEntry(
    UUID uid, int sequence, Kind kind, TimeSlot slot, boolean cancelled, Instant changedAt) {
  enum Kind {
    APPOINTMENT("Teleconsult"),
    ON_CALL("On call for urgent consults");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }
}
