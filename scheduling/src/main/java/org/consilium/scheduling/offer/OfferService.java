package org.consilium.scheduling.offer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.scheduling.catalogue.Catalogue.UrgencyTargets;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;
import org.consilium.scheduling.ladder.LadderStore;
import org.consilium.scheduling.ladder.SupervisorCallStore;
import org.consilium.scheduling.ladder.TimerStore;
import org.consilium.scheduling.matching.MatchingService;
import org.consilium.scheduling.matching.Ranking.Ranked;

/**
 * Asks specialists, one after the other or, where the urgency says so, several at once. Whoever
 * changes an offer holds its consult's lock first, so the winner of every race is the one who got
 * there first.
 */
public final class OfferService {
  /** Hard rules that somebody to whom an offer is open may come under. */
  private static final Set<String> NO_LONGER_FIT =
      Set.of("not-active", "no-licence", "no-licence-here");

  private final Platform platform;
  private final OfferStore offers;
  private final Asking asking;
  private final LadderStore ladders;
  private final TimerStore timers;
  private final ConsultChanges changes;
  private final SupervisorCallStore supervisorCalls = new SupervisorCallStore();

  OfferService(
      Platform platform,
      OfferStore offers,
      Asking asking,
      LadderStore ladders,
      TimerStore timers,
      ConsultChanges changes) {
    this.platform = platform;
    this.offers = offers;
    this.asking = asking;
    this.ladders = ladders;
    this.timers = timers;
    this.changes = changes;
  }

  OfferStore store() {
    return offers;
  }

  /** The coordinator asks this specialist. */
  public OfferId offer(
      Tx tx, ConsultId id, AccountId specialist, Optional<Integer> expiresInMinutes) {
    platform.careTeam().standing(tx, id).require(Relation.COORDINATOR);
    var consult = changes.lock(tx, id);
    ConsultChanges.taken(consult.offer());
    return tx.asServer(() -> {
      var placing = ladders.lock(tx, id, consult.organisation());
      var targets = asking.targets(tx, consult);
      mayAskMore(offers.lockOpen(tx, id), targets, consult, specialist);
      var looked = asking.look(tx, consult, placing);
      var chosen = mayBeAsked(looked.ranking(), specialist);
      var waits = Duration.ofMinutes(expiresInMinutes.orElse(targets.offerMinutes()));
      return asking.send(tx, consult, placing, looked, chosen, tx.now().plus(waits), Kind.OFFERED);
    });
  }

  /** What is immediate a coordinator may offer to as many as they like. */
  private static void mayAskMore(
      List<OfferStore.Kept> open, UrgencyTargets targets, Consult consult, AccountId specialist) {
    boolean asked = open.stream().anyMatch(o -> o.offer().specialist().equals(specialist));
    int most = consult.urgency().now() == Urgency.RED ? Asking.LANES_MAX : targets.offersAtOnce();
    if (asked || open.size() >= most) {
      throw new Refusal(
          409,
          "offer-open",
          "An offer is open already. Take it back first, or wait for the answer.");
    }
  }

  static Ranked mayBeAsked(MatchingService.Result ranking, AccountId specialist) {
    var chosen =
        ranking.ranked().stream()
            .filter(ranked -> ranked.helper().id().equals(specialist))
            .findFirst()
            .orElseThrow(() -> Refusal.invalid("/specialistId", "There is no such specialist."));
    if (chosen.isBarred()) {
      throw new Refusal(
              409,
              "specialist-barred",
              chosen.barred().getFirst().sentence(),
              List.of(
                  new FieldError(
                      "/specialistId",
                      chosen.barred().getFirst().sentence(),
                      chosen.barred().getFirst().said())))
          .with("said", chosen.barred().getFirst().said())
          .with("barred", chosen.barred());
    }
    return chosen;
  }

  /** The specialist takes the consult; every other open offer of it is taken back. */
  public Acceptance accept(Tx tx, OfferId id) {
    var mine = own(tx, id);
    return tx.asServer(() -> {
      var consult = changes.lock(tx, mine.consult());
      var outcome = offers.lock(tx, id).orElseThrow().offer().accept(tx.now());
      if (outcome instanceof Acceptance.Accepted(var accepted)) {
        take(tx, consult, accepted);
      }
      return outcome;
    });
  }

