package org.consilium.records.recommendation;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.RecommendationId;
import org.consilium.platform.identity.Directory;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;

/** A recommendation with what was decided on it, as the contract shows it. */
public record RecommendationShown(
    RecommendationId id,
    RecommendationContent content,
    Optional<DecisionShown> decision,
    List<DecisionShown> earlierDecisions) {

  /** A decision with the name of who made it. */
  public record DecisionShown(
      Decision.Verdict decision,
      Optional<Decision.Reason> reason,
      Optional<String> text,
      PersonRef decidedBy,
      Instant decidedAt) {}

  /** The same with the names that {@link #people} found. */
  public static RecommendationShown of(
      RecommendationStore.Decided recommendation, Map<AccountId, Person> people) {
    var decisions =
        recommendation.decisions().stream().map(decision -> shown(decision, people)).toList();
    return new RecommendationShown(
        recommendation.named().id(),
        recommendation.named().content(),
        decisions.stream().findFirst(),
        decisions.stream().skip(1).toList());
  }

  /** Who has decided. */
  public static Map<AccountId, Person> people(
      Tx tx, Directory directory, Collection<RecommendationStore.Decided> decided) {
    var ids = new HashSet<AccountId>();
    decided.forEach(one -> one.decisions().forEach(decision -> ids.add(decision.by())));
    return ids.isEmpty() ? Map.of() : directory.people(tx, ids);
  }

  private static DecisionShown shown(Decision decision, Map<AccountId, Person> people) {
    return new DecisionShown(
        decision.decided().decision(),
        decision.decided().reason(),
        decision.decided().text(),
        new PersonRef(decision.by(), people.get(decision.by()).name()),
        decision.at());
  }
}
