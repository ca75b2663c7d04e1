package org.consilium.scheduling.matching;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.Organisation;
import org.consilium.platform.identity.PersonRef;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.volunteer.Volunteer;

/** HTTP for the ranked list. */
public final class MatchingRoutes {
  record Candidates(
      List<Candidate> items, String weightsVersion, Instant rankedAt, ZoneId clinicZone) {}

  record Candidate(
      PersonRef specialist,
      String organisation,
      String country,
      ZoneId zone,
      String localTime,
      int rank,
      int score,
      boolean onDutyNow,
      Optional<TimeSlot> nextFree,
      List<String> languages,
      List<String> specialties,
      int openConsults,
      int weeklyCap,
      int thisWeek,
      List<Term> terms,
      List<Term> barred) {}

  private final Platform platform;
  private final ConsultStore consults;
  private final MatchingService matching;

  public MatchingRoutes(Platform platform, ConsultStore consults, MatchingService matching) {
    this.platform = platform;
    this.consults = consults;
    this.matching = matching;
  }

  public Routes addTo(Routes routes) {
    return routes.operation("rankCandidates", this::rank);
  }

  private Answer rank(Call call) {
    var tx = call.tx();
    var id = new ConsultId(call.pathId("consultId"));
    platform.careTeam().standing(tx, id).require(Relation.COORDINATOR);
    var consult =
        consults
            .find(tx, id)
            .orElseThrow(() -> Refusal.notFound("consult-not-found", "There is no such consult."))
            .consult();
    platform.audit().append(tx, "consult.rank", consult.subject());
    var result = tx.asServer(() -> matching.rank(tx, consult));
    var organisations = organisations(tx, result);
    return Answer.ok(
        new Candidates(
            result.ranked().stream()
                .map(ranked -> candidate(ranked, result.consult(), organisations))
                .toList(),
            result.consult().weights().version(),
            result.consult().now(),
            result.consult().clinicZone()));
  }

  private Map<OrganisationId, Organisation> organisations(Tx tx, MatchingService.Result result) {
    var ids =
        result.ranked().stream()
            .map(ranked -> ranked.helper().volunteer().organisation())
            .collect(Collectors.toSet());
    return ids.isEmpty() ? Map.of() : platform.directory().organisations(tx, ids);
  }

  private static Candidate candidate(
      Ranking.Ranked ranked, Case consult, Map<OrganisationId, Organisation> organisations) {
    Helper helper = ranked.helper();
    Volunteer volunteer = helper.volunteer();
    var now = consult.now();
    return new Candidate(
        new PersonRef(helper.id(), helper.name()),
        organisations.get(volunteer.organisation()).name(),
        volunteer.country(),
        helper.zone(),
        "%02d:%02d".formatted(helper.localTime(now).getHour(), helper.localTime(now).getMinute()),
        ranked.rank(),
        ranked.score(),
        helper.onCallNow() || helper.freeAt(now).isPresent(),
        helper.nextFree(now),
        volunteer.languages().stream()
            .map(spoken -> consult.catalogue().languageLabel(spoken.language()))
            .toList(),
        volunteer.fields().stream()
            .map(field -> consult.catalogue().specialtyLabel(field.specialty()))
            .toList(),
        helper.openConsults(),
        volunteer.weeklyCap(),
        helper.acceptedThisWeek(),
        ranked.terms(),
        ranked.barred());
  }
}
