package org.consilium.records.recommendation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.records.capability.CapabilityProfile;
import org.consilium.records.recommendation.check.AdviceChecks;
import org.consilium.records.recommendation.check.CaseFacts;
import org.consilium.records.recommendation.check.Formulary;
import org.consilium.records.text.CleanText;

/** Decisions on recommendations and the checks on them, over HTTP. */
public final class RecommendationRoutes {
  private final Platform platform;
  private final DecisionService decisions;
  private final CaseFacts cases;

  public RecommendationRoutes(Platform platform, DecisionService decisions, CaseFacts cases) {
    this.platform = platform;
    this.decisions = decisions;
    this.cases = cases;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("decideRecommendation", this::decide)
        .operation("checkRecommendations", this::check)
        .operation("getFormulary", _ -> Answer.ok(Formulary.shipped().shown()));
  }

  private record Advice(List<RecommendationContent> recommendations) {}

  private Answer decide(Call call) {
    var decided =
        decisions.decide(
            call.tx(),
            new ConsultId(call.pathId("consultId")),
            new RecommendationId(call.pathId("recommendationId")),
            call.body(Decision.Made.class),
            call.queryNumber("seen"));
    var people = RecommendationShown.people(call.tx(), platform.directory(), List.of(decided));
    return Answer.created(RecommendationShown.of(decided, people));
  }

  private record Checked(
      List<AdviceChecks.Warning> warnings,
      String formulary,
      Optional<BigDecimal> weightKg,
      Optional<Instant> siteConfirmedAt) {}

  private Answer check(Call call) {
    var standing = platform.careTeam().standing(call.tx(), new ConsultId(call.pathId("consultId")));
    standing.require(Relation.SPECIALIST);
    var advice = CleanText.of(call.body(Advice.class), Advice.class);
    var facts = cases.of(call.tx(), standing);
    var formulary = Formulary.shipped();
    return Answer.ok(
        new Checked(
            AdviceChecks.check(formulary, facts, advice.recommendations()),
            formulary.version(),
            facts.weightKg(),
            facts.site().map(CapabilityProfile::confirmedAt)));
  }
}
