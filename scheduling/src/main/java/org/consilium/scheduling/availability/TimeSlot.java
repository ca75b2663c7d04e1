package org.consilium.scheduling.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A stretch of time that holds its start and not its end, so that slots meet without overlapping.
 */
public record TimeSlot(Instant start, Instant end) {
  public TimeSlot {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(end, "end");
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException(
          "A slot must end after it starts: " + start + " to " + end);
    }
  }

  public static TimeSlot of(Instant start, Duration length) {
    return new TimeSlot(start, start.plus(length));
  }

  public Duration length() {
    return Duration.between(start, end);
  }

  public boolean holds(Instant moment) {
    return !moment.isBefore(start) && moment.isBefore(end);
  }

  public boolean holds(TimeSlot other) {
    return !other.start.isBefore(start) && !other.end.isAfter(end);
  }

  public boolean overlaps(TimeSlot other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  /** The part of this slot inside {@code bounds}, if there is one. */
  public Optional<TimeSlot> within(TimeSlot bounds) {
    Instant from = start.isAfter(bounds.start) ? start : bounds.start;
    Instant until = end.isBefore(bounds.end) ? end : bounds.end;
    return from.isBefore(until) ? Optional.of(new TimeSlot(from, until)) : Optional.empty();
  }
}
