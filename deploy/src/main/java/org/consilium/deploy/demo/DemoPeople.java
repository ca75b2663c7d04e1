package org.consilium.deploy.demo;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.consilium.deploy.Server;
import org.consilium.platform.crypto.PasswordHash;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.MembershipId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Accounts.NewAccount;
import org.consilium.platform.identity.Organisation;
import org.consilium.platform.identity.Role;
import org.consilium.platform.identity.Site;
import org.consilium.scheduling.availability.HoursJson;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.volunteer.LanguageLevel;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;

/** The organisations, sites and people of {@code demo/people.json}, and their ids once entered. */
final class DemoPeople {
  /** The file. */
  record Cast(List<Network> organisations, List<Person> people) {}

  record Network(String key, String name, String kind, ZoneId zone, List<Place> sites) {}

  record Place(
      String key,
      String name,
      ZoneId zone,
      String country,
      String emergencyContact,
      HoursJson hours) {}

  /**
   * @param invitation what to try as this person; printed at start
   */
  record Person(
      String email,
      String name,
      ZoneId zone,
      String language,
      String registration,
      String country,
      List<Part> parts,
      Optional<Gift> gift,
      Optional<String> invitation) {}

  /** A role in an organisation, at a site or in all of it. */
  record Part(String organisation, Role role, String site) {}

  /** What a volunteer gives. */
  record Gift(
      int weeklyCap,
      boolean redCalls,
      Map<String, LanguageLevel> languages,
      Map<String, List<AgeGroup>> fields,
      List<Volunteer.Licence> licences,
      HoursJson hours) {}

  private final Cast cast;
  private final Map<String, OrganisationId> organisations = new HashMap<>();
  private final Map<String, SiteId> sites = new HashMap<>();
  private final Map<String, AccountId> accounts = new HashMap<>();
  private final Map<String, MembershipId> memberships = new HashMap<>();
  private final Map<String, Person> people = new HashMap<>();

  DemoPeople(LocalDate today) {
    cast = DemoFiles.read("people.json", Cast.class, today);
    cast.people().forEach(person -> people.put(person.email(), person));
  }

  Cast cast() {
    return cast;
  }

  /** In one transaction: everybody, or nobody. */
  void enter(Server server, String password) {
    // Slow by design, and the same for all: once.
    var hash = PasswordHash.of(password);
    server
        .platform()
        .database()
        .asWorker(tx -> {
          cast.organisations().forEach(network -> enter(tx, server, network));
          cast.people().forEach(person -> enter(tx, server, person, hash));
          return accounts;
        });
  }

  private void enter(Tx tx, Server server, Network network) {
    var id = OrganisationId.random();
    organisations.put(network.key(), id);
    server
        .platform()
        .accounts()
        .organisation(tx, new Organisation(id, network.name(), network.zone(), network.kind()));
    for (var place : network.sites()) {
      var site = SiteId.random();
      sites.put(place.key(), site);
      server
          .platform()
          .accounts()
          .site(
              tx,
              new Site(
                  site, id, place.name(), place.zone(), place.country(), place.emergencyContact()));
      server.scheduling().roster().save(tx, site, place.hours().read("/hours"));
    }
  }

  private void enter(Tx tx, Server server, Person person, String hash) {
    var id = AccountId.random();
    accounts.put(person.email(), id);
    var account =
        new NewAccount(
            id,
            person.name(),
            person.email(),
            person.zone(),
            person.language(),
            null,
            person.registration(),
            person.country());
    server.platform().accounts().account(tx, account, hash);
    // A domain that never exists (RFC 2606): mail to these people reaches nobody.
    server.platform().mailAddresses().enter(tx, id, person.email() + ".example");
    for (var part : person.parts()) {
      var site = Optional.ofNullable(part.site()).map(sites::get);
      var organisation = organisations.get(part.organisation());
      memberships.put(
          key(person.email(), part.organisation()),
          server.platform().accounts().membership(tx, id, organisation, part.role(), site));
    }
    person
        .gift()
        .ifPresent(gift -> {
          server.scheduling().volunteers().register(tx, volunteer(id, person, gift));
          server.scheduling().roster().save(tx, id, gift.hours().read("/hours"));
        });
  }

  private Volunteer volunteer(AccountId id, Person person, Gift gift) {
    var part = person.parts().getFirst();
    return new Volunteer(
        id,
        organisations.get(part.organisation()),
        part.role() == Role.INTERPRETER ? VolunteerKind.INTERPRETER : VolunteerKind.SPECIALIST,
        person.country(),
        VolunteerStatus.ACTIVE,
        gift.weeklyCap(),
        gift.redCalls(),
        gift.languages().entrySet().stream()
            .map(spoken -> new Volunteer.Spoken(spoken.getKey(), spoken.getValue()))
            .toList(),
        gift.fields().entrySet().stream()
            .map(field -> new Volunteer.Field(field.getKey(), field.getValue()))
            .toList(),
        gift.licences());
  }

  /** Nobody here has two roles in one organisation. */
  private static String key(String email, String organisation) {
    return email + " " + organisation;
  }

  MembershipId membership(String email, String organisation) {
    return memberships.get(key(email, organisation));
  }

  AccountId account(String email) {
    return accounts.get(email);
  }

  String email(AccountId account) {
    return accounts.entrySet().stream()
        .filter(entry -> entry.getValue().equals(account))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  SiteId site(String key) {
    return sites.get(key);
  }

  /** Whose clock a person lives by. */
  ZoneId zone(String email) {
    return people.get(email).zone();
  }

  /** Where somebody works first. */
  String home(String email) {
    return people.get(email).parts().getFirst().organisation();
  }

  /** Who coordinates for an organisation. */
  String coordinator(String organisation) {
    return cast.people().stream()
        .filter(person ->
            person.parts().stream()
                .anyMatch(part ->
                    part.role() == Role.SCHEDULER && part.organisation().equals(organisation)))
        .map(Person::email)
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no scheduler at " + organisation));
  }

  /** Everybody whom it is worth to sign in as, in a table for the console. */
  String table() {
    var names = new HashMap<String, String>();
    cast.organisations().forEach(network -> names.put(network.key(), network.name()));
    var table = new StringBuilder();
    for (var person : cast.people()) {
      person
          .invitation()
          .ifPresent(invitation -> {
            var part = person.parts().getFirst();
            table.append(
                "  %-18s %-14s %-26s %s%n"
                    .formatted(
                        person.email(),
                        part.role().wire(),
                        names.get(part.organisation()),
                        invitation));
          });
    }
    return table.toString();
  }
}
