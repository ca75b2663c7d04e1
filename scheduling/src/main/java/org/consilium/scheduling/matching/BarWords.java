package org.consilium.scheduling.matching;

import java.time.Duration;
import java.util.Optional;
import org.consilium.platform.http.Sentence;
import org.consilium.scheduling.catalogue.RefusalReason;

/** Why somebody must not be asked, as a sentence: one for each of {@link HardRules}. */
final class BarWords {
  /** Longer is said in days. */
  private static final int HOURS_SAID_MAX = 48;

  private BarWords() {}

  static Sentence notActive(Candidacy candidacy) {
    return say("not-active", "Does not take consults at present.");
  }

  static Sentence noLicence(Candidacy candidacy) {
    return say("no-licence", "Has no valid licence.");
  }

  static Sentence noLicenceHere(Candidacy candidacy) {
    var sentence =
        switch (candidacy.consult().licenceRule().needs()) {
          case LISTED ->
              say("no-licence-listed", "Has no licence of a country that {country} accepts.");
          case NONE, ANY, COUNTRY ->
              say(
                  "no-licence-here",
                  "Has no licence in {country}, which is needed to see the patient.");
        };
    var country = candidacy.consult().patientCountry();
    return sentence.with("country", country, LocalWords.country(country));
  }

  static Sentence notOnDuty(Candidacy candidacy) {
    return say("not-on-duty", "Is neither on duty nor on call now.");
  }

  static Sentence notFree(Candidacy candidacy) {
    if (candidacy.at().isPresent() && candidacy.isPlanned()) {
      return say("not-free", "Is not free at that time.");
    }
    var consult = candidacy.consult();
    return notFreeIn(Duration.ofHours(consult.catalogue().targets(consult.urgency()).reachHours()));
  }

  private static Sentence notFreeIn(Duration reach) {
    long hours = reach.toHours();
    if (hours > HOURS_SAID_MAX) {
      return say("not-free-days", "Has no free time in the next {count} days.")
          .with("count", reach.toDays());
    }
    return say(
            "not-free-hours",
            hours == 1
                ? "Has no free time in the next hour."
                : "Has no free time in the next {count} hours.")
        .with("count", hours);
  }

  static Sentence capReached(Candidacy candidacy) {
    return say("cap-reached", "Took {taken} this week, the most they agreed to is {most}.")
        .with("taken", candidacy.takenInWeek())
        .with("most", candidacy.weeklyCap());
  }

  static Sentence needsRest(Candidacy candidacy) {
    var helper = candidacy.helper();
    var until = helper.restsUntil(candidacy.meeting()).orElseThrow();
    return say(
            "needs-rest",
            "Rests after a night on call or an immediate consult until {momentThere}, their time.")
        .with(
            "momentThere",
            LocalWords.moment(until, helper.zone()),
            LocalWords.day(until, helper.zone()));
  }

  static Sentence quietHours(Candidacy candidacy) {
    return say("quiet-hours", "Is not to be asked at this hour of theirs.");
  }

  static Sentence offerOpen(Candidacy candidacy) {
    return say("offer-open", "Has an open offer for this consult.");
  }

  static Sentence offerSilent(Candidacy candidacy) {
    return say("offer-silent", "Did not answer an offer of this consult.");
  }

  static Sentence offerRefused(Candidacy candidacy) {
    return candidacy
        .helper()
        .asked()
        .flatMap(asked ->
            switch (asked) {
              case Helper.Asked.Refused(var given) -> given;
              case Helper.Asked.StillOpen _, Helper.Asked.Silent _ ->
                  Optional.<RefusalReason>empty();
            })
        .map(reason ->
            say("offer-refused-because", "Refused this consult: {refusal}.")
                .with("refusal", reason.wire(), words(reason)))
        .orElseGet(() -> say("offer-refused", "Refused this consult."));
  }

  static Sentence ownRequest(Candidacy candidacy) {
    return say("own-request", "Asked this question, so cannot answer it.");
  }

  static Sentence conflict(Candidacy candidacy) {
    return say("conflict", "Has told of a conflict with this patient.");
  }

  static Sentence genderWish(Candidacy candidacy) {
    return say(
        "gender-wish", "The patient needs to be seen by somebody of the gender they asked for.");
  }

  private static Sentence say(String code, String english) {
    return Sentence.of("bar." + code, english);
  }

  private static String words(RefusalReason reason) {
    return switch (reason) {
      case BUSY -> "busy";
      case NOT_MY_FIELD -> "not their field";
      case ON_LEAVE -> "on leave";
      case CONFLICT -> "a conflict";
      case UNCLEAR -> "the question was unclear";
    };
  }
}
