package org.consilium.scheduling.matching;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.consilium.platform.http.Sentence;
import org.consilium.scheduling.matching.Pairing.Wish;

/** What speaks for somebody, and what against: each rule answers with its points. */
public final class SoftRules {
  private static final int MORNING = 7 * 60;
  private static final int NIGHT = 22 * 60;
  private static final int ROOM_COUNTED_MAX = 5;

  /**
   * One rule.
   *
   * @param code stable, for programs
   * @param sentence the reason, also of no points; made only when somebody reads it
   */
  public record Rule(
      String code, ToIntFunction<Pairing> points, Function<Candidacy, Sentence> sentence) {
    Term term(Candidacy candidacy) {
      return new Term(code, sentence.apply(candidacy), points.applyAsInt(candidacy));
    }
  }

  /** In the order in which a coordinator reads them. */
  static final List<Rule> ALL =
      List.of(
          new Rule("field", SoftRules::field, ScoreWords::field),
          new Rule("age-group", SoftRules::ageGroup, ScoreWords::ageGroup),
          new Rule("clinician-language", SoftRules::clinicianLanguage, ScoreWords::clinician),
          new Rule("patient-language", SoftRules::patientLanguage, ScoreWords::patient),
          new Rule("on-duty", SoftRules::dutyNowOrSoon, ScoreWords::duty),
          new Rule("wait", SoftRules::patientsWait, ScoreWords::patientsWait),
          new Rule("continuity", SoftRules::continuity, ScoreWords::continuity),
          new Rule("gender-wish", SoftRules::genderWish, ScoreWords::genderWish),
          new Rule("local-hour", SoftRules::wakingHours, ScoreWords::localHour),
          new Rule("region", SoftRules::region, ScoreWords::region),
          new Rule("answers", SoftRules::answerHistory, ScoreWords::answers),
          new Rule("load", SoftRules::load, ScoreWords::load),
          new Rule("weekly-cap", SoftRules::roomUnderTheCap, ScoreWords::weeklyCap),
          new Rule("fair-share", SoftRules::fairShare, ScoreWords::fairShare),
          new Rule("shadow-price", SoftRules::shadowPrice, ScoreWords::shadowPrice));

  private SoftRules() {}

  /** The sum over all rules. */
  public static int score(Pairing pairing) {
    int sum = 0;
    for (Rule rule : ALL) {
      sum += rule.points().applyAsInt(pairing);
    }
    return sum;
  }

  /** Every rule with its points and its reason. */
  static List<Term> terms(Candidacy candidacy) {
    return ALL.stream().map(rule -> rule.term(candidacy)).toList();
  }

  /** Of the field wanted, else of its wider field or of one that it is the wider field of. */
  static int field(Pairing pairing) {
    if (!pairing.aFieldWasAskedFor()) {
      return 0;
    }
    return switch (pairing.fit()) {
      case EXACT -> pairing.weights().field();
      case NEAR -> pairing.weights().parentField();
      case NONE -> 0;
    };
  }

  static int ageGroup(Pairing pairing) {
    return pairing.treatsTheAgeGroup() ? pairing.weights().ageGroup() : 0;
  }

  static int clinicianLanguage(Pairing pairing) {
    return pairing.speaksWithTheClinician() ? pairing.weights().clinicianLanguage() : 0;
  }

  /** The patient's own language is best, an interpreter who is free then the next best. */
  static int patientLanguage(Pairing pairing) {
    if (pairing.speaksWithThePatient()) {
      return pairing.weights().patientLanguage();
    }
    int interpreter = pairing.weights().interpreter();
    return interpreter != 0 && pairing.anInterpreterIsFree() ? interpreter : 0;
  }

  static int dutyNowOrSoon(Pairing pairing) {
    int hours = pairing.hoursUntil();
    var weights = pairing.weights();
    return hours < 0 ? 0 : Math.max(0, weights.onDuty() - hours * weights.soonPerHour());
  }

  static int patientsWait(Pairing pairing) {
    int hours = Math.max(0, pairing.hoursWaited());
    return -hours * pairing.weights().waitPerHour().of(pairing.urgency());
  }

  static int continuity(Pairing pairing) {
    return pairing.knowsThePatient() ? pairing.weights().continuity() : 0;
  }

  static int genderWish(Pairing pairing) {
    return pairing.genderWish() == Wish.MET ? pairing.weights().genderWish() : 0;
  }

  /** From seven to twenty-two on their own wall clock. */
  static int wakingHours(Pairing pairing) {
    return isAwake(pairing) ? pairing.weights().wakingHour() : 0;
  }

  static boolean isAwake(Pairing pairing) {
    int minute = pairing.localMinute();
    return minute >= MORNING && minute < NIGHT;
  }

  static int region(Pairing pairing) {
    return pairing.knowsTheRegion() ? pairing.weights().region() : 0;
  }

  /** Silence costs a patient time; a refusal that is told does not. */
  static int answerHistory(Pairing pairing) {
    int ended = pairing.offersEnded();
    int silent = ended - pairing.offersAnswered();
    return ended == 0 ? 0 : -pairing.weights().unanswered() * silent / ended;
  }

  static int load(Pairing pairing) {
    return -pairing.openConsults() * pairing.weights().openConsult();
  }

  static int roomUnderTheCap(Pairing pairing) {
    int room = Math.max(0, pairing.weeklyCap() - pairing.takenInWeek());
    return Math.min(room, ROOM_COUNTED_MAX) * pairing.weights().roomInWeek();
  }

  /** So that k consults in a week cost k(k-1)/2 times the weight in all. */
  static int fairShare(Pairing pairing) {
    return -pairing.takenInWeek() * pairing.weights().furtherInWeek();
  }

  static int shadowPrice(Pairing pairing) {
    return -pairing.shadowPrice() * pairing.weights().shadowPercent() / 100;
  }
}
