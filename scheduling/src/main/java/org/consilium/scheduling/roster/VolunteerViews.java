package org.consilium.scheduling.roster;

import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.Organisation;
import org.consilium.platform.identity.Person;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.Catalogue;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.roster.DutyBoard.Duty;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;

/** Volunteers as the contract shows them. */
final class VolunteerViews {
  record View(
      AccountId id,
      String name,
      VolunteerKind kind,
      String organisation,
      String country,
      ZoneId zone,
      VolunteerStatus status,
      List<Field> specialties,
      List<Language> languages,
      boolean onDutyNow,
      boolean onCallNow,
      Optional<TimeSlot> nextFree,
      int weeklyCap) {}

  record Field(String code, String label, List<AgeGroup> ageGroups) {}

  record Language(String code, LanguageLevel level) {}

  private final Platform platform;
  private final CatalogueStore catalogue;

  VolunteerViews(Platform platform, CatalogueStore catalogue) {
    this.platform = platform;
    this.catalogue = catalogue;
  }

  /** In the order of their names. */
  List<View> of(Tx tx, Collection<Volunteer> volunteers, Map<UUID, Duty> duties) {
    if (volunteers.isEmpty()) {
      return List.of();
    }
    var ids = volunteers.stream().map(Volunteer::account).toList();
    var organisations =
        volunteers.stream().map(Volunteer::organisation).collect(Collectors.toSet());
    var people = platform.directory().people(tx, ids);
    var owners = platform.directory().organisations(tx, organisations);
    var words = catalogue.newest(tx);
    return volunteers.stream()
        .map(v -> view(tx, v, people, owners, words, duties.get(v.account().value())))
        .sorted(Comparator.comparing(View::name))
        .toList();
  }

  private static View view(
      Tx tx,
      Volunteer v,
      Map<AccountId, Person> people,
      Map<OrganisationId, Organisation> owners,
      Catalogue words,
      Duty duty) {
    var person = people.get(v.account());
    boolean onCall = duty.onCallAt(tx.now());
    return new View(
        v.account(),
        person.name(),
        v.kind(),
        owners.get(v.organisation()).name(),
        v.country(),
        duty.zone(tx.now(), person.zone()),
        v.status(),
        v.fields().stream()
            .map(f -> new Field(f.specialty(), words.specialtyLabel(f.specialty()), f.ageGroups()))
            .toList(),
        v.languages().stream().map(l -> new Language(l.language(), l.level())).toList(),
        onCall || duty.freeAt(tx.now()),
        onCall,
        duty.nextFree(tx.now()),
        v.weeklyCap());
  }
}
