package org.consilium.scheduling.volunteer;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * How somebody wants to be asked.
 *
 * @param rest after a night on call or an immediate consult, before they are asked again
 * @param quiet hours of their own wall clock in which only an immediate consult may come
 * @param channels the first is tried first
 */
public record Wishes(
    Duration rest, Optional<Quiet> quiet, Optional<Gender> gender, List<Channel> channels) {
  public static final Wishes NONE =
      new Wishes(
          Duration.ZERO,
          Optional.empty(),
          Optional.empty(),
          List.of(Channel.RING, Channel.APP, Channel.MAIL));

  /** From the first time up to the second; over midnight when the second is not later. */
  public record Quiet(LocalTime from, LocalTime until) {
    public boolean holds(LocalTime time) {
      return from.isBefore(until)
          ? !time.isBefore(from) && time.isBefore(until)
          : !time.isBefore(from) || time.isBefore(until);
    }

    /** Whether any of a time lies within these hours of a wall clock. */
    public boolean touches(TimeSlot slot, ZoneId zone) {
      var day = slot.start().atZone(zone).toLocalDate().minusDays(1);
      while (day.atStartOfDay(zone).toInstant().isBefore(slot.end())) {
        var last = from.isBefore(until) ? day : day.plusDays(1);
        var start = day.atTime(from).atZone(zone).toInstant();
        var end = last.atTime(until).atZone(zone).toInstant();
        if (start.isBefore(end) && slot.overlaps(new TimeSlot(start, end))) {
          return true;
        }
        day = day.plusDays(1);
      }
      return false;
    }
  }

  /** Whether some of that time is quiet on their own wall clock. */
  public boolean isQuietIn(TimeSlot slot, ZoneId zone) {
    return quiet.filter(hours -> hours.touches(slot, zone)).isPresent();
  }

  public boolean isQuietAt(Instant moment, ZoneId zone) {
    return quiet.filter(hours -> hours.holds(LocalTime.ofInstant(moment, zone))).isPresent();
  }

  /** When they may hear of something that can wait: at once, or at the end of their quiet hours. */
  public Instant heardFrom(Instant moment, ZoneId zone) {
    if (!isQuietAt(moment, zone)) {
      return moment;
    }
    var local = moment.atZone(zone);
    var end = local.with(quiet.orElseThrow().until());
    return (end.isAfter(local) ? end : end.plusDays(1)).toInstant();
  }
}
