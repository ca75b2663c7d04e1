package org.consilium.scheduling.availability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Any hours, in any awkward zone, around any of its changes, against an oracle that only ever asks
 * what the wall clock shows at a moment, minute by minute, and never resolves a local time.
 */
class ExpansionPropertiesTest {
  private static final int QUERY_DAYS = 6;

  @Property(tries = 150)
  void agrees_with_a_clock_read_minute_by_minute(@ForAll("cases") Case given) {
    assertThat(minutes(Expansion.expand(given.hours, given.query()), given.query()))
        .isEqualTo(new Oracle(given).minutes());
  }

  @Property(tries = 150)
  void is_sorted_apart_and_inside_the_query(@ForAll("cases") Case given) {
    List<TimeSlot> slots = Expansion.expand(given.hours, given.query());
    for (int i = 0; i < slots.size(); i++) {
      assertThat(given.query().holds(slots.get(i))).isTrue();
      if (i > 0) {
        assertThat(slots.get(i).start()).isAfter(slots.get(i - 1).end());
      }
    }
  }

  record Case(Hours hours, LocalDate around) {
    TimeSlot query() {
      Instant start =
          around.minusDays(QUERY_DAYS / 2).atTime(7, 0).toInstant(java.time.ZoneOffset.UTC);
      return TimeSlot.of(start, Duration.ofDays(QUERY_DAYS));
    }
  }

  /** Places and dates where the clock does something odd. */
  enum Odd {
    BERLIN_SPRING("Europe/Berlin", "2026-03-29"),
    BERLIN_AUTUMN("Europe/Berlin", "2026-10-25"),
    SAMOA("Pacific/Apia", "2011-12-30"),
    LORD_HOWE("Australia/Lord_Howe", "2026-04-05"),
    SANTIAGO("America/Santiago", "2026-09-06"),
    HAVANA("America/Havana", "2025-11-02"),
    KATHMANDU("Asia/Kathmandu", "2026-05-01"),
    CASABLANCA("Africa/Casablanca", "2025-02-23"),
    CAIRO("Africa/Cairo", "2026-04-24"),
    TROLL("Antarctica/Troll", "2026-03-29"),
    CHATHAM("Pacific/Chatham", "2026-04-05"),
    KIRITIMATI("Pacific/Kiritimati", "2026-01-01");

    final ZoneId zone;
    final LocalDate date;

    Odd(String zone, String date) {
      this.zone = ZoneId.of(zone);
      this.date = LocalDate.parse(date);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.of(Odd.class).flatMap(odd -> hours(odd).map(h -> new Case(h, odd.date)));
  }

  private static Arbitrary<Hours> hours(Odd odd) {
    Arbitrary<List<Hours.ZoneChange>> moves =
        Combinators.combine(near(odd.date), Arbitraries.of(Odd.class))
            .as((date, to) -> new Hours.ZoneChange(date, to.zone))
            .list()
            .ofMaxSize(1);
    return Combinators.combine(
            weekly(odd.date).list().ofMinSize(1).ofMaxSize(3),
            exception(odd.date).list().ofMaxSize(3),
            moves)
        .as((weekly, exceptions, changes) -> new Hours(odd.zone, weekly, exceptions, changes));
  }

  private static Arbitrary<WeeklyHours> weekly(LocalDate around) {
    return Combinators.combine(
            Arbitraries.of(DayOfWeek.class).set().ofMinSize(1),
            start(),
            end(),
            Arbitraries.integers().between(1, 3),
            near(around),
            near(around).optional(0.3),
            near(around).optional(0.3))
        .as((days, start, end, every, anchor, from, to) ->
            new WeeklyHours(days, start, end, every, Optional.of(anchor), from, to));
  }

  private static Arbitrary<HoursException> exception(LocalDate around) {
    Arbitrary<HoursException> closed = near(around).map(HoursException.Closed::new);
    Arbitrary<HoursException> replace =
        Combinators.combine(near(around), start(), end()).as(HoursException.Replace::new);
    Arbitrary<HoursException> extra =
        Combinators.combine(near(around), start(), end()).as(HoursException.Extra::new);
    Arbitrary<HoursException> away =
        Combinators.combine(near(around), Arbitraries.integers().between(0, 2))
            .as((date, more) -> new HoursException.Away(date, date.plusDays(more)));
    Arbitrary<HoursException> busy =
        Combinators.combine(
                near(around),
                Arbitraries.integers().between(0, 1439),
                Arbitraries.integers().between(1, 600))
            .as((date, minute, length) ->
                new HoursException.Busy(
                    TimeSlot.of(
                        date.atStartOfDay().plusMinutes(minute).toInstant(java.time.ZoneOffset.UTC),
                        Duration.ofMinutes(length))));
    return Arbitraries.oneOf(closed, replace, extra, away, busy);
  }

  private static Arbitrary<LocalDate> near(LocalDate date) {
    return Arbitraries.integers().between(-4, 4).map(date::plusDays);
  }

  private static Arbitrary<ClockTime> start() {
    return Arbitraries.integers().between(0, 95).map(quarter -> new ClockTime(quarter * 15));
  }

  private static Arbitrary<ClockTime> end() {
    return Arbitraries.integers().between(0, 96).map(quarter -> new ClockTime(quarter * 15));
  }

