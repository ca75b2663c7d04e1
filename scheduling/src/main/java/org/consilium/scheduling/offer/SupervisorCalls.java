package org.consilium.scheduling.offer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;
import org.consilium.scheduling.ladder.SupervisorCall.Outcome;
import org.consilium.scheduling.ladder.SupervisorCallId;
import org.consilium.scheduling.ladder.SupervisorCallStore;

/**
 * Calls to the supervisor. No program makes them: each stays open before the coordinators until one
 * of them notes what came of it, or the consult needs it no more.
 */
final class SupervisorCalls {
  private final Platform platform;
  private final ConsultChanges changes;
  private final SupervisorCallStore calls = new SupervisorCallStore();

  SupervisorCalls(Platform platform, ConsultChanges changes) {
    this.platform = platform;
    this.changes = changes;
  }

  /** A step of the ladder asks for it; false while an earlier one is still open. */
  boolean arise(Tx tx, Consult consult) {
    if (!calls.arise(tx, consult.organisation(), consult.id())) {
      return false;
    }
    platform.audit().append(tx, "ladder.supervisor-needed", consult.subject());
    platform
        .outbox()
        .publish(
            tx,
            new SupervisorNeeded(
                consult.id(), consult.organisation(), consult.urgency().now(), tx.now()));
    changes.remember(tx, consult, Line.by(tx, Kind.SUPERVISOR_NEEDED));
    return true;
  }

  /** A coordinator notes what came of it. */
  void done(Tx tx, ConsultId id, SupervisorCallId call, Outcome outcome, Optional<String> words) {
    platform.careTeam().standing(tx, id).require(Relation.COORDINATOR);
    tx.asServer(() -> {
      var consult = changes.lock(tx, id);
      var found =
          calls
              .lock(tx, call, id)
              .orElseThrow(() ->
                  Refusal.notFound(
                      "supervisor-call-not-found", "This consult has no such call to make."));
      if (found.outcome().isPresent()) {
        throw new Refusal(
            409, "supervisor-call-done", "What came of this call is noted already. Look again.");
      }
      calls.done(tx, call, outcome, words);
      platform
          .audit()
          .append(
              tx,
              "supervisor-call." + outcome.wire(),
              consult.subject().part("supervisor-call", call));
      changes.remember(
          tx,
          consult,
          Line.by(tx, Kind.SUPERVISOR_CALLED)
              .because(words)
              .with(Map.of("outcome", outcome.wire())));
    });
  }

  /** Where the supervisors of the caller's organisation are reached. */
  void keepLine(Tx tx, String number) {
    var organisation = tx.caller().organisation();
    platform.audit().append(tx, "supervisor-line.keep", Subject.of("organisation", organisation));
    tx.asServer(() -> calls.keepLine(tx, organisation, number));
    platform.changes().tell(tx, "consult", organisation.value(), organisation, List.of());
  }
}
