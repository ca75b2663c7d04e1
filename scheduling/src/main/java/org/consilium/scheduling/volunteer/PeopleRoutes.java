package org.consilium.scheduling.volunteer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.catalogue.AgeGroup;
import org.consilium.scheduling.catalogue.CatalogueStore;

/** HTTP for applications, profiles and credentials. */
public final class PeopleRoutes {
  /** The contract of these operations and of those of {@code care}. */
  public static final String CONTRACT = "openapi/people.yaml";

  record Apply(
      VolunteerKind kind,
      String country,
      int weeklyCap,
      boolean redCalls,
      Integer restHours,
      PeopleViews.Quiet quietHours,
      Gender gender,
      List<Channel> channels,
      List<Language> languages,
      List<Specialty> specialties,
      List<Claim> licences) {}

  record Language(String code, LanguageLevel level, Boolean writes, Boolean needsInterpreter) {
    Volunteer.Spoken spoken() {
      boolean needs = !level.carriesAConsult() || Boolean.TRUE.equals(needsInterpreter);
      return new Volunteer.Spoken(code, level, Optional.ofNullable(writes), needs);
    }
  }

  record Specialty(String code, List<AgeGroup> ageGroups) {}

  record Claim(String country, String number, LocalDate validFrom, LocalDate validUntil) {
    Volunteer.Licence licence() {
      if (validFrom != null && validUntil != null && validUntil.isBefore(validFrom)) {
        throw Refusal.invalid("/validUntil", "The last day is before the first.");
      }
      return new Volunteer.Licence(
          country,
          number.trim(),
          Optional.ofNullable(validFrom),
          Optional.ofNullable(validUntil),
          LicenceState.CLAIMED);
    }
  }

  record Save(
      int weeklyCap,
      boolean redCalls,
      int restHours,
      PeopleViews.Quiet quietHours,
      Gender gender,
      List<Channel> channels,
      List<Language> languages) {}

  record Pause(LocalDate until, String reason) {}

  record Because(String reason) {}

  record Profiles(List<PeopleViews.Profile> items) {}

  private final Platform platform;
  private final VolunteerService service;
  private final VolunteerStore volunteers;
  private final CatalogueStore catalogue;
  private final PeopleViews views;

  public PeopleRoutes(
      Platform platform,
      VolunteerService service,
      VolunteerStore volunteers,
      CatalogueStore catalogue) {
    this.platform = platform;
    this.service = service;
    this.volunteers = volunteers;
    this.catalogue = catalogue;
    this.views = new PeopleViews(platform, volunteers, service.standings(), catalogue);
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("applyAsVolunteer", this::apply)
        .operation("getVolunteerProfile", this::own)
        .operation("saveVolunteerProfile", this::save)
        .operation("claimCredential", this::claim)
        .operation("pauseVolunteering", this::pauseOwn)
        .operation("resumeVolunteering", this::resumeOwn)
        .operation("listNetworkVolunteers", this::network)
        .operation("activateVolunteer", about(service::activate))
        .operation("refuseVolunteer", this::refuse)
        .operation("pauseVolunteer", this::pause)
        .operation("resumeVolunteer", about(service::resume))
        .operation("endVolunteer", this::end)
        .operation("verifyCredential", this::verify)
        .operation("revokeCredential", this::revoke)
        .operation("getLicenceRules", call -> Answer.ok(volunteers.licenceRules(call.tx())));
  }