  private static BitSet minutes(List<TimeSlot> slots, TimeSlot query) {
    var covered = new BitSet();
    for (TimeSlot slot : slots) {
      covered.set(minute(slot.start(), query), minute(slot.end(), query));
    }
    return covered;
  }

  private static int minute(Instant moment, TimeSlot query) {
    return Math.toIntExact(Duration.between(query.start(), moment).toMinutes());
  }

  /** Reads the wall clock at each minute and remembers when each local time was first seen. */
  private static final class Oracle {
    private final Case given;
    private final Map<ZoneId, Map<LocalDateTime, Instant>> firstSeen = new HashMap<>();

    Oracle(Case given) {
      this.given = given;
    }

    BitSet minutes() {
      Set<TimeSlot> open = new HashSet<>();
      Set<TimeSlot> shut = new HashSet<>();
      Hours hours = given.hours;
      var closed = new HashSet<LocalDate>();
      var replaced = new HashSet<LocalDate>();
      for (HoursException exception : hours.exceptions()) {
        if (exception instanceof HoursException.Closed c) {
          closed.add(c.date());
        } else if (exception instanceof HoursException.Replace r) {
          replaced.add(r.date());
        }
      }
      for (int day = -9; day <= 9; day++) {
        LocalDate date = given.around.plusDays(day);
        for (WeeklyHours rule : hours.weekly()) {
          boolean inWeek = weekNumber(date, rule.anchor().orElseThrow()) % rule.everyWeeks() == 0;
          boolean valid =
              rule.validFrom().map(from -> !date.isBefore(from)).orElse(true)
                  && rule.validTo().map(to -> !date.isAfter(to)).orElse(true);
          if (rule.days().contains(date.getDayOfWeek())
              && inWeek
              && valid
              && !closed.contains(date)
              && !replaced.contains(date)) {
            add(open, date, rule.start(), rule.end(), rule.validTo());
          }
        }
      }
      for (HoursException exception : hours.exceptions()) {
        switch (exception) {
          case HoursException.Replace r when !closed.contains(r.date()) ->
              add(open, r.date(), r.start(), r.end(), Optional.empty());
          case HoursException.Extra e -> add(open, e.date(), e.start(), e.end(), Optional.empty());
          case HoursException.Away a -> {
            Instant from = moment(a.first().atStartOfDay(), hours.zoneOn(a.first()));
            Instant to = moment(a.last().plusDays(1).atStartOfDay(), hours.zoneOn(a.last()));
            if (from.isBefore(to)) {
              shut.add(new TimeSlot(from, to));
            }
          }
          case HoursException.Busy b -> shut.add(b.slot());
          default -> {}
        }
      }
      var free = new BitSet();
      int minute = 0;
      for (Instant at = given.query().start();
          at.isBefore(given.query().end());
          at = at.plusSeconds(60)) {
        Instant moment = at;
        if (open.stream().anyMatch(s -> s.holds(moment))
            && shut.stream().noneMatch(s -> s.holds(moment))) {
          free.set(minute);
        }
        minute++;
      }
      return free;
    }

    private void add(
        Set<TimeSlot> open,
        LocalDate date,
        ClockTime start,
        ClockTime end,
        Optional<LocalDate> lastValid) {
      ZoneId zone = given.hours.zoneOn(date);
      boolean exists = clock(zone).keySet().stream().anyMatch(l -> l.toLocalDate().equals(date));
      if (!exists) {
        return;
      }
      int length = end.minutes() - start.minutes();
      int wall = length > 0 ? end.minutes() : end.minutes() + 1440;
      Instant from = moment(date.atStartOfDay().plusMinutes(start.minutes()), zone);
      Instant to = moment(date.atStartOfDay().plusMinutes(wall), zone);
      if (lastValid.isPresent()) {
        Instant cut =
            moment(lastValid.get().plusDays(1).atStartOfDay(), given.hours.zoneOn(lastValid.get()));
        to = cut.isBefore(to) ? cut : to;
      }
      if (from.isBefore(to)) {
        open.add(new TimeSlot(from, to));
      }
    }

    private Instant moment(LocalDateTime local, ZoneId zone) {
      int back = 0;
      while (!clock(zone).containsKey(local.minusMinutes(back))) {
        back++;
      }
      return clock(zone).get(local.minusMinutes(back)).plusSeconds(60L * back);
    }

    private Map<LocalDateTime, Instant> clock(ZoneId zone) {
      return firstSeen.computeIfAbsent(zone, this::read);
    }

    private Map<LocalDateTime, Instant> read(ZoneId zone) {
      var seen = new HashMap<LocalDateTime, Instant>();
      Instant from = given.around.minusDays(13).atStartOfDay().toInstant(java.time.ZoneOffset.UTC);
      for (int minute = 0; minute < 27 * 1440; minute++) {
        Instant at = from.plusSeconds(60L * minute);
        seen.putIfAbsent(
            LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, zone.getRules().getOffset(at)), at);
      }
      return seen;
    }

    private static long weekNumber(LocalDate date, LocalDate anchor) {
      return Math.abs(
          Math.floorDiv(date.toEpochDay() + 3, 7) - Math.floorDiv(anchor.toEpochDay() + 3, 7));
    }
  }
}
