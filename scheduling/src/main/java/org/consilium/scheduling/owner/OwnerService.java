package org.consilium.scheduling.owner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Role;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.ConsultService;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;
import org.consilium.scheduling.consult.Step;
import org.consilium.scheduling.ladder.LadderStore;
import org.consilium.scheduling.ladder.Placing;

/**
 * Taking over and handing over. It stays with its coordinator until another one has taken it, so
 * that nothing is ever with somebody who does not know; of two who take it at once, one does.
 */
public final class OwnerService {
  private final Platform platform;
  private final ConsultService consults;
  private final ConsultChanges changes;
  private final LadderStore ladders;
  private final OwnerStore duties = new OwnerStore();

  public OwnerService(
      Platform platform, ConsultService consults, ConsultChanges changes, LadderStore ladders) {
    this.platform = platform;
    this.consults = consults;
    this.changes = changes;
    this.ladders = ladders;
  }

  OwnerStore duties() {
    return duties;
  }

  /** What must be taken over by name before a shift ends. */
  static boolean mustBeTakenOver(Consult consult) {
    var urgency = consult.urgency().now();
    return urgency == Urgency.RED || urgency == Urgency.ORANGE;
  }

  /**
   * The caller answers for it from now on.
   *
   * @param from who does so far, as the caller saw it; empty for the group on duty
   */
  public void takeOver(Tx tx, ConsultId id, Optional<AccountId> from) {
    var me = tx.caller().account();
    change(
        tx,
        id,
        "consult.take-over",
        (consult, placing) -> {
          if (placing.coordinator().filter(me::equals).isPresent()) {
            return placing;
          }
          requireAsked(tx, placing);
          if (!placing.coordinator().equals(from)) {
            throw new Refusal(
                409, "owner-changed", "Somebody else has taken it over meanwhile. Look again.");
          }
          duties.begin(tx, me, tx.caller().organisation());
          changes.remember(tx, consult, Line.by(tx, Kind.TAKEN_OVER));
          return placing.ownedBy(me);
        });
  }

  /** A supervisor takes what they were asked to, so that a coordinator who is alone can leave. */
  private static void requireAsked(Tx tx, Placing placing) {
    boolean asked = placing.handingTo().filter(tx.caller().account()::equals).isPresent();
    if (tx.caller().role() == Role.SUPERVISOR && !asked) {
      throw new Refusal(
          409, "not-handed-to-you", "A supervisor takes over what a coordinator handed to them.");
    }
  }

  /** A supervisor hands on what they have taken; a coordinator any of the organisation's. */
  private static void requireOwn(Tx tx, Placing placing) {
    boolean own = placing.coordinator().filter(tx.caller().account()::equals).isPresent();
    if (tx.caller().role() == Role.SUPERVISOR && !own) {
      throw new Refusal(409, "not-in-your-name", "Hand over what is in your own name.");
    }
  }

  /**
   * Asks a colleague to take it over, or a supervisor where no coordinator is left to ask; until
   * they do, nothing changes.
   */
  public void handOver(Tx tx, ConsultId id, AccountId to) {
    change(
        tx,
        id,
        "consult.hand-over",
        (consult, placing) -> {
          requireOwn(tx, placing);
          boolean isColleague =
              !to.equals(tx.caller().account())
                  && Stream.of(Role.SCHEDULER, Role.SUPERVISOR)
                      .flatMap(role ->
                          platform.directory().membersOf(tx, consult.organisation(), role).stream())
                      .anyMatch(person -> person.id().equals(to));
          if (!isColleague) {
            throw Refusal.invalid("/to", "There is no such coordinator or supervisor.");
          }
          changes.remember(tx, consult, Line.by(tx, Kind.HANDING_OVER).about(to));
          return placing.handingTo(to);
        });
  }

  /** It is not for this network, and ends here. */
  public void redirect(Tx tx, ConsultId id, Placing.Redirection where, String reason) {
    consults.redirect(tx, id, where.wire(), reason);
    change(tx, id, "consult.redirected", (_, placing) -> placing.redirected(where));
  }

  private interface Work {
    Placing on(Consult consult, Placing placing);
  }

  private void change(Tx tx, ConsultId id, String action, Work work) {
    platform.careTeam().standing(tx, id).require(Relation.COORDINATOR, Relation.SUPERVISOR);
    tx.asServer(() -> {
      var consult = changes.lock(tx, id);
      if (consult.status().isOver() && !action.equals("consult.redirected")) {
        ConsultChanges.taken(new Step.NotNow(consult.status()));
      }
      var placing = ladders.lock(tx, id, consult.organisation());
      var after = work.on(consult, placing);
      if (!after.equals(placing)) {
        ladders.save(tx, after);
        platform.audit().append(tx, action, consult.subject());
      }
    });
  }

  /** The caller is on duty from now on. */
  public void begin(Tx tx) {
    platform.audit().append(tx, "duty.begin", Subject.of("account", tx.caller().account()));
    tx.asServer(() -> {
      duties.begin(tx, tx.caller().account(), tx.caller().organisation());
    });
  }

  /**
   * The caller's shift ends: what is not urgent goes to the group on duty. While something red or
   * orange is still in their name, it does not end.
   */
  public void handOverShift(Tx tx) {
    var me = tx.caller().account();
    platform.audit().append(tx, "duty.hand-over", Subject.of("account", me));
    tx.asServer(() -> {
      var mine = lockMine(tx, me);
      var urgent = mine.stream().filter(OwnerService::mustBeTakenOver).toList();
      if (!urgent.isEmpty()) {
        throw new Refusal(
                409,
                "cases-not-taken-over",
                "Red and orange consults must be taken over by name before your shift ends.")
            .with("consults", urgent.stream().map(Consult::id).toList());
      }
      mine.forEach(consult -> backToGroup(tx, consult));
      duties.end(tx, me, tx.caller().organisation());
    });
  }

  /** In the order of their ids, so that two never wait for each other. */
  private List<Consult> lockMine(Tx tx, AccountId me) {
    var mine = new ArrayList<Consult>();
    duties.concerning(tx, tx.caller().organisation(), me).stream()
        .sorted(Comparator.comparing(id -> id.value().toString()))
        .forEach(id -> {
          var consult = changes.lock(tx, id);
          var placing = ladders.lock(tx, id, consult.organisation());
          if (!consult.status().isOver() && placing.coordinator().filter(me::equals).isPresent()) {
            mine.add(consult);
          }
        });
    return mine;
  }

  private void backToGroup(Tx tx, Consult consult) {
    var placing = ladders.lock(tx, consult.id(), consult.organisation());
    ladders.save(tx, placing.ownedByTheGroup());
    changes.remember(tx, consult, Line.by(tx, Kind.BACK_TO_GROUP).with(Map.of()));
  }
}
