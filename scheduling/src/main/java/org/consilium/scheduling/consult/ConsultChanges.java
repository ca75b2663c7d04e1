package org.consilium.scheduling.consult;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import org.consilium.platform.Platform;
import org.consilium.platform.access.TeamMember;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;

/** What every change of a consult has in common: it is kept, remembered, and told. */
public final class ConsultChanges {
  private final Platform platform;
  private final ConsultStore consults;
  private final History history;

  public ConsultChanges(Platform platform, ConsultStore consults, History history) {
    this.platform = platform;
    this.consults = consults;
    this.history = history;
  }

  public Consult lock(Tx tx, ConsultId id) {
    return consults
        .lock(tx, id)
        .orElseThrow(
            () -> Refusal.notFound("consult-not-found", "There is no such consult for you."));
  }

  /** Keeps the change, with its lines of history, and tells the owner and the team. */
  public void save(Tx tx, Consult changed, History.Line... lines) {
    consults.save(tx, changed);
    remember(tx, changed, lines);
  }

  /** Lines of history without a change of the consult itself. */
  public void remember(Tx tx, Consult consult, History.Line... lines) {
    Arrays.stream(lines).forEach(line -> history.append(tx, consult, line));
    tell(tx, consult);
  }

  /** A line that comes once, however often its cause is told. */
  void rememberOnce(Tx tx, Consult consult, History.Kind kind, Instant at) {
    if (history.once(tx, consult, kind, at)) {
      tell(tx, consult);
    }
  }

  public void tell(Tx tx, Consult consult) {
    var also = new HashSet<AccountId>();
    platform.careTeam().members(tx, consult.id()).stream()
        .map(TeamMember::account)
        .forEach(also::add);
    platform.changes().tell(tx, "consult", consult.id().value(), consult.organisation(), also);
  }

  /** The changed consult, or 409 with the state that is in the way. */
  public static Consult taken(Step step) {
    return switch (step) {
      case Step.Taken(var consult) -> consult;
      case Step.AlreadySo(var consult) -> consult;
      case Step.NotNow(var status) ->
          throw new Refusal(
                  409,
                  "wrong-status",
                  "This cannot be done while the consult is " + words(status) + ".")
              .with("consultStatus", status.wire());
    };
  }

  private static String words(Status status) {
    return status.wire().replace('-', ' ');
  }
}
