package org.consilium.scheduling.matching;

import java.time.Duration;
import java.util.Optional;
import org.consilium.scheduling.catalogue.RefusalReason;

/** Why somebody must not be asked, as a sentence: one for each of {@link HardRules}. */
final class BarWords {
  private BarWords() {}

  static String notActive(Candidacy candidacy) {
    return "Does not take consults at present.";
  }

  static String noLicence(Candidacy candidacy) {
    return "Has no valid licence.";
  }

  static String noLicenceHere(Candidacy candidacy) {
    var country = LocalWords.country(candidacy.consult().patientCountry());
    return switch (candidacy.consult().licenceRule().needs()) {
      case LISTED -> "Has no licence of a country that %s accepts.".formatted(country);
      case NONE, ANY, COUNTRY ->
          "Has no licence in %s, which is needed to see the patient.".formatted(country);
    };
  }

  static String notOnDuty(Candidacy candidacy) {
    return "Is neither on duty nor on call now.";
  }

  static String notFree(Candidacy candidacy) {
    var consult = candidacy.consult();
    var reach = Duration.ofHours(consult.catalogue().targets(consult.urgency()).reachHours());
    return candidacy.at().isPresent() && candidacy.isPlanned()
        ? "Is not free at that time."
        : "Has no free time in the next %s.".formatted(LocalWords.hours(reach));
  }

  static String capReached(Candidacy candidacy) {
    return "Took %d this week, the most they agreed to is %d."
        .formatted(candidacy.takenInWeek(), candidacy.weeklyCap());
  }

  static String needsRest(Candidacy candidacy) {
    var helper = candidacy.helper();
    var until = helper.restsUntil(candidacy.meeting()).orElseThrow();
    return "Rests after a night on call or an immediate consult until %s, their time."
        .formatted(LocalWords.day(until, helper.zone()));
  }

  static String quietHours(Candidacy candidacy) {
    return "Is not to be asked at this hour of theirs.";
  }

  static String offerOpen(Candidacy candidacy) {
    return "Has an open offer for this consult.";
  }

  static String offerSilent(Candidacy candidacy) {
    return "Did not answer an offer of this consult.";
  }

  static String offerRefused(Candidacy candidacy) {
    var reason =
        candidacy
            .helper()
            .asked()
            .flatMap(asked ->
                switch (asked) {
                  case Helper.Asked.Refused(var given) -> given;
                  case Helper.Asked.StillOpen _, Helper.Asked.Silent _ ->
                      Optional.<RefusalReason>empty();
                });
    return "Refused this consult" + reason.map(r -> ": " + words(r)).orElse("") + ".";
  }

  static String ownRequest(Candidacy candidacy) {
    return "Asked this question, so cannot answer it.";
  }

  static String conflict(Candidacy candidacy) {
    return "Has told of a conflict with this patient.";
  }

  static String genderWish(Candidacy candidacy) {
    return "The patient needs to be seen by somebody of the gender they asked for.";
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
