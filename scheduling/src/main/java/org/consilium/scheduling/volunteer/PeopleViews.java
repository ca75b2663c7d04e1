package org.consilium.scheduling.volunteer;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.volunteer.StandingStore.Credential;
import org.consilium.scheduling.volunteer.StandingStore.Standing;

/** Volunteers as they and their network see them; the contract's {@code VolunteerProfile}. */
final class PeopleViews {
  record Profile(
      AccountId id,
      String name,
      VolunteerKind kind,
      String country,
      ZoneId zone,
      VolunteerStatus status,
      Optional<String> statusReason,
      Optional<Instant> statusSince,
      Optional<Instant> backAt,
      int version,
      int weeklyCap,
      boolean redCalls,
      int restHours,
      Optional<Quiet> quietHours,
      Optional<Gender> gender,
      List<Channel> channels,
      List<Language> languages,
      List<FieldView> specialties,
      List<CredentialView> credentials) {}

  record Quiet(String from, String until) {}

  record Language(
      String code, LanguageLevel level, Optional<Boolean> writes, boolean needsInterpreter) {}

  record FieldView(String code, String label, List<AgeGroup> ageGroups) {}

  record CredentialView(
      UUID id,
      String country,
      String number,
      Optional<LocalDate> validFrom,
      Optional<LocalDate> validUntil,
      LicenceState state,
      Optional<Integer> daysLeft,
      Optional<PersonRef> decidedBy,
      Optional<Instant> decidedAt,
      Optional<String> reason) {}

  private final Platform platform;
  private final VolunteerStore volunteers;
  private final StandingStore standings;
  private final CatalogueStore catalogue;

  PeopleViews(
      Platform platform,
      VolunteerStore volunteers,
      StandingStore standings,
      CatalogueStore catalogue) {
    this.platform = platform;
    this.volunteers = volunteers;
    this.standings = standings;
    this.catalogue = catalogue;
  }

  /** Everything: for themselves alone. */
  Optional<Profile> own(Tx tx) {
    return standings
        .find(tx, tx.caller().account())
        .map(standing -> of(tx, List.of(standing), true).getFirst());
  }

  /** What the network needs to decide: nothing of gender or quiet hours. */
  List<Profile> ofNetwork(Tx tx) {
    return of(tx, standings.ofNetwork(tx, tx.caller().organisation()), false);
  }

  Profile forNetwork(Tx tx, AccountId account) {
    var standing = standings.find(tx, account).orElseThrow(VolunteerService::notFound);
    return of(tx, List.of(standing), false).getFirst();
  }

  private List<Profile> of(Tx tx, List<Standing> whose, boolean own) {
    var ids = whose.stream().map(Standing::account).toList();
    var credentials = standings.credentials(tx, ids);
    var people = people(tx, ids, credentials);
    var byOwner = credentials.stream().collect(Collectors.groupingBy(Credential::account));
    var words = catalogue.newest(tx);
    var found = volunteers.some(tx, ids);
    return whose.stream()
        .map(standing -> {
          var v = found.get(standing.account());
          var person = people.get(standing.account());
          return new Profile(
              v.account(),
              person.name(),
              v.kind(),
              v.country(),
              person.zone(),
              v.status(),
              standing.reason(),
              standing.since(),
              standing.backAt(),
              standing.version(),
              v.weeklyCap(),
              v.redCalls(),
              (int) v.wishes().rest().toHours(),
              v.wishes().quiet().filter(_ -> own).map(PeopleViews::quiet),
              v.wishes().gender().filter(_ -> own),
              v.wishes().channels(),
              v.languages().stream()
                  .map(l -> new Language(l.language(), l.level(), l.writes(), l.needsInterpreter()))
                  .toList(),
              v.fields().stream()
                  .map(f ->
                      new FieldView(
                          f.specialty(), words.specialtyLabel(f.specialty()), f.ageGroups()))
                  .toList(),
              byOwner.getOrDefault(v.account(), List.of()).stream()
                  .map(c -> view(tx, c, people))
                  .toList());
        })
        .sorted(Comparator.comparing(Profile::name))
        .toList();
  }

  private Map<AccountId, Person> people(
      Tx tx, Collection<AccountId> volunteers, List<Credential> credentials) {
    var ids = new HashSet<>(volunteers);
    credentials.forEach(c -> c.by().ifPresent(ids::add));
    return platform.directory().people(tx, ids);
  }

  private static Quiet quiet(Wishes.Quiet hours) {
    return new Quiet(hours.from().toString(), hours.until().toString());
  }

  private static CredentialView view(Tx tx, Credential c, Map<AccountId, Person> people) {
    var licence = c.licence();
    var today = VolunteerService.today(tx);
    var state = licence.stateOn(today);
    return new CredentialView(
        c.id(),
        licence.country(),
        licence.number(),
        licence.validFrom(),
        licence.validUntil(),
        state,
        licence
            .validUntil()
            .filter(_ -> state == LicenceState.EXPIRING)
            .map(last -> (int) ChronoUnit.DAYS.between(today, last)),
        c.by().map(by -> new PersonRef(by, people.get(by).name())),
        c.at(),
        c.reason());
  }

  static Wishes wishes(int restHours, Quiet quiet, Gender gender, List<Channel> channels) {
    return new Wishes(
        Duration.ofHours(restHours),
        Optional.ofNullable(quiet)
            .map(q -> new Wishes.Quiet(LocalTime.parse(q.from()), LocalTime.parse(q.until()))),
        Optional.ofNullable(gender),
        channels == null || channels.isEmpty() ? Wishes.NONE.channels() : List.copyOf(channels));
  }
}
