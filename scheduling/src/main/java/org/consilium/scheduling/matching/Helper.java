package org.consilium.scheduling.matching;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.volunteer.Volunteer;

/**
 * One who could be asked, as things stand now.
 *
 * @param free when they can be had in the coming days, without what is booked; sorted
 * @param acceptedThisWeek consults accepted in the last seven days
 * @param openConsults consults that they carry now
 * @param asked how an earlier offer of this very consult ended, if there was one
 * @param conflicted they once refused this patient because of a conflict
 * @param knowsPatient they advised on this patient before
 */
public record Helper(
    Volunteer volunteer,
    String name,
    ZoneId zone,
    List<TimeSlot> free,
    boolean onCallNow,
    int acceptedThisWeek,
    int openConsults,
    Optional<Asked> asked,
    boolean conflicted,
    boolean knowsPatient) {

  /** How an earlier offer ended. */
  public sealed interface Asked {
    record StillOpen() implements Asked {}

    record Refused(Optional<RefusalReason> reason) implements Asked {}

    record Silent() implements Asked {}
  }

  public AccountId id() {
    return volunteer.account();
  }

  public Optional<TimeSlot> freeAt(Instant moment) {
    return free.stream().filter(slot -> slot.holds(moment)).findFirst();
  }

  /** The slot that holds {@code now}, from now on, or else the next one. */
  public Optional<TimeSlot> nextFree(Instant now) {
    return free.stream()
        .filter(slot -> slot.end().isAfter(now))
        .findFirst()
        .map(slot -> slot.holds(now) ? new TimeSlot(now, slot.end()) : slot);
  }

  public LocalTime localTime(Instant moment) {
    return ZonedDateTime.ofInstant(moment, zone).toLocalTime();
  }
}