  private void take(Tx tx, Consult consult, Offer accepted) {
    var targets = asking.targets(tx, consult);
    var taken = ConsultChanges.taken(consult.accept(accepted.specialist(), targets));
    offers.save(tx, accepted);
    timers.overForOffer(tx, accepted.id(), Optional.empty());
    asking.withdrawOpen(tx, consult, Optional.empty());
    settle(tx, consult);
    platform.careTeam().join(tx, consult.id(), accepted.specialist(), Relation.SPECIALIST);
    platform.audit().append(tx, "consult.accept", consult.subject().part("offer", accepted.id()));
    platform
        .outbox()
        .publish(
            tx,
            new ConsultAccepted(
                accepted.id(), consult.id(), consult.patient(), accepted.specialist(), tx.now()));
    changes.save(tx, taken, Line.by(tx, Kind.ACCEPTED));
    asking.tell(tx, accepted);
  }

  /** Nothing more is to happen by itself. */
  private void settle(Tx tx, Consult consult) {
    timers.overForConsult(tx, consult.id(), Optional.empty());
    ladders.save(tx, ladders.lock(tx, consult.id(), consult.organisation()).settled());
    supervisorCalls.notNeeded(tx, consult.id());
  }

  /**
   * The specialist refuses, and may name a colleague who is asked before others as far as the hard
   * rules allow; the next one is asked in the same transaction.
   */
  public Refusing refuse(
      Tx tx,
      OfferId id,
      RefusalReason reason,
      Optional<String> comment,
      Optional<AccountId> colleague) {
    var mine = own(tx, id);
    return tx.asServer(() -> {
      var consult = changes.lock(tx, mine.consult());
      var kept = offers.lock(tx, id).orElseThrow();
      var outcome = kept.offer().refuse(reason, comment, tx.now());
      if (outcome instanceof Refusing.Refused(var refused)) {
        offers.save(tx, refused);
        timers.overForOffer(tx, id, Optional.empty());
        platform.audit().append(tx, "offer.refuse", consult.subject().part("offer", id));
        platform
            .outbox()
            .publish(tx, new OfferRefused(id, consult.id(), refused.specialist(), reason));
        changes.remember(
            tx,
            consult,
            Line.by(tx, Kind.REFUSED).because(comment).with(Map.of("reason", reason.wire())));
        colleague.ifPresent(whom -> name(tx, consult, refused, whom));
        asking.tell(tx, refused);
        unpin(tx, consult, refused.specialist());
        asking.passOn(tx, consult, kept);
      }
      return outcome;
    });
  }

  private void name(Tx tx, Consult consult, Offer refused, AccountId colleague) {
    var ranking =
        asking.look(tx, consult, ladders.lock(tx, consult.id(), consult.organisation())).ranking();
    boolean known =
        !colleague.equals(refused.specialist())
            && ranking.ranked().stream().anyMatch(r -> r.helper().id().equals(colleague));
    if (!known) {
      throw Refusal.invalid("/colleagueId", "There is no such colleague.");
    }
    offers.nameColleague(tx, refused.id(), colleague);
    changes.remember(tx, consult, Line.by(tx, Kind.COLLEAGUE_NAMED).about(colleague));
  }

  /** Whoever alone was asked has answered: the ladder goes on. */
  private void unpin(Tx tx, Consult consult, AccountId specialist) {
    var placing = ladders.lock(tx, consult.id(), consult.organisation());
    if (placing.pinned().filter(pin -> pin.specialist().equals(specialist)).isPresent()) {
      var free = placing.pinned(Optional.empty());
      ladders.save(tx, free);
      timers.hold(tx, consult.id(), free.heldUntil(tx.now()).orElse(tx.now()));
    }
  }

  /** The specialist has opened it; only the first time counts. */
  public void seen(Tx tx, OfferId id) {
    var mine = own(tx, id);
    tx.asServer(() -> {
      if (mine.status() == OfferStatus.OPEN && offers.seen(tx, id)) {
        var subject = offers.find(tx, id).orElseThrow().subject();
        platform.audit().append(tx, "offer.seen", subject);
        asking.tell(tx, mine);
        changes.tell(tx, changes.lock(tx, mine.consult()));
      }
    });
  }

