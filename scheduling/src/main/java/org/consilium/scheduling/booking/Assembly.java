package org.consilium.scheduling.booking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.Role;
import org.consilium.platform.identity.Site;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.TimeSlots;
import org.consilium.scheduling.booking.LanguageBridge.Need;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.roster.DutyBoard;
import org.consilium.scheduling.roster.HoursStore;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Gathers whom and what an appointment needs, and when each of them can be had. */
final class Assembly {
  private final Platform platform;
  private final VolunteerStore volunteers;
  private final HoursStore hours;
  private final DutyBoard duties;
  private final SiteResourceStore things;
  private final StandByStore standBy;

  Assembly(
      Platform platform,
      VolunteerStore volunteers,
      HoursStore hours,
      DutyBoard duties,
      SiteResourceStore things,
      StandByStore standBy) {
    this.platform = platform;
    this.volunteers = volunteers;
    this.hours = hours;
    this.duties = duties;
    this.things = things;
    this.standBy = standBy;
  }

  /** Everybody and everything; what cannot be had at all is refused at its field. */
  List<Resource> of(Tx tx, Consult consult, Needs needs, TimeSlot window) {
    mustUnderstand(tx, consult, needs, specialist(consult));
    var people = gathered(tx, consult, needs, window);
    people.stream()
        .filter(one -> one.gone() != null)
        .findFirst()
        .ifPresent(one -> {
          throw Refusal.invalid(one.gone(), "There is no such person or thing at this clinic.");
        });
    return people.stream().map(Gathered::resource).toList();
  }

  /** The same for what is booked already; who or what is gone can be had at no time. */
  List<Resource> asBooked(Tx tx, Consult consult, Appointment booked, TimeSlot window) {
    return gathered(tx, consult, Needs.of(booked), window).stream()
        .map(Gathered::resource)
        .toList();
  }

  /**
   * @param gone the field that names what is not there any more; null when it is there
   */
  private record Gathered(Resource resource, String gone) {
    static Gathered here(Resource resource) {
      return new Gathered(resource, null);
    }
  }

  private List<Gathered> gathered(Tx tx, Consult consult, Needs needs, TimeSlot window) {
    var specialist = specialist(consult);
    var site = platform.directory().site(tx, consult.request().site());
    var people = new ArrayList<Gathered>();
    people.add(Gathered.here(person(tx, specialist, ResourceRole.SPECIALIST, window)));
    var clinic = clinic(tx, site, window);
    people.add(Gathered.here(clinic));
    needs
        .interpreter()
        .map(who -> person(tx, who, ResourceRole.INTERPRETER, window))
        .ifPresent(one -> people.add(Gathered.here(one)));
    needs.navigator().ifPresent(who -> people.add(navigator(tx, consult, who, clinic, window)));
    for (UUID device : needs.devices()) {
      people.add(thing(tx, site, device, clinic, window));
    }
    return people;
  }

  /** The same, for one who waits: the specialist's stand-by hours count as well. */
  List<Resource> withStandBy(Tx tx, Consult consult, Needs needs, TimeSlot window) {
    return of(tx, consult, needs, window).stream()
        .map(one -> one.role() == ResourceRole.SPECIALIST ? withStandBy(tx, one, window) : one)
        .toList();
  }

  private Resource withStandBy(Tx tx, Resource one, TimeSlot window) {
    var all = new ArrayList<>(one.available());
    all.addAll(standBy.in(tx, new AccountId(one.id()), window));
    return new Resource(
        one.id(), one.role(), one.name(), one.zone(), TimeSlots.union(all), one.booked());
  }

  /** Who could be with the patient: the clinicians of the site. */
  List<Person> navigators(Tx tx, Consult consult) {
    return platform
        .directory()
        .staff(tx, consult.organisation(), Role.CLINICIAN, consult.request().site());
  }

  /** Rooms and devices of the consult's site that are in use. */
  List<SiteResource> things(Tx tx, Consult consult) {
    return things.ofSite(tx, consult.request().site()).stream()
        .filter(thing -> !thing.retired())
        .toList();
  }

  Optional<Volunteer> volunteer(Tx tx, AccountId account) {
    return volunteers.find(tx, account);
  }

  Optional<Volunteer> volunteerOf(Tx tx, UUID resource) {
    return volunteers.find(tx, new AccountId(resource));
  }

  static boolean isActive(Volunteer volunteer) {
    return volunteer.status() == VolunteerStatus.ACTIVE;
  }

