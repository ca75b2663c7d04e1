package org.consilium.scheduling.matching;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.consilium.scheduling.catalogue.Catalogue.Specialty;
import org.consilium.scheduling.volunteer.Volunteer.Field;

/** What speaks for somebody: each rule answers with its points and a sentence, also for none. */
final class SoftRules {
  private static final LocalTime MORNING = LocalTime.of(7, 0);
  private static final LocalTime NIGHT = LocalTime.of(22, 0);
  private static final int ROOM_COUNTED_MAX = 5;

  @FunctionalInterface
  interface Rule {
    Term score(Case consult, Helper helper);
  }

  /** In the order in which a coordinator reads them. */
  static final List<Rule> ALL =
      List.of(
          SoftRules::field,
          SoftRules::ageGroup,
          SoftRules::languageWithTheClinician,
          SoftRules::languageWithThePatient,
          SoftRules::dutyNowOrSoon,
          SoftRules::continuity,
          SoftRules::wakingHours,
          SoftRules::load,
          SoftRules::roomUnderTheCap);

  private SoftRules() {}

  /** Of the field wanted, else of its wider field or of one that it is the wider field of. */
  static Term field(Case consult, Helper helper) {
    if (consult.specialty().isEmpty()) {
      return new Term("field", "No specialty was asked for.", 0);
    }
    String wanted = consult.specialty().get();
    String label = consult.catalogue().specialtyLabel(wanted);
    return switch (fit(consult, helper)) {
      case EXACT -> new Term("field", "Works in " + label + ".", consult.weights().field());
      case PARENT ->
          new Term(
              "field", "Works in a field close to " + label + ".", consult.weights().parentField());
      case NONE -> new Term("field", "Does not work in " + label + ".", 0);
    };
  }

  enum Fit {
    EXACT,
    PARENT,
    NONE
  }

  static Fit fit(Case consult, Helper helper) {
    if (consult.specialty().isEmpty()) {
      return Fit.EXACT;
    }
    String wanted = consult.specialty().get();
    if (practises(helper, wanted)) {
      return Fit.EXACT;
    }
    boolean wider = parent(consult, wanted).filter(p -> practises(helper, p)).isPresent();
    boolean narrower =
        helper.volunteer().fields().stream()
            .anyMatch(f -> parent(consult, f.specialty()).filter(wanted::equals).isPresent());
    return wider || narrower ? Fit.PARENT : Fit.NONE;
  }

  private static boolean practises(Helper helper, String specialty) {
    return helper.volunteer().fields().stream().anyMatch(f -> f.specialty().equals(specialty));
  }

  private static Optional<String> parent(Case consult, String specialty) {
    return consult.catalogue().specialty(specialty).flatMap(Specialty::parent);
  }

  static Term ageGroup(Case consult, Helper helper) {
    var group = consult.ageGroup();
    List<Field> fields = helper.volunteer().fields();
    boolean treats = fields.stream().anyMatch(f -> f.ageGroups().contains(group));
    String whom =
        switch (group) {
          case NEONATE -> "newborns";
          case CHILD -> "children";
          case ADOLESCENT -> "adolescents";
          case ADULT -> "adults";
          case OLDER -> "older people";
        };
    return treats
        ? new Term("age-group", "Treats " + whom + ".", consult.weights().ageGroup())
        : new Term("age-group", "Does not usually treat " + whom + ".", 0);
  }

  static Term languageWithTheClinician(Case consult, Helper helper) {
    String label = consult.catalogue().languageLabel(consult.clinicLanguage());
    return helper.volunteer().speaks(consult.clinicLanguage())
        ? new Term(
            "clinician-language",
            "Speaks " + label + " with the clinician.",
            consult.weights().clinicianLanguage())
        : new Term("clinician-language", "Does not speak the clinician's " + label + ".", 0);
  }

  static Term languageWithThePatient(Case consult, Helper helper) {
    String label = consult.catalogue().languageLabel(consult.patientLanguage());
    return helper.volunteer().speaks(consult.patientLanguage())
        ? new Term(
            "patient-language",
            "Speaks " + label + " with the patient.",
            consult.weights().patientLanguage())
        : new Term("patient-language", "Needs an interpreter for " + label + ".", 0);
  }

  static Term dutyNowOrSoon(Case consult, Helper helper) {
    var now = consult.now();
    var weights = consult.weights();
    if (helper.onCallNow()) {
      return new Term(
          "on-duty",
          "On call now; it is %s there, %s at the clinic."
              .formatted(
                  LocalWords.clock(now, helper.zone()),
                  LocalWords.clock(now, consult.clinicZone())),
          weights.onDuty());
    }
    var next = helper.nextFree(now);
    if (next.isEmpty()) {
      return new Term("on-duty", "No free time in the coming days.", 0);
    }
    var slot = next.get();
    if (slot.holds(now)) {
      return new Term(
          "on-duty",
          "On duty now until %s there, %s at the clinic."
              .formatted(
                  LocalWords.clock(slot.end(), helper.zone()),
                  LocalWords.clock(slot.end(), consult.clinicZone())),
          weights.onDuty());
    }
    int hours = Math.toIntExact(Duration.between(now, slot.start()).toHours()) + 1;
    return new Term(
        "on-duty",
        "Next free %s there, %s at the clinic."
            .formatted(
                LocalWords.day(slot.start(), helper.zone()),
                LocalWords.day(slot.start(), consult.clinicZone())),
        Math.max(0, weights.onDuty() - hours * weights.soonPerHour()));
  }

  static Term continuity(Case consult, Helper helper) {
    return helper.knowsPatient()
        ? new Term("continuity", "Advised on this patient before.", consult.weights().continuity())
        : new Term("continuity", "Has not met this patient.", 0);
  }

  static Term wakingHours(Case consult, Helper helper) {
    LocalTime there = helper.localTime(consult.now());
    String clock = LocalWords.clock(consult.now(), helper.zone());
    boolean awake = !there.isBefore(MORNING) && there.isBefore(NIGHT);
    return awake
        ? new Term("local-hour", "It is " + clock + " there.", consult.weights().wakingHour())
        : new Term("local-hour", "It is night there: " + clock + ".", 0);
  }

  static Term load(Case consult, Helper helper) {
    int open = helper.openConsults();
    String sentence =
        switch (open) {
          case 0 -> "Has no open consult.";
          case 1 -> "Has one open consult.";
          default -> "Has " + open + " open consults.";
        };
    return new Term("load", sentence, -open * consult.weights().openConsult());
  }

  static Term roomUnderTheCap(Case consult, Helper helper) {
    int cap = helper.volunteer().weeklyCap();
    int room = Math.max(0, cap - helper.acceptedThisWeek());
    return new Term(
        "weekly-cap",
        "Took %d of at most %d this week.".formatted(helper.acceptedThisWeek(), cap),
        Math.min(room, ROOM_COUNTED_MAX) * consult.weights().roomInWeek());
  }
}
