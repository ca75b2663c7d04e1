package org.consilium.scheduling.matching;

import java.time.Instant;
import java.time.ZoneId;
import org.consilium.platform.http.Sentence;
import org.consilium.scheduling.availability.TimeSlot;

/** What speaks for or against somebody, as a sentence: one for each of {@link SoftRules}. */
final class ScoreWords {
  private ScoreWords() {}

  static Sentence field(Candidacy candidacy) {
    var wanted = candidacy.consult().specialty();
    if (wanted.isEmpty()) {
      return say("field-any", "No specialty was asked for.");
    }
    var sentence =
        switch (candidacy.fit()) {
          case EXACT -> say("field-exact", "Works in {specialty}.");
          case NEAR -> say("field-near", "Works in a field close to {specialty}.");
          case NONE -> say("field-other", "Does not work in {specialty}.");
        };
    return sentence.with(
        "specialty", wanted.get(), candidacy.consult().catalogue().specialtyLabel(wanted.get()));
  }

  static Sentence ageGroup(Candidacy candidacy) {
    var group = candidacy.consult().ageGroup();
    String whom =
        switch (group) {
          case NEONATE -> "newborns";
          case CHILD -> "children";
          case ADOLESCENT -> "adolescents";
          case ADULT -> "adults";
          case OLDER -> "older people";
        };
    var sentence =
        candidacy.treatsTheAgeGroup()
            ? say("age-treated", "Treats {ages}.")
            : say("age-not-treated", "Does not usually treat {ages}.");
    return sentence.with("ages", group.wire(), whom);
  }

  static Sentence clinician(Candidacy candidacy) {
    return inLanguage(
        candidacy.speaksWithTheClinician()
            ? say("clinician-spoken", "Speaks {language} with the clinician.")
            : say("clinician-not-spoken", "Does not speak the clinician's {language}."),
        candidacy,
        candidacy.consult().clinicLanguage());
  }

  static Sentence patient(Candidacy candidacy) {
    Sentence sentence;
    if (candidacy.speaksWithThePatient()) {
      sentence = say("patient-spoken", "Speaks {language} with the patient.");
    } else if (candidacy.anInterpreterIsFree()) {
      sentence = say("interpreter-free", "Needs an interpreter for {language}; one is free then.");
    } else {
      sentence = say("interpreter-needed", "Needs an interpreter for {language}.");
    }
    return inLanguage(sentence, candidacy, candidacy.consult().patientLanguage());
  }

  private static Sentence inLanguage(Sentence sentence, Candidacy candidacy, String code) {
    return sentence.with("language", code, candidacy.consult().catalogue().languageLabel(code));
  }

  static Sentence duty(Candidacy candidacy) {
    var consult = candidacy.consult();
    var helper = candidacy.helper();
    if (candidacy.isPlanned()) {
      return day(
          say("meeting", "They would meet {momentThere} there, {momentHere} at the clinic."),
          candidacy.at().orElseThrow(),
          candidacy);
    }
    if (helper.onCallNow()) {
      return clock(
          say("on-call", "On call now; it is {clockThere} there, {clockHere} at the clinic."),
          consult.now(),
          candidacy);
    }
    return helper
        .nextFree(consult.now())
        .map(slot -> free(slot, candidacy))
        .orElseGet(() -> say("no-free-time", "No free time in the coming days."));
  }

  private static Sentence free(TimeSlot slot, Candidacy candidacy) {
    return slot.holds(candidacy.consult().now())
        ? clock(
            say("on-duty", "On duty now until {clockThere} there, {clockHere} at the clinic."),
            slot.end(),
            candidacy)
        : day(
            say("next-free", "Next free {momentThere} there, {momentHere} at the clinic."),
            slot.start(),
            candidacy);
  }

  private static Sentence clock(Sentence sentence, Instant at, Candidacy candidacy) {
    return sentence
        .with("clockThere", LocalWords.clock(at, candidacy.helper().zone()))
        .with("clockHere", LocalWords.clock(at, candidacy.consult().clinicZone()));
  }

