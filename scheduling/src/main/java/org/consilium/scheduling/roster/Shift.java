package org.consilium.scheduling.roster;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * A time in which somebody is on call.
 *
 * @param rotaId the rota that it comes from; empty when it was planned by hand
 */
public record Shift(UUID id, Instant start, Instant end, Optional<UUID> rotaId) {
  public TimeSlot slot() {
    return new TimeSlot(start, end);
  }
}
