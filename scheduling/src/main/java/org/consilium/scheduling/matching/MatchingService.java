package org.consilium.scheduling.matching;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Site;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.care.CareService;
import org.consilium.scheduling.care.CareStore;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.roster.DutyBoard;
import org.consilium.scheduling.roster.Shift;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.consilium.scheduling.volunteer.VolunteerStore;

/**
 * Gathers how things stand now and ranks. A fixed number of statements, however many volunteers.
 */
public final class MatchingService {
  /** Nobody is asked who is not free within the longest reach of the catalogue. */
  private static final Duration WINDOW = Duration.ofDays(14);

  /** A ranking, and what it rests on. */
  public record Result(Case consult, List<Ranking.Ranked> ranked) {}

  private final Platform platform;
  private final CatalogueStore catalogue;
  private final VolunteerStore volunteers;
  private final DutyBoard duties;
  private final CareStore care;
  private final MatchingStore history = new MatchingStore();
  private final Prices prices;

  /** What hours are worth to others. */
  @FunctionalInterface
  public interface Prices {
    /** The same candidacies, each with the price of its hour. */
    List<Candidacy> on(Tx tx, Case consult, List<Candidacy> candidacies);
  }

  public MatchingService(
      Platform platform,
      CatalogueStore catalogue,
      VolunteerStore volunteers,
      DutyBoard duties,
      CareStore care,
      Prices prices) {
    this.platform = platform;
    this.catalogue = catalogue;
    this.volunteers = volunteers;
    this.duties = duties;
    this.care = care;
    this.prices = prices;
  }

  /** Ranks every specialist for a consult. It looks at everybody's load: a duty of the server's. */
  public Result rank(Tx tx, Consult consult) {
    Site site = platform.directory().site(tx, consult.request().site());
    var everybody = volunteers.all(tx);
    var specialists = everybody.stream().filter(v -> v.kind() == VolunteerKind.SPECIALIST).toList();
    var question = question(tx, consult, site, interpreters(tx, consult, everybody));
    var candidacies =
        helpers(tx, specialists, about(tx, consult)).stream()
            .map(helper -> Candidacy.soonest(question, helper))
            .toList();
    return new Result(question, Ranking.rank(prices.on(tx, question, candidacies)));
  }

  /** What a plan must know of a consult; it books interpreters itself. A duty of the server's. */
  public Case question(Tx tx, Consult consult) {
    return question(
        tx, consult, platform.directory().site(tx, consult.request().site()), List.of());
  }

  /** Every specialist, without regard to any one consult. A duty of the server's. */
  public List<Helper> everybody(Tx tx) {
    var specialists =
        volunteers.all(tx).stream().filter(v -> v.kind() == VolunteerKind.SPECIALIST).toList();
    return helpers(tx, specialists, About.NOTHING);
  }

  private Case question(Tx tx, Consult consult, Site site, List<Case.Interpreter> interpreters) {
    var request = consult.request();
    var words = catalogue.version(tx, consult.targetsVersion());
    var urgency = consult.urgency().now();
    return new Case(
        request.requester(),
        consult.specialty(),
        request.ageGroup(),
        request.patientLanguage(),
        request.clinicLanguage(),
        site.country(),
        request.genderWish(),
        consult.mode(),
        urgency,
        site.zone(),
        words,
        Case.nearFields(words, consult.specialty()),
        Duration.ofHours(words.targets(urgency).reachHours()),
        interpreters,
        history.weights(tx),
        request.submittedAt(),
        tx.now(),
        volunteers.licenceRules(tx).rule(site.country(), consult.mode()));
  }

  /** Who could interpret for this patient in the coming days. */
  private List<Case.Interpreter> interpreters(Tx tx, Consult consult, List<Volunteer> everybody) {
    var able =
        everybody.stream()
            .filter(v -> v.kind() == VolunteerKind.INTERPRETER)
            .filter(v -> v.status() == VolunteerStatus.ACTIVE)
            .filter(v -> v.speaks(consult.request().patientLanguage()))
            .toList();
    var ids = able.stream().map(v -> v.account().value()).toList();
    var onDuty = duties.of(tx, ids, TimeSlot.of(tx.now(), WINDOW));
    return able.stream()
        .map(v -> new Case.Interpreter(v, onDuty.get(v.account().value()).free()))
        .toList();
  }

  /** How people stand to one consult. */
  private record About(
      Map<UUID, Helper.Asked> asked, Set<UUID> conflicted, Set<UUID> know, Set<UUID> knowRegion) {
    static final About NOTHING = new About(Map.of(), Set.of(), Set.of(), Set.of());
  }

  private About about(Tx tx, Consult consult) {
    return new About(
        history.asked(tx, consult.id()),
        history.conflicted(tx, consult),
        history.knowPatient(tx, consult),
        history.knowOrganisation(tx, consult));
  }

  private List<Helper> helpers(Tx tx, List<Volunteer> specialists, About about) {
    if (specialists.isEmpty()) {
      return List.of();
    }
    var ids = specialists.stream().map(Volunteer::account).toList();
    List<UUID> uuids = ids.stream().map(id -> id.value()).toList();
    var people = platform.directory().people(tx, ids);
    var onDuty = duties.of(tx, uuids, TimeSlot.of(tx.now(), WINDOW));
    var open = history.openConsults(tx);
    var week = history.acceptedThisWeek(tx);
    var answers = history.answers(tx);
    var lighter = care.eases(tx);
    var zones = new HashMap<AccountId, ZoneId>();
    for (var id : ids) {
      zones.put(id, onDuty.get(id.value()).zone(tx.now(), people.get(id).zone()));
    }
    var rests =
        CareService.rests(
            tx,
            care,
            specialists,
            zones,
            id -> onDuty.get(id).onCall().stream().map(Shift::slot).toList());
    return specialists.stream()
        .map(volunteer -> {
          var id = volunteer.account().value();
          var zone = zones.get(volunteer.account());
          var duty = onDuty.get(id);
          return new Helper(
              volunteer.cappedAt(lighter.getOrDefault(id, Integer.MAX_VALUE)),
              people.get(volunteer.account()).name(),
              zone,
              duty.free(),
              duty.onCallAt(tx.now()),
              week.getOrDefault(id, 0),
              open.getOrDefault(id, 0),
              Optional.ofNullable(about.asked().get(id)),
              about.conflicted().contains(id),
              about.know().contains(id),
              about.knowRegion().contains(id),
              answers.getOrDefault(id, Helper.Answers.NONE),
              limits(volunteer, rests.getOrDefault(id, List.of()), zone, tx.now()));
        })
        .toList();
  }

  private static Helper.Limits limits(
      Volunteer volunteer, List<TimeSlot> rests, ZoneId zone, Instant now) {
    var wishes = volunteer.wishes();
    return new Helper.Limits(wishes.gender(), rests, wishes.isQuietAt(now, zone));
  }
}
