package org.consilium.records.followup.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.records.triage.Urgency;

/**
 * When a clinic is asked how the patient fares, how often, and when silence is the answer. One
 * version of versioned data; {@code catalogue/follow-up-*.json} comes with the build.
 *
 * @param approved by whom; for readers
 * @param lastAfterHours after the advice everybody is asked for the last time, also when the
 *     outcome is known by then
 * @param lastNotWithinHours news so short before the last check stand for it
 * @param dayFrom reminders go out from then on, by the clinic's clock
 * @param dayUntil and not any more from then on
 * @param linkHours how long a reminder's link can be used
 */
public record FollowUpRules(
    String version,
    String approved,
    List<Pace> checks,
    int lastAfterHours,
    int lastNotWithinHours,
    LocalTime dayFrom,
    LocalTime dayUntil,
    int linkHours) {
  /** The first reminder and two more. */
  public static final int REMINDERS = 3;

  /**
   * @param firstAfterHours after the advice; empty when the last check is also the first
   * @param againAfterHours from a reminder to the next
   * @param giveUpAfterHours from the third reminder on
   */
  public record Pace(
      Urgency urgency,
      Optional<Integer> firstAfterHours,
      List<Integer> againAfterHours,
      int giveUpAfterHours) {
    public Pace {
      againAfterHours = List.copyOf(againAfterHours);
      if (againAfterHours.size() != REMINDERS - 1) {
        throw new IllegalArgumentException("two further reminders, not " + againAfterHours);
      }
    }
  }

  /** Which of the two times to ask. */
  public enum Kind implements Wire {
    FIRST,
    LAST
  }

  /** One time to ask, by the clinic's calendar. */
  public record Planned(Kind kind, LocalDate dueOn, Instant dueAt) {
    /** The same day for another kind. */
    Planned as(Kind other) {
      return new Planned(other, dueOn, dueAt);
    }
  }

  public FollowUpRules {
    checks = List.copyOf(checks);
    if (!dayFrom.isBefore(dayUntil)) {
      throw new IllegalArgumentException("the day ends before it begins");
    }
  }

  public Pace pace(Urgency urgency) {
    return checks.stream().filter(pace -> pace.urgency() == urgency).findFirst().orElseThrow();
  }

  /**
   * When to ask after advice.
   *
   * @param wanted a day that a person or a note names: it takes the place of every check before it,
   *     and of the last one, unless that comes well after it
   */
  public List<Planned> plan(
      Urgency urgency, Instant advisedAt, Optional<LocalDate> wanted, ZoneId zone) {
    var last = after(Kind.LAST, advisedAt, lastAfterHours, zone);
    var first =
        wanted
            .map(day -> on(day, advisedAt, zone))
            .or(() ->
                pace(urgency)
                    .firstAfterHours()
                    .map(hours -> after(Kind.FIRST, advisedAt, hours, zone)));
    return first
        .map(one ->
            standsForLast(one.dueAt(), last.dueAt())
                ? List.of(one.as(Kind.LAST))
                : List.of(one, last))
        .orElse(List.of(last));
  }

  /** A first check on a day that somebody named; today it is as soon as may be. */
  public Planned on(LocalDate day, Instant now, ZoneId zone) {
    var morning = day.atTime(dayFrom).atZone(zone).toInstant();
    return new Planned(Kind.FIRST, day, morning.isBefore(now) ? now : morning);
  }

  private static Planned after(Kind kind, Instant since, int hours, ZoneId zone) {
    var at = since.plus(Duration.ofHours(hours));
    return new Planned(kind, LocalDate.ofInstant(at, zone), at);
  }

  /** That moment, or the next one within the day of a clinic in this zone. */
  public Instant byDay(Instant moment, ZoneId zone) {
    var there = moment.atZone(zone);
    if (there.toLocalTime().isBefore(dayFrom)) {
      return there.toLocalDate().atTime(dayFrom).atZone(zone).toInstant();
    }
    return there.toLocalTime().isBefore(dayUntil)
        ? moment
        : there.toLocalDate().plusDays(1).atTime(dayFrom).atZone(zone).toInstant();
  }

  /** From reminder {@code number} to what comes after it. */
  public Duration waitAfter(Urgency urgency, int number) {
    var pace = pace(urgency);
    return Duration.ofHours(
        number < REMINDERS ? pace.againAfterHours().get(number - 1) : pace.giveUpAfterHours());
  }

  public Duration linkLife() {
    return Duration.ofHours(linkHours);
  }

  /** Whether news at {@code now} stand for a last check that is due then. */
  public boolean standsForLast(Instant now, Instant lastDue) {
    return !now.plus(Duration.ofHours(lastNotWithinHours)).isBefore(lastDue);
  }
}
