package org.consilium.records.recommendation;

import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.access.Standing;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.records.request.RequestStore;
import org.consilium.records.request.Team;
import org.consilium.records.text.CleanText;

/** Deciding upon recommendations, within the caller's transaction. */
public final class DecisionService {
  private final Platform platform;
  private final Team team;
  private final RequestStore requests;
  private final RecommendationStore recommendations;

  public DecisionService(
      Platform platform, Team team, RequestStore requests, RecommendationStore recommendations) {
    this.platform = platform;
    this.team = team;
    this.requests = requests;
    this.recommendations = recommendations;
  }

  /**
   * Decides upon a recommendation; an earlier decision stays beside this one.
   *
   * @param seen how many decisions the caller knew of: another since is a 412; empty for whoever
   *     does not say
   */
  public RecommendationStore.Decided decide(
      Tx tx, ConsultId consult, RecommendationId id, Decision.Made given, Optional<Integer> seen) {
    var standing = platform.careTeam().standing(tx, consult);
    standing.require(Relation.CLINIC);
    var decision = CleanText.of(given, Decision.Made.class);
    // Two may decide at once, each knowing of as many decisions as the other.
    requests.lock(tx, consult);
    var before = recommendation(tx, standing, id);
    if (before.isSuperseded()) {
      throw new Refusal(
          409,
          "note-superseded",
          "This note was corrected or taken back meanwhile; read the newest one.");
    }
    int made = before.decisions().size();
    if (seen.filter(known -> known != made).isPresent()) {
      throw Refusal.editedElsewhere(made);
    }
    refuseUnexplained(decision);
    recommendations.decide(tx, standing, id, decision);
    platform
        .outbox()
        .publish(
            tx,
            new RecommendationDecided(
                consult,
                before.note(),
                id,
                decision.decision().wire(),
                tx.caller().account(),
                tx.now()));
    platform
        .audit()
        .append(
            tx,
            "recommendation.decide",
            Subject.consult(consult, standing.patient()).part("recommendation", id));
    team.tell(tx, standing);
    return recommendation(tx, standing, id);
  }

  private RecommendationStore.Decided recommendation(
      Tx tx, Standing standing, RecommendationId id) {
    return recommendations.of(tx, standing).stream()
        .filter(decided -> decided.named().id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            Refusal.notFound("recommendation-not-found", "There is no such recommendation here."));
  }

  private static void refuseUnexplained(Decision.Made decision) {
    switch (decision.decision()) {
      case ACCEPT -> {}
      case ADAPT -> {
        if (decision.text().filter(text -> !text.isBlank()).isEmpty()) {
          throw Refusal.invalid("/text", "Say what you do instead.");
        }
      }
      case DECLINE, CANNOT -> {
        if (decision.reason().isEmpty()) {
          throw Refusal.invalid("/reason", "Choose why; the specialist learns from it.");
        }
      }
    }
  }
}
