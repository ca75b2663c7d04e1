package org.consilium.scheduling.matching;

import org.consilium.scheduling.availability.TimeSlot;

/** What speaks for or against somebody, as a sentence: one for each of {@link SoftRules}. */
final class ScoreWords {
  private ScoreWords() {}

  static String field(Candidacy candidacy) {
    var wanted = candidacy.consult().specialty();
    if (wanted.isEmpty()) {
      return "No specialty was asked for.";
    }
    String label = candidacy.consult().catalogue().specialtyLabel(wanted.get());
    return switch (candidacy.fit()) {
      case EXACT -> "Works in " + label + ".";
      case NEAR -> "Works in a field close to " + label + ".";
      case NONE -> "Does not work in " + label + ".";
    };
  }

  static String ageGroup(Candidacy candidacy) {
    String whom =
        switch (candidacy.consult().ageGroup()) {
          case NEONATE -> "newborns";
          case CHILD -> "children";
          case ADOLESCENT -> "adolescents";
          case ADULT -> "adults";
          case OLDER -> "older people";
        };
    return (candidacy.treatsTheAgeGroup() ? "Treats " : "Does not usually treat ") + whom + ".";
  }

  static String clinician(Candidacy candidacy) {
    String label = language(candidacy, candidacy.consult().clinicLanguage());
    return candidacy.speaksWithTheClinician()
        ? "Speaks " + label + " with the clinician."
        : "Does not speak the clinician's " + label + ".";
  }

  static String patient(Candidacy candidacy) {
    String label = language(candidacy, candidacy.consult().patientLanguage());
    if (candidacy.speaksWithThePatient()) {
      return "Speaks " + label + " with the patient.";
    }
    return candidacy.anInterpreterIsFree()
        ? "Needs an interpreter for " + label + "; one is free then."
        : "Needs an interpreter for " + label + ".";
  }

  private static String language(Candidacy candidacy, String code) {
    return candidacy.consult().catalogue().languageLabel(code);
  }

  static String duty(Candidacy candidacy) {
    var consult = candidacy.consult();
    var helper = candidacy.helper();
    if (candidacy.isPlanned()) {
      return "They would meet %s there, %s at the clinic."
          .formatted(
              LocalWords.day(candidacy.at().orElseThrow(), helper.zone()),
              LocalWords.day(candidacy.at().orElseThrow(), consult.clinicZone()));
    }
    if (helper.onCallNow()) {
      return "On call now; it is %s there, %s at the clinic."
          .formatted(
              LocalWords.clock(consult.now(), helper.zone()),
              LocalWords.clock(consult.now(), consult.clinicZone()));
    }
    var next = helper.nextFree(consult.now());
    return next.map(slot -> free(slot, candidacy)).orElse("No free time in the coming days.");
  }

  private static String free(TimeSlot slot, Candidacy candidacy) {
    var consult = candidacy.consult();
    var zone = candidacy.helper().zone();
    return slot.holds(consult.now())
        ? "On duty now until %s there, %s at the clinic."
            .formatted(
                LocalWords.clock(slot.end(), zone),
                LocalWords.clock(slot.end(), consult.clinicZone()))
        : "Next free %s there, %s at the clinic."
            .formatted(
                LocalWords.day(slot.start(), zone),
                LocalWords.day(slot.start(), consult.clinicZone()));
  }

  static String patientsWait(Candidacy candidacy) {
    int hours = Math.max(0, candidacy.hoursWaited());
    return switch (hours) {
      case 0 -> "The patient would wait less than an hour in all.";
      case 1 -> "The patient would wait one hour in all.";
      default -> "The patient would wait " + hours + " hours in all.";
    };
  }

  static String continuity(Candidacy candidacy) {
    return candidacy.knowsThePatient()
        ? "Advised on this patient before."
        : "Has not met this patient.";
  }

  static String genderWish(Candidacy candidacy) {
    return switch (candidacy.genderWish()) {
      case NONE -> "The patient has no wish about the gender of who sees them.";
      case MET -> "Is of the gender that the patient wished for.";
      case NOT_MET, REQUIRED_AND_NOT_MET ->
          "Is not known to be of the gender that the patient wished for.";
    };
  }

  static String localHour(Candidacy candidacy) {
    String clock = LocalWords.clock(candidacy.meeting(), candidacy.helper().zone());
    if (candidacy.isPlanned()) {
      return SoftRules.isAwake(candidacy)
          ? "It will be " + clock + " there."
          : "It will be night there: " + clock + ".";
    }
    return SoftRules.isAwake(candidacy)
        ? "It is " + clock + " there."
        : "It is night there: " + clock + ".";
  }

  static String region(Candidacy candidacy) {
    return candidacy.knowsTheRegion()
        ? "Advised clinics of this organisation before."
        : "Has not advised clinics of this organisation yet.";
  }

  static String answers(Candidacy candidacy) {
    int ended = candidacy.offersEnded();
    return ended == 0
        ? "Was not asked in the last three months."
        : "Answered %d of %d offers in the last three months."
            .formatted(candidacy.offersAnswered(), ended);
  }

  static String load(Candidacy candidacy) {
    int open = candidacy.openConsults();
    return switch (open) {
      case 0 -> "Has no open consult.";
      case 1 -> "Has one open consult.";
      default -> "Has " + open + " open consults.";
    };
  }

  static String weeklyCap(Candidacy candidacy) {
    return "Took %d of at most %d this week."
        .formatted(candidacy.takenInWeek(), candidacy.weeklyCap());
  }

  static String fairShare(Candidacy candidacy) {
    int taken = candidacy.takenInWeek();
    return switch (taken) {
      case 0 -> "Would take the first consult this week.";
      case 1 -> "Took one consult this week; others would get their share.";
      default -> "Took " + taken + " consults this week; others would get their share.";
    };
  }

  static String shadowPrice(Candidacy candidacy) {
    return candidacy.shadowPrice() == 0
        ? "Nobody else is expected to need that hour more."
        : "Others are expected to need that hour: it is worth %d points to them."
            .formatted(candidacy.shadowPrice());
  }
}