  private static Sentence day(Sentence sentence, Instant at, Candidacy candidacy) {
    ZoneId there = candidacy.helper().zone();
    ZoneId here = candidacy.consult().clinicZone();
    return sentence
        .with("momentThere", LocalWords.moment(at, there), LocalWords.day(at, there))
        .with("momentHere", LocalWords.moment(at, here), LocalWords.day(at, here));
  }

  static Sentence patientsWait(Candidacy candidacy) {
    int hours = Math.max(0, candidacy.hoursWaited());
    var sentence =
        switch (hours) {
          case 0 -> say("wait-short", "The patient would wait less than an hour in all.");
          case 1 -> say("wait", "The patient would wait one hour in all.");
          default -> say("wait", "The patient would wait {count} hours in all.");
        };
    return sentence.with("count", hours);
  }

  static Sentence continuity(Candidacy candidacy) {
    return candidacy.knowsThePatient()
        ? say("patient-known", "Advised on this patient before.")
        : say("patient-new", "Has not met this patient.");
  }

  static Sentence genderWish(Candidacy candidacy) {
    return switch (candidacy.genderWish()) {
      case NONE -> say("no-wish", "The patient has no wish about the gender of who sees them.");
      case MET -> say("wish-met", "Is of the gender that the patient wished for.");
      case NOT_MET, REQUIRED_AND_NOT_MET ->
          say("wish-not-met", "Is not known to be of the gender that the patient wished for.");
    };
  }

  static Sentence localHour(Candidacy candidacy) {
    boolean awake = SoftRules.isAwake(candidacy);
    Sentence sentence;
    if (candidacy.isPlanned()) {
      sentence =
          awake
              ? say("day-then", "It will be {clockThere} there.")
              : say("night-then", "It will be night there: {clockThere}.");
    } else {
      sentence =
          awake
              ? say("day-now", "It is {clockThere} there.")
              : say("night-now", "It is night there: {clockThere}.");
    }
    return sentence.with(
        "clockThere", LocalWords.clock(candidacy.meeting(), candidacy.helper().zone()));
  }

  static Sentence region(Candidacy candidacy) {
    return candidacy.knowsTheRegion()
        ? say("region-known", "Advised clinics of this organisation before.")
        : say("region-new", "Has not advised clinics of this organisation yet.");
  }

  static Sentence answers(Candidacy candidacy) {
    int ended = candidacy.offersEnded();
    return ended == 0
        ? say("not-asked", "Was not asked in the last three months.")
        : say("answered", "Answered {answered} of {asked} offers in the last three months.")
            .with("answered", candidacy.offersAnswered())
            .with("asked", ended);
  }

  static Sentence load(Candidacy candidacy) {
    int open = candidacy.openConsults();
    var sentence =
        switch (open) {
          case 0 -> say("no-open", "Has no open consult.");
          case 1 -> say("open", "Has one open consult.");
          default -> say("open", "Has {count} open consults.");
        };
    return sentence.with("count", open);
  }

  static Sentence weeklyCap(Candidacy candidacy) {
    return say("weekly-cap", "Took {taken} of at most {most} this week.")
        .with("taken", candidacy.takenInWeek())
        .with("most", candidacy.weeklyCap());
  }

  static Sentence fairShare(Candidacy candidacy) {
    int taken = candidacy.takenInWeek();
    var sentence =
        switch (taken) {
          case 0 -> say("first-this-week", "Would take the first consult this week.");
          case 1 -> say("share", "Took one consult this week; others would get their share.");
          default -> say("share", "Took {count} consults this week; others would get their share.");
        };
    return sentence.with("count", taken);
  }

  static Sentence shadowPrice(Candidacy candidacy) {
    return candidacy.shadowPrice() == 0
        ? say("hour-free", "Nobody else is expected to need that hour more.")
        : say(
                "hour-wanted",
                "Others are expected to need that hour: it is worth {points} points to them.")
            .with("points", candidacy.shadowPrice());
  }

  private static Sentence say(String code, String english) {
    return Sentence.of("fit." + code, english);
  }
}