  /** The coordinator takes an open offer back and decides anew. */
  public void withdraw(Tx tx, OfferId id) {
    var found = visible(tx, id).offer();
    platform.careTeam().standing(tx, found.consult()).require(Relation.COORDINATOR);
    tx.asServer(() -> {
      var consult = changes.lock(tx, found.consult());
      var withdrawn =
          offers
              .lock(tx, id)
              .orElseThrow()
              .offer()
              .withdraw(tx.now())
              .orElseThrow(() -> notOpen("This offer is no longer open."));
      asking.takeBack(tx, consult, withdrawn);
      unpin(tx, consult, withdrawn.specialist());
      if (offers.lockOpen(tx, consult.id()).isEmpty()) {
        changes.save(tx, ConsultChanges.taken(consult.returnToCoordinator()));
      }
      return withdrawn;
    });
  }

  /** Whom a licence or the network no longer lets answer is asked no more: the next one is. */
  public void recheck(Tx tx, AccountId specialist) {
    for (ConsultId id : offers.consultsAsking(tx, specialist)) {
      var consult = changes.lock(tx, id);
      var placing = ladders.lock(tx, id, consult.organisation());
      // Who has left is not ranked at all.
      boolean mayAnswer =
          asking.look(tx, consult, placing).ranking().ranked().stream()
              .filter(ranked -> ranked.helper().id().equals(specialist))
              .anyMatch(ranked ->
                  ranked.barred().stream().noneMatch(t -> NO_LONGER_FIT.contains(t.code())));
      if (!mayAnswer) {
        for (var open : offers.lockOpen(tx, id)) {
          if (open.offer().specialist().equals(specialist)) {
            asking.takeBack(tx, consult, open.offer().withdraw(tx.now()).orElseThrow());
            unpin(tx, consult, specialist);
            asking.passOn(tx, consult, open);
          }
        }
      }
    }
  }

  /** The time of an offer is over: the next one is asked, or the coordinator told. */
  boolean expire(Tx tx, Consult consult, OfferId id, UUID timer) {
    var kept = offers.lock(tx, id).orElseThrow();
    var outcome = kept.offer().expire(tx.now());
    outcome.ifPresent(expired -> {
      offers.save(tx, expired);
      timers.overForOffer(tx, id, Optional.of(timer));
      platform.audit().append(tx, "offer.expire", consult.subject().part("offer", id));
      platform.outbox().publish(tx, new OfferExpired(id, consult.id(), expired.specialist()));
      changes.remember(tx, consult, Line.by(tx, Kind.EXPIRED).about(expired.specialist()));
      asking.tell(tx, expired);
      unpin(tx, consult, expired.specialist());
      asking.passOn(tx, consult, kept);
    });
    return outcome.isPresent();
  }

  /** What ends with its consult. */
  public void end(Tx tx, Consult consult, String reason) {
    asking.withdrawOpen(tx, consult, Optional.empty());
    settle(tx, consult);
  }

  private Offer own(Tx tx, OfferId id) {
    var offer = visible(tx, id).offer();
    if (!offer.specialist().equals(tx.caller().account())) {
      throw notFound();
    }
    return offer;
  }

  /** Which offers of a consult are open, as far as the caller may know. */
  public List<Offer> open(Tx tx, ConsultId consult) {
    return offers.ofConsult(tx, consult).stream()
        .map(OfferStore.Kept::offer)
        .filter(offer -> offer.status() == OfferStatus.OPEN)
        .toList();
  }

  /** What row security shows of it: the specialist's own, or the owning organisation's. */
  OfferStore.Kept visible(Tx tx, OfferId id) {
    return offers.find(tx, id).orElseThrow(OfferService::notFound);
  }

  static Refusal notFound() {
    return Refusal.notFound("offer-not-found", "There is no such offer for you.");
  }

  static Refusal notOpen(String sentence) {
    return new Refusal(409, "offer-not-open", sentence);
  }
}