  private Answer apply(Call call) {
    var body = call.body(Apply.class);
    var known = catalogue.newest(call.tx());
    for (int i = 0; i < body.specialties().size(); i++) {
      if (known.specialty(body.specialties().get(i).code()).isEmpty()) {
        throw Refusal.invalid("/specialties/" + i, "There is no such specialty.");
      }
    }
    if (body.kind() == VolunteerKind.SPECIALIST && body.specialties().isEmpty()) {
      throw Refusal.invalid("/specialties", "Name at least one specialty.");
    }
    service.apply(
        call.tx(),
        new VolunteerService.Application(
            body.kind(),
            body.country(),
            body.weeklyCap(),
            body.redCalls(),
            body.languages().stream().map(Language::spoken).toList(),
            body.specialties().stream()
                .map(s -> new Volunteer.Field(s.code(), s.ageGroups()))
                .toList(),
            body.licences().stream().map(Claim::licence).toList(),
            PeopleViews.wishes(
                body.restHours() == null ? 8 : body.restHours(),
                body.quietHours(),
                body.gender(),
                body.channels())));
    return Answer.created(views.own(call.tx()).orElseThrow());
  }

  private Answer own(Call call) {
    var profile = views.own(call.tx()).orElseThrow(VolunteerService::notFound);
    return Answer.ok(profile).withHeader("ETag", "\"" + profile.version() + "\"");
  }

  private Answer save(Call call) {
    var body = call.body(Save.class);
    service.change(
        call.tx(),
        call.ifMatch(),
        new VolunteerService.Change(
            body.weeklyCap(),
            body.redCalls(),
            body.languages().stream().map(Language::spoken).toList(),
            PeopleViews.wishes(
                body.restHours(), body.quietHours(), body.gender(), body.channels())));
    return own(call);
  }

  private Answer claim(Call call) {
    service.credentials().claim(call.tx(), call.body(Claim.class).licence());
    return Answer.created(views.own(call.tx()).orElseThrow());
  }

  private Answer pauseOwn(Call call) {
    pause(call, call.caller().account());
    return own(call);
  }

  private Answer resumeOwn(Call call) {
    service.resume(call.tx(), call.caller().account());
    return own(call);
  }

  private Answer network(Call call) {
    return Answer.ok(new Profiles(views.ofNetwork(call.tx())));
  }

  private Answer refuse(Call call) {
    var account = volunteer(call);
    service.refuse(call.tx(), account, call.body(Because.class).reason());
    return Answer.ok(views.forNetwork(call.tx(), account));
  }

  private Answer pause(Call call) {
    var account = volunteer(call);
    pause(call, account);
    return Answer.ok(views.forNetwork(call.tx(), account));
  }

  /** Back at the start of the day after the last one, on their own wall clock. */
  private void pause(Call call, AccountId account) {
    var body = call.body(Pause.class);
    var zone = platform.directory().person(call.tx(), account).zone();
    Optional<Instant> backAt =
        Optional.ofNullable(body.until())
            .map(last -> last.plusDays(1).atStartOfDay(zone).toInstant());
    if (backAt.filter(back -> !back.isAfter(call.tx().now())).isPresent()) {
      throw Refusal.invalid("/until", "This day is over.");
    }
    service.pause(call.tx(), account, backAt, Optional.ofNullable(body.reason()));
  }

  private Answer end(Call call) {
    var account = volunteer(call);
    service.end(call.tx(), account, Optional.of(call.body(Because.class).reason()));
    return Answer.ok(views.forNetwork(call.tx(), account));
  }

  private Answer verify(Call call) {
    var account = volunteer(call);
    service.credentials().verify(call.tx(), account, call.pathId("credentialId"));
    return Answer.ok(views.forNetwork(call.tx(), account));
  }

  private Answer revoke(Call call) {
    var account = volunteer(call);
    service
        .credentials()
        .revoke(call.tx(), account, call.pathId("credentialId"), call.body(Because.class).reason());
    return Answer.ok(views.forNetwork(call.tx(), account));
  }

  private Function<Call, Answer> about(BiConsumer<Tx, AccountId> act) {
    return call -> {
      var account = volunteer(call);
      act.accept(call.tx(), account);
      return Answer.ok(views.forNetwork(call.tx(), account));
    };
  }

  private AccountId volunteer(Call call) {
    var account = new AccountId(call.pathId("volunteerId"));
    service.requireOwnNetwork(call.tx(), account);
    return account;
  }
}
