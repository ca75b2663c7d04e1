package org.consilium.scheduling.matching;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.consilium.platform.http.Sentence;
import org.consilium.scheduling.matching.Pairing.Asked;
import org.consilium.scheduling.matching.Pairing.Wish;

/** What is never traded: each rule says whether somebody must not be asked. */
public final class HardRules {
  /**
   * One rule.
   *
   * @param code stable, for programs
   * @param sentence why not, for the coordinator; made only when somebody reads it
   */
  public record Rule(String code, Predicate<Pairing> bars, Function<Candidacy, Sentence> sentence) {
    Term term(Candidacy candidacy) {
      return new Term(code, sentence.apply(candidacy), 0);
    }
  }

  /** In the order in which a coordinator reads them. */
  static final List<Rule> ALL =
      List.of(
          new Rule("not-active", HardRules::isNotActive, BarWords::notActive),
          new Rule("no-licence", HardRules::hasNoLicence, BarWords::noLicence),
          new Rule("no-licence-here", HardRules::licenceDoesNotFitTheMode, BarWords::noLicenceHere),
          new Rule("not-on-duty", HardRules::redFindsNobodyNow, BarWords::notOnDuty),
          new Rule("not-free", HardRules::isNotFreeInTime, BarWords::notFree),
          new Rule("cap-reached", HardRules::weeklyCapIsReached, BarWords::capReached),
          new Rule("needs-rest", HardRules::needsRest, BarWords::needsRest),
          new Rule("quiet-hours", HardRules::areQuietHours, BarWords::quietHours),
          new Rule("offer-open", HardRules::offerIsOpen, BarWords::offerOpen),
          new Rule("offer-silent", HardRules::offerWasLeftSilent, BarWords::offerSilent),
          new Rule("offer-refused", HardRules::offerWasRefused, BarWords::offerRefused),
          new Rule("own-request", HardRules::isTheirOwnRequest, BarWords::ownRequest),
          new Rule("conflict", HardRules::hasAConflict, BarWords::conflict),
          new Rule("gender-wish", HardRules::wishIsNotMet, BarWords::genderWish));

  /** Those that ask whether a consult that was accepted can be held at a given moment. */
  private static final Set<String> OF_MEETING =
      Set.of(
          "not-active", "no-licence", "no-licence-here", "not-on-duty", "not-free", "needs-rest");

  private HardRules() {}

  static boolean barMeeting(Pairing pairing) {
    for (Rule rule : ALL) {
      if (OF_MEETING.contains(rule.code()) && rule.bars().test(pairing)) {
        return true;
      }
    }
    return false;
  }

  static List<Term> barsOfMeeting(Candidacy candidacy) {
    return bars(candidacy).stream().filter(bar -> OF_MEETING.contains(bar.code())).toList();
  }

  /** Whether any rule forbids it. */
  public static boolean bar(Pairing pairing) {
    for (Rule rule : ALL) {
      if (rule.bars().test(pairing)) {
        return true;
      }
    }
    return false;
  }

  /** Every rule that forbids it, in words. */
  static List<Term> bars(Candidacy candidacy) {
    return ALL.stream()
        .filter(rule -> rule.bars().test(candidacy))
        .map(rule -> rule.term(candidacy))
        .toList();
  }

  static boolean isNotActive(Pairing pairing) {
    return !pairing.isActive();
  }

  static boolean hasNoLicence(Pairing pairing) {
    return !pairing.hasAValidLicence();
  }

  /** What each mode asks for is a table by country: {@code volunteer.LicenceRules}. */
  static boolean licenceDoesNotFitTheMode(Pairing pairing) {
    return pairing.hasAValidLicence() && !pairing.isLicensedForTheMode();
  }

  /** Red needs somebody now. */
  static boolean redFindsNobodyNow(Pairing pairing) {
    return isRed(pairing) && !pairing.canBeReached();
  }

  /** The others need somebody free within the hours that the urgency gives. */
  static boolean isNotFreeInTime(Pairing pairing) {
    return !isRed(pairing) && !pairing.canBeReached();
  }

  private static boolean isRed(Pairing pairing) {
    return switch (pairing.urgency()) {
      case RED -> true;
      case ORANGE, YELLOW, GREEN, BLUE -> false;
    };
  }

  static boolean weeklyCapIsReached(Pairing pairing) {
    return isCapReached(pairing.takenInWeek(), pairing.weeklyCap());
  }

  /** Whether somebody who took so many consults in seven days agreed to no more. */
  public static boolean isCapReached(int takenInWeek, int weeklyCap) {
    return takenInWeek >= weeklyCap;
  }

  static boolean needsRest(Pairing pairing) {
    return !pairing.isRested();
  }

  /** Only red may come then, and only to those who said that it may. */
  static boolean areQuietHours(Pairing pairing) {
    return pairing.isAskedInQuietHours();
  }

  static boolean offerIsOpen(Pairing pairing) {
    return pairing.asked() == Asked.STILL_OPEN;
  }

  static boolean offerWasLeftSilent(Pairing pairing) {
    return pairing.asked() == Asked.SILENT;
  }

  static boolean offerWasRefused(Pairing pairing) {
    return pairing.asked() == Asked.REFUSED;
  }

  static boolean isTheirOwnRequest(Pairing pairing) {
    return pairing.askedItThemselves();
  }

  static boolean hasAConflict(Pairing pairing) {
    return pairing.conflicts() && !pairing.askedItThemselves();
  }

  static boolean wishIsNotMet(Pairing pairing) {
    return pairing.genderWish() == Wish.REQUIRED_AND_NOT_MET;
  }
}
