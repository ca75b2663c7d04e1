package org.consilium.scheduling.matching;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
 * @param booked what is booked of them in the coming days
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
    List<TimeSlot> booked,
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
   * @param credentialsUntil the last day of the credential that ends first
   * @param rest kept free before and after what is booked
   * @param restsUntil after a night on call or an immediate consult
   * @param quietNow in the hours in which they do not want to be asked
   */
  public record Limits(
      Optional<LocalDate> credentialsUntil,
      Optional<Duration> rest,
      Optional<String> gender,
      Optional<Instant> restsUntil,
      boolean quietNow) {
    public static final Limits NONE =
        new Limits(Optional.empty(), Optional.empty(), Optional.empty());

    public Limits(
        Optional<LocalDate> credentialsUntil, Optional<Duration> rest, Optional<String> gender) {
      this(credentialsUntil, rest, gender, Optional.empty(), false);
    }
  }

  /** The same person, when what is booked of them were not, or not all. */
  public Helper withFree(List<TimeSlot> hours) {
    return new Helper(
        volunteer,
        name,
        zone,
        hours,
        List.of(),
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
        booked,
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

  /** The slot that holds {@code now}, from now on, or else the next one. */
  public Optional<TimeSlot> nextFree(Instant now) {
    for (TimeSlot slot : free) {
      if (slot.end().isAfter(now)) {
        return Optional.of(slot.holds(now) ? new TimeSlot(now, slot.end()) : slot);
      }
    }
    return Optional.empty();
  }

  public LocalTime localTime(Instant moment) {
    return ZonedDateTime.ofInstant(moment, zone).toLocalTime();
  }
}
