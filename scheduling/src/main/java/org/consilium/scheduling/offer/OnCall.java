package org.consilium.scheduling.offer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;
import org.consilium.scheduling.consult.Status;
import org.consilium.scheduling.ladder.LadderStore;
import org.consilium.scheduling.matching.Ranking.Ranked;

/**
 * In an emergency a clinic does not wait for a coordinator: it asks somebody who is on call, and
 * the ladder of the urgency goes on beside that.
 */
public final class OnCall {
  private final Platform platform;
  private final CatalogueStore catalogue;
  private final ConsultChanges changes;
  private final OfferStore offers;
  private final LadderStore ladders;
  private final Asking asking;
  private final LadderService ladder;

  OnCall(
      Platform platform,
      CatalogueStore catalogue,
      ConsultChanges changes,
      OfferStore offers,
      LadderStore ladders,
      Asking asking,
      LadderService ladder) {
    this.platform = platform;
    this.catalogue = catalogue;
    this.changes = changes;
    this.offers = offers;
    this.ladders = ladders;
    this.asking = asking;
    this.ladder = ladder;
  }

  /** The clinic asks this specialist, who is rung within their budget. Asking twice is once. */
  void ask(Tx tx, ConsultId id, AccountId specialist) {
    platform.careTeam().standing(tx, id).require(Relation.CLINIC);
    var found = changes.lock(tx, id);
    if (found.urgency().now() != Urgency.RED) {
      throw new Refusal(
          409,
          "not-an-emergency",
          "A clinic asks by itself only about an emergency. A coordinator asks about others.");
    }
    tx.asServer(() -> {
      var placing = ladders.lock(tx, id, found.organisation());
      var chosen = onCall(asking.look(tx, found, placing), specialist);
      var consult = found.status() == Status.SUBMITTED ? confirmed(tx, found, chosen) : found;
      boolean asked =
          offers.lockOpen(tx, id).stream()
              .anyMatch(open -> open.offer().specialist().equals(specialist));
      if (asked) {
        return;
      }
      ConsultChanges.taken(consult.offer());
      // Confirming may have changed both.
      var now = ladders.lock(tx, id, consult.organisation());
      var looked = asking.look(tx, consult, now);
      var until = tx.now().plus(Duration.ofMinutes(asking.targets(tx, consult).offerMinutes()));
      var to = OfferService.mayBeAsked(looked.ranking(), specialist);
      asking.send(tx, consult, now, looked, to, until, Kind.OFFERED);
    });
  }

  private static Ranked onCall(Asking.Looked looked, AccountId specialist) {
    return looked.ranking().ranked().stream()
        .filter(ranked -> ranked.helper().id().equals(specialist))
        .filter(ranked -> ranked.helper().onCallNow())
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                409, "not-on-call", "They are not on call now. Somebody else may be: look again."));
  }

  /**
   * What the clinic asked for is confirmed by rule; where it left the specialty open, it is that of
   * whom it asks.
   */
  private Consult confirmed(Tx tx, Consult consult, Ranked chosen) {
    var words = catalogue.version(tx, consult.targetsVersion());
    var field =
        consult
            .specialty()
            .or(() ->
                chosen.helper().volunteer().fields().stream()
                    .map(known -> known.specialty())
                    .findFirst())
            .filter(code -> words.specialty(code).isPresent())
            .orElseThrow(() ->
                new Refusal(
                    409,
                    "coordinator-first",
                    "A coordinator must say first which specialty this is for. They see it now."));
    var triaged =
        ConsultChanges.taken(
            consult.triage(Urgency.RED, field, consult.mode(), words.targets(Urgency.RED)));
    tx.inServersName(() -> {
      platform.audit().append(tx, "consult.confirm-by-rule", consult.subject());
      changes.save(
          tx,
          triaged,
          Line.by(tx, Kind.CONFIRMED_BY_RULE)
              .actor(Optional.empty())
              .with(Map.of("urgency", Urgency.RED.wire(), "specialty", field)));
      ladder.confirmed(tx, triaged, false);
    });
    return triaged;
  }
}
