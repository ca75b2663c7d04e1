package org.consilium.scheduling.matching;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.TimeSlots;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.volunteer.Gender;
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
 * @param knowsRegion they advised clinics of this organisation before
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
    boolean knowsPatient,
    boolean knowsRegion,
    Answers answers,
    Limits limits) {

  /** How an earlier offer ended. */
  public sealed interface Asked {
    record StillOpen() implements Asked {}

    record Refused(Optional<RefusalReason> reason) implements Asked {}

    record Silent() implements Asked {}
  }

  /**
   * What became of the offers to them in the last three months.
   *
   * @param answered accepted or refused in time
   */
  public record Answers(int ended, int answered) {
    public static final Answers NONE = new Answers(0, 0);
  }

  /**
   * What they told of themselves, as far as they did.
   *
   * @param rests after each night on call, past or coming, and after each immediate consult
   * @param quietNow in the hours in which they do not want to be asked
   */
  public record Limits(Optional<Gender> gender, List<TimeSlot> rests, boolean quietNow) {
    public static final Limits NONE = new Limits(Optional.empty(), List.of(), false);
  }

  /** The same person, when other hours of theirs were free. */
  public Helper withFree(List<TimeSlot> hours) {
    return new Helper(
        volunteer,
        name,
        zone,
        hours,
        onCallNow,
        acceptedThisWeek,
        openConsults,
        asked,
        conflicted,
        knowsPatient,
        knowsRegion,
        answers,
        limits);
  }

  /** The same person at the start of an empty week. */
  public Helper withoutLoad() {
    return new Helper(
        volunteer,
        name,
        zone,
        free,
        onCallNow,
        0,
        openConsults,
        asked,
        conflicted,
        knowsPatient,
        knowsRegion,
        answers,
        limits);
  }

  public AccountId id() {
    return volunteer.account();
  }

  public Optional<TimeSlot> freeAt(Instant moment) {
    for (TimeSlot slot : free) {
      if (slot.holds(moment)) {
        return Optional.of(slot);
      }
    }
    return Optional.empty();
  }

  /**
   * The slot that holds {@code now}, from now on, or else the next one. A rest that is yet to come
   * is planned around, unless there is no other free time.
   */
  public Optional<TimeSlot> nextFree(Instant now) {
    var coming = limits.rests().stream().filter(rest -> rest.start().isAfter(now)).toList();
    return coming.isEmpty()
        ? next(free, now)
        : next(TimeSlots.difference(free, coming), now).or(() -> next(free, now));
  }

  private static Optional<TimeSlot> next(List<TimeSlot> slots, Instant now) {
    for (TimeSlot slot : slots) {
      if (slot.end().isAfter(now)) {
        return Optional.of(slot.holds(now) ? new TimeSlot(now, slot.end()) : slot);
      }
    }
    return Optional.empty();
  }

  /** Until when they rest at that moment; empty when they do not. */
  Optional<Instant> restsUntil(Instant moment) {
    return limits.rests().stream()
        .filter(rest -> rest.holds(moment))
        .map(TimeSlot::end)
        .max(Comparator.naturalOrder());
  }

  public LocalTime localTime(Instant moment) {
    return ZonedDateTime.ofInstant(moment, zone).toLocalTime();
  }
}
