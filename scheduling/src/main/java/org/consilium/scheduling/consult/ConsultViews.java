package org.consilium.scheduling.consult;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.access.TeamMember;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Said;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.PatientId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Organisation;
import org.consilium.platform.identity.OrganisationRef;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.platform.identity.Site;
import org.consilium.platform.identity.SiteRef;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.catalogue.ConsultMode;
import org.consilium.scheduling.catalogue.Urgency;

/** Consults as the contract shows them. */
public final class ConsultViews {
  /** What other features show of a consult. */
  @FunctionalInterface
  public interface Part {
    List<?> of(Tx tx, ConsultId consult);
  }

  /** Who answers for each of these, and what comes next by itself, as the contract shows it. */
  @FunctionalInterface
  public interface Custody {
    Map<ConsultId, ?> of(Tx tx, List<Consult> page);
  }

  record Patient(PatientId id, Age age, String sex, String language) {}

  record Summary(
      ConsultId id,
      OrganisationRef organisation,
      SiteRef site,
      Patient patient,
      String question,
      String language,
      Optional<String> specialty,
      ConsultMode mode,
      UrgencyHistory urgency,
      Urgency urgencyNow,
      Status status,
      WaitingOn waitingOn,
      Optional<Instant> dueAt,
      Optional<Due.For> dueFor,
      Instant submittedAt,
      Instant changedAt,
      PersonRef requester,
      Optional<GenderWish> genderWish,
      Optional<PersonRef> specialist,
      Optional<TimeSlot> appointment,
      Object custody,
      int version) {}

  record View(
      Summary summary,
      List<String> standing,
      List<Member> team,
      List<?> offers,
      List<?> appointments,
      List<Event> history) {}

  record Member(PersonRef person, Relation role, Instant since, ZoneId zone) {}

  record Event(
      Instant at,
      History.Kind kind,
      Optional<PersonRef> actor,
      String sentence,
      Said said,
      Optional<String> reason) {}

  private final Platform platform;
  private final ConsultStore consults;
  private final History history;
  private final CatalogueStore catalogue;
  private final Part offers;
  private final Part appointments;
  private final Custody custody;

  public ConsultViews(
      Platform platform,
      ConsultStore consults,
      History history,
      CatalogueStore catalogue,
      Part offers,
      Part appointments,
      Custody custody) {
    this.platform = platform;
    this.consults = consults;
    this.history = history;
    this.catalogue = catalogue;
    this.offers = offers;
    this.appointments = appointments;
    this.custody = custody;
  }

  /** Everything of one consult that the caller may see. */
  View one(Tx tx, Standing standing) {
    var id = standing.consult();
    var kept =
        consults
            .find(tx, id)
            .orElseThrow(
                () -> Refusal.notFound("consult-not-found", "There is no such consult for you."));
    var team = platform.careTeam().members(tx, id);
    var lines = history.of(tx, id);
    var names = people(tx, kept, team, lines);
    boolean coordinates = standing.is(Relation.COORDINATOR) || standing.is(Relation.SUPERVISOR);
    return new View(
        summaries(tx, List.of(kept)).getFirst(),
        standing.relations().stream().map(ConsultViews::word).distinct().toList(),
        team.stream().map(member -> member(member, names)).toList(),
        coordinates ? offers.of(tx, id) : List.of(),
        appointments.of(tx, id),
        events(tx, kept, lines, names, standing));
  }

  private Map<AccountId, Person> people(
      Tx tx, ConsultStore.Kept kept, List<TeamMember> team, List<History.Line> lines) {
    Set<AccountId> ids = new HashSet<>();
    ids.add(kept.consult().request().requester());
    team.forEach(member -> ids.add(member.account()));
    for (History.Line line : lines) {
      line.actor().ifPresent(ids::add);
      line.about().ifPresent(ids::add);
    }
    return platform.directory().people(tx, ids);
  }

  private static String word(Relation relation) {
    return switch (relation) {
      case CLINIC, REQUESTER -> "clinic";
      case COORDINATOR -> "coordinator";
      case SUPERVISOR -> "supervisor";
      case SPECIALIST -> "specialist";
      case INTERPRETER -> "interpreter";
      case OBSERVER -> "observer";
    };
  }

  private static Member member(TeamMember member, Map<AccountId, Person> names) {
    var person = names.get(member.account());
    return new Member(
        new PersonRef(person.id(), person.name()),
        member.relation(),
        member.since(),
        person.zone());
  }

  private List<Event> events(
      Tx tx,
      ConsultStore.Kept kept,
      List<History.Line> lines,
      Map<AccountId, Person> people,
      Standing standing) {
    var words = catalogue.version(tx, kept.consult().targetsVersion());
    var names = people.values().stream().collect(Collectors.toMap(Person::id, Person::name));
    var sentences = new Sentences(names, words);
    return lines.stream()
        .filter(line -> standing.isOwners() || !line.kind().isPlacing())
        .map(line -> event(line, names, sentences))
        .toList();
  }

  private static Event event(History.Line line, Map<AccountId, String> names, Sentences sentences) {
    var sentence = sentences.of(line);
    return new Event(
        line.at(),
        line.kind(),
        line.actor().map(id -> new PersonRef(id, names.getOrDefault(id, ""))),
        sentence.text(),
        sentence.said(),
        line.reason());
  }

  /** As many statements for a page of one as for a page of many. */
  List<Summary> summaries(Tx tx, List<ConsultStore.Kept> page) {
    if (page.isEmpty()) {
      return List.of();
    }
    var people = new HashSet<AccountId>();
    var sites = new HashSet<SiteId>();
    var organisations = new HashSet<OrganisationId>();
    for (var kept : page) {
      people.add(kept.consult().request().requester());
      kept.consult().specialist().ifPresent(people::add);
      sites.add(kept.consult().request().site());
      organisations.add(kept.consult().organisation());
    }
    var names = platform.directory().people(tx, people);
    var places = platform.directory().sites(tx, sites);
    var owners = platform.directory().organisations(tx, organisations);
    var custodies = custody.of(tx, page.stream().map(ConsultStore.Kept::consult).toList());
    return page.stream()
        .map(kept -> summary(kept, names, places, owners, custodies.get(kept.consult().id())))
        .toList();
  }

  private static Summary summary(
      ConsultStore.Kept kept,
      Map<AccountId, Person> names,
      Map<SiteId, Site> places,
      Map<OrganisationId, Organisation> owners,
      Object custody) {
    var consult = kept.consult();
    var request = consult.request();
    return new Summary(
        consult.id(),
        OrganisationRef.of(owners.get(consult.organisation())),
        SiteRef.of(places.get(request.site())),
        new Patient(request.patient(), request.age(), request.sex(), request.patientLanguage()),
        request.question(),
        request.clinicLanguage(),
        consult.specialty(),
        consult.mode(),
        consult.urgency(),
        consult.urgency().now(),
        consult.status(),
        consult.waitingOn(),
        consult.due().map(Due::at),
        consult.due().map(Due::what),
        request.submittedAt(),
        kept.changedAt(),
        ref(names, request.requester()),
        request.genderWish(),
        consult.specialist().map(id -> ref(names, id)),
        kept.appointment(),
        custody,
        kept.version());
  }

  private static PersonRef ref(Map<AccountId, Person> names, AccountId id) {
    return new PersonRef(id, names.get(id).name());
  }
}
