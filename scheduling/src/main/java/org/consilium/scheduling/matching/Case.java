package org.consilium.scheduling.matching;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.Catalogue;
import org.consilium.scheduling.catalogue.Catalogue.Specialty;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.GenderWish;
import org.consilium.scheduling.volunteer.LicenceRules;
import org.consilium.scheduling.volunteer.Volunteer;

/**
 * What matching must know of a consult: nothing that names the patient.
 *
 * @param genderWish about the specialist, if the patient has one
 * @param nearFields the wider field of the one wanted, and those that it is the wider field of
 * @param reach within which somebody must be free to be asked
 * @param interpreters who could interpret for this patient
 * @param since when the patient began to wait
 * @param licenceRule which licence the mode asks for where the patient is
 */
public record Case(
    AccountId requester,
    Optional<String> specialty,
    AgeGroup ageGroup,
    String patientLanguage,
    String clinicLanguage,
    String patientCountry,
    Optional<GenderWish> genderWish,
    ConsultMode mode,
    Urgency urgency,
    ZoneId clinicZone,
    Catalogue catalogue,
    Set<String> nearFields,
    Duration reach,
    List<Interpreter> interpreters,
    Weights weights,
    Instant since,
    Instant now,
    LicenceRules.Rule licenceRule) {
  /** Somebody who speaks the patient's language, and when they are free. */
  public record Interpreter(Volunteer volunteer, List<TimeSlot> free) {
    /** Whether they share a language with this specialist and are free at that moment. */
    boolean bridges(Volunteer specialist, Instant at) {
      return free.stream().anyMatch(slot -> slot.holds(at))
          && specialist.languages().stream()
              .anyMatch(spoken -> spoken.carriesAConsult() && volunteer.speaks(spoken.language()));
    }
  }

  /** The same question, had it been asked at another moment. */
  public Case askedAt(Instant moment) {
    return new Case(
        requester,
        specialty,
        ageGroup,
        patientLanguage,
        clinicLanguage,
        patientCountry,
        genderWish,
        mode,
        urgency,
        clinicZone,
        catalogue,
        nearFields,
        reach,
        interpreters,
        weights,
        moment,
        moment,
        licenceRule);
  }

  /** The fields close to one, either way. */
  public static Set<String> nearFields(Catalogue catalogue, Optional<String> wanted) {
    if (wanted.isEmpty()) {
      return Set.of();
    }
    var near =
        catalogue.specialties().stream()
            .filter(field -> field.parent().equals(wanted))
            .map(Specialty::code)
            .collect(Collectors.toSet());
    catalogue.specialty(wanted.get()).flatMap(Specialty::parent).ifPresent(near::add);
    return near;
  }
}
