package org.consilium.scheduling.matching;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.volunteer.Volunteer.Licence;
import org.consilium.scheduling.volunteer.VolunteerStatus;

/** What is never traded: each rule answers with the reason why somebody must not be asked. */
final class HardRules {
  @FunctionalInterface
  interface Rule {
    Optional<Term> bar(Case consult, Helper helper);
  }

  /** In the order in which a coordinator reads them. */
  static final List<Rule> ALL =
      List.of(
          HardRules::isActive,
          HardRules::licenceFitsTheMode,
          HardRules::canBeReached,
          HardRules::isUnderTheWeeklyCap,
          HardRules::wasNotAskedBefore,
          HardRules::hasNoConflict);

  private HardRules() {}

  static Optional<Term> isActive(Case consult, Helper helper) {
    return helper.volunteer().status() == VolunteerStatus.ACTIVE
        ? Optional.empty()
        : barred("not-active", "Does not take consults at present.");
  }

  /** Advice to a colleague needs any valid licence; whoever faces the patient needs one there. */
  static Optional<Term> licenceFitsTheMode(Case consult, Helper helper) {
    LocalDate today = LocalDate.ofInstant(consult.now(), helper.zone());
    var valid = helper.volunteer().licences().stream().filter(l -> l.isValidOn(today)).toList();
    if (valid.isEmpty()) {
      return barred("no-licence", "Has no valid licence.");
    }
    if (consult.mode() == ConsultMode.CLINICIAN_ADVICE
        || valid.stream().map(Licence::country).anyMatch(consult.patientCountry()::equals)) {
      return Optional.empty();
    }
    return barred(
        "no-licence-here",
        "Has no licence in %s, which is needed to see the patient."
            .formatted(LocalWords.country(consult.patientCountry())));
  }

  /** Red needs somebody now; the others somebody free within the hours that the urgency gives. */
  static Optional<Term> canBeReached(Case consult, Helper helper) {
    boolean now = helper.freeAt(consult.now()).isPresent();
    if (now || (helper.onCallNow() && mayBeRung(consult, helper))) {
      return Optional.empty();
    }
    if (consult.urgency() == Urgency.RED) {
      return barred("not-on-duty", "Is neither on duty nor on call now.");
    }
    var reach = Duration.ofHours(consult.catalogue().targets(consult.urgency()).reachHours());
    boolean soon =
        helper
            .nextFree(consult.now())
            .filter(slot -> slot.start().isBefore(consult.now().plus(reach)))
            .isPresent();
    return soon
        ? Optional.empty()
        : barred("not-free", "Has no free time in the next %s.".formatted(LocalWords.hours(reach)));
  }

  private static boolean mayBeRung(Case consult, Helper helper) {
    return consult.urgency() != Urgency.RED || helper.volunteer().redCalls();
  }

  static Optional<Term> isUnderTheWeeklyCap(Case consult, Helper helper) {
    int cap = helper.volunteer().weeklyCap();
    return helper.acceptedThisWeek() < cap
        ? Optional.empty()
        : barred(
            "cap-reached",
            "Took %d this week, the most they agreed to is %d."
                .formatted(helper.acceptedThisWeek(), cap));
  }

  static Optional<Term> wasNotAskedBefore(Case consult, Helper helper) {
    return helper
        .asked()
        .map(asked ->
            switch (asked) {
              case Helper.Asked.StillOpen _ ->
                  new Term("offer-open", "Has an open offer for this consult.", 0);
              case Helper.Asked.Silent _ ->
                  new Term("offer-silent", "Did not answer an offer of this consult.", 0);
              case Helper.Asked.Refused(var reason) ->
                  new Term(
                      "offer-refused",
                      "Refused this consult"
                          + reason.map(HardRules::words).map(w -> ": " + w).orElse("")
                          + ".",
                      0);
            });
  }

  static Optional<Term> hasNoConflict(Case consult, Helper helper) {
    if (helper.id().equals(consult.requester())) {
      return barred("own-request", "Asked this question, so cannot answer it.");
    }
    return helper.conflicted()
        ? barred("conflict", "Has told of a conflict with this patient.")
        : Optional.empty();
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

  private static Optional<Term> barred(String code, String sentence) {
    return Optional.of(new Term(code, sentence, 0));
  }
}