  /** Active interpreters who are of use between these two; by name of account. */
  List<Volunteer> interpreters(Tx tx, Consult consult) {
    var asked = volunteers.find(tx, specialist(consult));
    return asked
        .map(specialist ->
            volunteers.all(tx).stream()
                .filter(Assembly::canInterpret)
                .filter(one -> !one.account().equals(specialist.account()))
                .filter(one -> LanguageBridge.helps(one, specialist, consult))
                .toList())
        .orElse(List.of());
  }

  Optional<Need> need(Tx tx, Consult consult) {
    return volunteers
        .find(tx, specialist(consult))
        .map(specialist -> LanguageBridge.need(specialist, consult));
  }

  static AccountId specialist(Consult consult) {
    return consult
        .specialist()
        .orElseThrow(
            () -> new Refusal(409, "no-specialist", "Nobody has accepted this consult yet."));
  }

  private static boolean canInterpret(Volunteer one) {
    return one.kind() == VolunteerKind.INTERPRETER && isActive(one);
  }

  private void mustUnderstand(Tx tx, Consult consult, Needs needs, AccountId who) {
    var specialist = volunteers.find(tx, who);
    if (specialist.isEmpty()) {
      return;
    }
    needs
        .interpreter()
        .ifPresent(chosen -> {
          boolean helps =
              volunteers
                  .find(tx, chosen)
                  .filter(one -> !chosen.equals(who))
                  .filter(Assembly::canInterpret)
                  .filter(one -> LanguageBridge.helps(one, specialist.get(), consult))
                  .isPresent();
          if (!helps) {
            throw Refusal.invalid(
                "/interpreterId",
                "There is no such interpreter for the languages of this consult.");
          }
        });
    if (needs.interpreter().isEmpty()
        && !needs.withoutInterpreter()
        && LanguageBridge.need(specialist.get(), consult) instanceof Need.Needed(var language)) {
      throw new Refusal(
              409,
              "interpreter-needed",
              "They do not share a language. Choose an interpreter, or say that you get along"
                  + " without one.")
          .with("language", language);
    }
  }

  private Resource person(Tx tx, AccountId account, ResourceRole role, TimeSlot window) {
    var person = platform.directory().person(tx, account);
    var duty = duties.of(tx, List.of(account.value()), window).get(account.value());
    boolean there = volunteers.find(tx, account).map(Assembly::isActive).orElse(true);
    return new Resource(
        account.value(),
        role,
        person.name(),
        duty.zone(window.start(), person.zone()),
        there ? duty.available() : List.of(),
        duty.booked());
  }

  /** A site that gave no opening hours is open round the clock. */
  private Resource clinic(Tx tx, Site site, TimeSlot window) {
    var id = site.id().value();
    return new Resource(
        id,
        ResourceRole.CLINIC,
        site.name(),
        site.zone(),
        open(tx, id, window),
        taken(tx, id, window));
  }

  private Gathered navigator(
      Tx tx, Consult consult, AccountId who, Resource clinic, TimeSlot window) {
    var here = navigators(tx, consult).stream().filter(one -> one.id().equals(who)).findFirst();
    var resource =
        new Resource(
            who.value(),
            ResourceRole.NAVIGATOR,
            here.map(Person::name).orElse(""),
            clinic.zone(),
            here.isPresent() ? clinic.available() : List.of(),
            taken(tx, who.value(), window));
    return new Gathered(resource, here.isPresent() ? null : "/navigatorId");
  }

  private Gathered thing(Tx tx, Site site, UUID id, Resource clinic, TimeSlot window) {
    var here = things.find(tx, id).filter(one -> one.siteId().equals(site.id()) && !one.retired());
    var open =
        hours.of(tx, List.of(id)).containsKey(id) ? open(tx, id, window) : clinic.available();
    var resource =
        new Resource(
            id,
            ResourceRole.DEVICE,
            here.map(SiteResource::name).orElse(""),
            clinic.zone(),
            here.isPresent() ? open : List.of(),
            taken(tx, id, window));
    return new Gathered(resource, here.isPresent() ? null : "/deviceIds");
  }

  private List<TimeSlot> open(Tx tx, UUID id, TimeSlot window) {
    return hours.of(tx, List.of(id)).containsKey(id)
        ? duties.of(tx, List.of(id), window).get(id).available()
        : List.of(window);
  }

  private List<TimeSlot> taken(Tx tx, UUID id, TimeSlot window) {
    return duties.of(tx, List.of(id), window).get(id).booked();
  }
}
