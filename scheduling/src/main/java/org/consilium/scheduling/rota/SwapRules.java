package org.consilium.scheduling.rota;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.consilium.platform.http.Sentence;
import org.consilium.platform.http.Wire;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.care.Rest;
import org.consilium.scheduling.matching.HardRules;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;

/** Who may take a shift: the first rule that forbids it is said. */
final class SwapRules {
  /** Why not, in a sentence for the one who would take it and in one for who plans. */
  enum Bar implements Wire {
    NOT_ACTIVE("You are not active in this network just now.", "{who} is not active just now."),
    NO_LICENCE(
        "You have no licence that is verified and holds on that day.",
        "{who} has no licence that is verified and holds on that day."),
    OTHER_FIELD(
        "This shift is of another field than yours.",
        "This shift is of another field than {who}'s."),
    OTHER_LANGUAGE(
        "This shift needs a language that you do not speak well enough.",
        "This shift needs a language that {who} does not speak well enough."),
    ON_LEAVE(
        "You are on leave in part of this time.",
        "{who} is on leave in part of this time: put somebody else there, or a part of it."),
    OVERLAP(
        "You are on call in part of this time already.",
        "{who} is on call elsewhere in part of this time already."),
    NO_REST(
        "It leaves too little rest beside another on-call shift of yours.",
        "It leaves {who} too little rest beside another on-call shift."),
    RESTING(
        "You would not be rested yet from a night on call or an immediate consult.",
        "{who} would not be rested yet from a night on call or an immediate consult."),
    QUIET_HOURS(
        "Part of it lies in your quiet hours, and you have not agreed to red calls.",
        "Part of it lies in {who}'s quiet hours, and they have not agreed to red calls."),
    CAP_REACHED(
        "You have taken as many consults in those seven days as you agreed to.",
        "{who} has taken as many consults in those seven days as they agreed to.");

    private final String sentence;
    private final String about;

    Bar(String sentence, String about) {
      this.sentence = sentence;
      this.about = about;
    }

    String sentence() {
      return sentence;
    }

    Sentence about(String name) {
      return Sentence.of("rota." + wire(), about).with("who", name);
    }
  }

  /**
   * What is known of somebody who would take a shift.
   *
   * @param zone where their wall clock hangs then
   * @param onCall their on-call shifts around that time, of every rota and planned by hand
   * @param immediate when they took immediate consults of late
   * @param takenInWeek consults accepted in the seven days before the shift begins
   */
  record Taker(
      Volunteer volunteer,
      ZoneId zone,
      List<TimeSlot> leave,
      List<TimeSlot> onCall,
      List<Instant> immediate,
      int takenInWeek) {}

  /**
   * What the shift asks for.
   *
   * @param rest between two on-call shifts of one person
   */
  record Asked(String specialty, String language, TimeSlot slot, Duration rest) {}

  private record Rule(Bar bar, BiPredicate<Taker, Asked> forbids) {}

  /**
   * In the order in which they are said. Who somebody is, is asked as matching asks it; the rest is
   * of shifts alone.
   */
  private static final List<Rule> ALL =
      List.of(
          new Rule(Bar.NOT_ACTIVE, SwapRules::isNotActive),
          new Rule(Bar.NO_LICENCE, SwapRules::hasNoLicence),
          new Rule(Bar.OTHER_FIELD, (who, asked) -> !who.volunteer().practises(asked.specialty())),
          new Rule(Bar.OTHER_LANGUAGE, (who, asked) -> !who.volunteer().speaks(asked.language())),
          new Rule(Bar.ON_LEAVE, (who, asked) -> overlaps(who.leave(), asked.slot())),
          new Rule(Bar.OVERLAP, (who, asked) -> overlaps(who.onCall(), asked.slot())),
          new Rule(Bar.NO_REST, SwapRules::isTooClose),
          new Rule(Bar.RESTING, SwapRules::isNotRested),
          new Rule(Bar.QUIET_HOURS, SwapRules::isQuiet),
          new Rule(Bar.CAP_REACHED, SwapRules::isCapReached));

  private SwapRules() {}

  /** The first rule that forbids it. */
  static Optional<Bar> bar(Taker taker, Asked asked) {
    return ALL.stream()
        .filter(rule -> rule.forbids().test(taker, asked))
        .map(Rule::bar)
        .findFirst();
  }

  private static boolean isNotActive(Taker taker, Asked asked) {
    return taker.volunteer().kind() != VolunteerKind.SPECIALIST || !taker.volunteer().isActive();
  }

  /** On the days, as they count them, on which it begins and ends. */
  private static boolean hasNoLicence(Taker taker, Asked asked) {
    var first = LocalDate.ofInstant(asked.slot().start(), taker.zone());
    var last = LocalDate.ofInstant(asked.slot().end(), taker.zone());
    return !taker.volunteer().hasLicenceOn(first) || !taker.volunteer().hasLicenceOn(last);
  }

  private static boolean isTooClose(Taker taker, Asked asked) {
    var slot = asked.slot();
    var rested = new TimeSlot(slot.start().minus(asked.rest()), slot.end().plus(asked.rest()));
    return overlaps(taker.onCall(), rested);
  }

  /** Before this shift, and before the next one after it. */
  private static boolean isNotRested(Taker taker, Asked asked) {
    var start = asked.slot().start();
    var wished = taker.volunteer().wishes().rest();
    var zone = taker.zone();
    return Rest.until(wished, zone, taker.onCall(), taker.immediate(), start).isPresent()
        || taker.onCall().stream()
            .map(TimeSlot::start)
            .filter(next -> !next.isBefore(asked.slot().end()))
            .anyMatch(next ->
                Rest.until(wished, zone, List.of(asked.slot()), List.of(), next).isPresent());
  }

  /** To be on call is to be rung for red consults. */
  private static boolean isQuiet(Taker taker, Asked asked) {
    var volunteer = taker.volunteer();
    return volunteer.keepsQuietHours(true)
        && volunteer.wishes().isQuietIn(asked.slot(), taker.zone());
  }

  private static boolean isCapReached(Taker taker, Asked asked) {
    return HardRules.isCapReached(taker.takenInWeek(), taker.volunteer().weeklyCap());
  }

  private static boolean overlaps(List<TimeSlot> some, TimeSlot slot) {
    return some.stream().anyMatch(slot::overlaps);
  }
}
