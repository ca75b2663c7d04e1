package org.consilium.scheduling.booking;

import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.volunteer.Volunteer;

/** Who understands whom in a call, and who can stand between them. Pure. */
final class LanguageBridge {
  /** What a call needs. Every language is a BCP 47 tag. */
  sealed interface Need {
    /** Both sides of the call speak it well enough to talk medicine. */
    record Shared(String language) implements Need {}

    /** The clinic and the specialist understand each other; the patient is there and does not. */
    record ForThePatient(String language) implements Need {}

    /** Without somebody in between they do not understand each other. */
    record Needed(String language) implements Need {}
  }

  private LanguageBridge() {}

  static Need need(
      Volunteer specialist, ConsultMode mode, String clinicLanguage, String patientLanguage) {
    return switch (mode) {
      case DIRECT_TO_PATIENT ->
          specialist.speaks(patientLanguage)
              ? new Need.Shared(patientLanguage)
              : new Need.Needed(patientLanguage);
      case PATIENT_PRESENT -> {
        if (specialist.speaks(patientLanguage)) {
          yield new Need.Shared(patientLanguage);
        }
        yield specialist.speaks(clinicLanguage)
            ? new Need.ForThePatient(patientLanguage)
            : new Need.Needed(clinicLanguage);
      }
      case CLINICIAN_ADVICE ->
          specialist.speaks(clinicLanguage)
              ? new Need.Shared(clinicLanguage)
              : new Need.Needed(clinicLanguage);
    };
  }

  static Need need(Volunteer specialist, Consult consult) {
    var request = consult.request();
    return need(specialist, consult.mode(), request.clinicLanguage(), request.patientLanguage());
  }

  /** Whether this interpreter carries {@code language} to the specialist and back. */
  static boolean bridges(Volunteer interpreter, Volunteer specialist, String language) {
    return interpreter.speaks(language)
        && specialist.languages().stream()
            .filter(spoken -> spoken.carriesAConsult())
            .anyMatch(spoken -> interpreter.speaks(spoken.language()));
  }

  /** Whether they are of use in this very consult: for what is needed, or else for the patient. */
  static boolean helps(Volunteer interpreter, Volunteer specialist, Consult consult) {
    var request = consult.request();
    return switch (need(specialist, consult)) {
      case Need.Needed(var language) -> bridges(interpreter, specialist, language);
      case Need.ForThePatient(var language) -> bridges(interpreter, specialist, language);
      case Need.Shared _ ->
          bridges(interpreter, specialist, request.patientLanguage())
              || bridges(interpreter, specialist, request.clinicLanguage());
    };
  }
}
