package org.consilium.scheduling.booking;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * A person or a place whose time an appointment needs.
 *
 * @param zone where their wall clock hangs
 * @param available when they can be had at all, in the window in question
 * @param booked what is taken of it
 */
record Resource(
    UUID id,
    ResourceRole role,
    String name,
    ZoneId zone,
    List<TimeSlot> available,
    List<TimeSlot> booked) {

  /** What their wall clock shows when the slot begins: the promise that is kept. */
  LocalDateTime localStart(TimeSlot slot) {
    return ZonedDateTime.ofInstant(slot.start(), zone).toLocalDateTime();
  }
}
