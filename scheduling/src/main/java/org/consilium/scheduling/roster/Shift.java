package org.consilium.scheduling.roster;

import java.time.Instant;
import java.util.UUID;
import org.consilium.scheduling.availability.TimeSlot;

/** A time in which somebody is on call. */
public record Shift(UUID id, Instant start, Instant end) {
  TimeSlot slot() {
    return new TimeSlot(start, end);
  }
}
