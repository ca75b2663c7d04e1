package org.consilium.scheduling.rota;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.id.AccountId;

/**
 * People who take turns. Turn k runs from one local hand-off to the next, so it may be an hour
 * longer or shorter when clocks change.
 *
 * @param from the local date of the first hand-off
 * @param until the local date at whose hand-off it ends
 * @param handOff a local time, {@code HH:mm}
 * @param everyDays days from one hand-off to the next, 1 to 28
 * @param members in the order of their turns; nobody is a gap
 */
public record Rotation(
    Layer layer,
    LocalDate from,
    Optional<LocalDate> until,
    String handOff,
    int everyDays,
    List<AccountId> members) {
  public Rotation {
    members = List.copyOf(members);
    if (everyDays < 1) {
      throw new IllegalArgumentException("A turn lasts a day or more.");
    }
  }

  /** When turn {@code k} begins; resolved as RFC 5545 section 3.3.5 says. */
  Instant startOf(long k, ZoneId zone) {
    return handOffOn(from.plusDays(k * everyDays), zone);
  }

  /** A turn that surely begins no later than {@code moment}, if it is not the first. */
  long turnBefore(Instant moment, ZoneId zone) {
    var date = LocalDate.ofInstant(moment, zone).minusDays(2);
    return Math.max(0, Math.floorDiv(ChronoUnit.DAYS.between(from, date), everyDays));
  }

  Instant endsAt(ZoneId zone) {
    return until.map(date -> handOffOn(date, zone)).orElse(Instant.MAX);
  }

  AccountId member(long turn) {
    return members.get((int) (turn % members.size()));
  }

  private Instant handOffOn(LocalDate date, ZoneId zone) {
    return ZonedDateTime.of(date, LocalTime.parse(handOff), zone).toInstant();
  }
}
