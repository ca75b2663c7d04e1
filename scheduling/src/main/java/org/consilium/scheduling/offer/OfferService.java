package org.consilium.scheduling.offer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.FieldError;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.identity.SiteRef;
import org.consilium.scheduling.catalogue.Catalogue.UrgencyTargets;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.catalogue.RefusalReason;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;
import org.consilium.scheduling.consult.Step;
import org.consilium.scheduling.duty.ServerDuty;
import org.consilium.scheduling.matching.MatchingService;
import org.consilium.scheduling.matching.Ranking;
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
  private final CatalogueStore catalogue;
  private final MatchingService matching;
  private final ConsultChanges changes;

  OfferService(
      Platform platform,
      OfferStore offers,
      CatalogueStore catalogue,
      MatchingService matching,
      ConsultChanges changes) {
    this.platform = platform;
    this.offers = offers;
    this.catalogue = catalogue;
    this.matching = matching;
    this.changes = changes;
  }

  public OfferService(
      Platform platform,
      CatalogueStore catalogue,
      MatchingService matching,
      ConsultChanges changes) {
    this(platform, new OfferStore(), catalogue, matching, changes);
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
    return ServerDuty.in(
        tx,
        () -> {
          var targets = targets(tx, consult);
          int lane = freeLane(offers.lockOpen(tx, id), targets, specialist);
          var ranking = matching.rank(tx, consult);
          var chosen = mayBeAsked(ranking, specialist);
          int minutes = expiresInMinutes.orElse(targets.offerMinutes());
          return send(tx, consult, ranking, chosen, lane, minutes, Kind.OFFERED);
        });
  }

  private static int freeLane(
      List<OfferStore.Kept> open, UrgencyTargets targets, AccountId specialist) {
    boolean asked = open.stream().anyMatch(o -> o.offer().specialist().equals(specialist));
    if (asked || open.size() >= targets.offersAtOnce()) {
      throw new Refusal(
          409,
          "offer-open",
          "An offer is open already. Take it back first, or wait for the answer.");
    }
    int lane = 1;
    while (isTaken(open, lane)) {
      lane++;
    }
    return lane;
  }

  private static boolean isTaken(List<OfferStore.Kept> open, int lane) {
    return open.stream().anyMatch(o -> o.offer().lane() == lane);
  }

  private static Ranked mayBeAsked(MatchingService.Result ranking, AccountId specialist) {
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
              List.of(new FieldError("/specialistId", chosen.barred().getFirst().sentence())))
          .with("barred", chosen.barred());
    }
    return chosen;
  }

  /** The specialist takes the consult; every other open offer of it is taken back. */
  public Acceptance accept(Tx tx, OfferId id) {
    var mine = own(tx, id);
    return ServerDuty.in(
        tx,
        () -> {
          var consult = changes.lock(tx, mine.consult());
          var outcome = offers.lock(tx, id).orElseThrow().offer().accept(tx.now());
          if (outcome instanceof Acceptance.Accepted(var accepted)) {
            take(tx, consult, accepted);
          }
          return outcome;
        });
  }

  private void take(Tx tx, Consult consult, Offer accepted) {
    var taken = ConsultChanges.taken(consult.accept(accepted.specialist(), targets(tx, consult)));
    offers.save(tx, accepted);
    withdrawOpen(tx, consult);
    platform.careTeam().join(tx, consult.id(), accepted.specialist(), Relation.SPECIALIST);
    platform.audit().append(tx, "consult.accept", consult.subject().part("offer", accepted.id()));
    platform
        .outbox()
        .publish(
            tx,
            new ConsultAccepted(
                accepted.id(), consult.id(), consult.patient(), accepted.specialist(), tx.now()));
    changes.save(tx, taken, Line.by(tx, Kind.ACCEPTED));
    tell(tx, accepted);
  }

  /** The specialist refuses; the next one is asked in the same transaction. */
  public Refusing refuse(Tx tx, OfferId id, RefusalReason reason, Optional<String> comment) {
    var mine = own(tx, id);
    return ServerDuty.in(
        tx,
        () -> {
          var consult = changes.lock(tx, mine.consult());
          var outcome = offers.lock(tx, id).orElseThrow().offer().refuse(reason, comment, tx.now());
          if (outcome instanceof Refusing.Refused(var refused)) {
            offers.save(tx, refused);
            platform.audit().append(tx, "offer.refuse", consult.subject().part("offer", id));
            platform
                .outbox()
                .publish(tx, new OfferRefused(id, consult.id(), refused.specialist(), reason));
            changes.remember(
                tx,
                consult,
                Line.by(tx, Kind.REFUSED).because(comment).with(Map.of("reason", reason.wire())));
            tell(tx, refused);
            passOn(tx, consult, refused.lane());
          }
          return outcome;
        });
  }

  /** The coordinator takes an open offer back and decides anew. */
  public void withdraw(Tx tx, OfferId id) {
    var found = visible(tx, id).offer();
    platform.careTeam().standing(tx, found.consult()).require(Relation.COORDINATOR);
    ServerDuty.in(
        tx,
        () -> {
          var consult = changes.lock(tx, found.consult());
          var withdrawn =
              offers
                  .lock(tx, id)
                  .orElseThrow()
                  .offer()
                  .withdraw(tx.now())
                  .orElseThrow(() -> notOpen("This offer is no longer open."));
          takeBack(tx, consult, withdrawn);
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
      // Who has left is not ranked at all.
      boolean mayAnswer =
          matching.rank(tx, consult).ranked().stream()
              .filter(ranked -> ranked.helper().id().equals(specialist))
              .anyMatch(ranked ->
                  ranked.barred().stream().noneMatch(t -> NO_LONGER_FIT.contains(t.code())));
      if (!mayAnswer) {
        for (var open : offers.lockOpen(tx, id)) {
          if (open.offer().specialist().equals(specialist)) {
            takeBack(tx, consult, open.offer().withdraw(tx.now()).orElseThrow());
            passOn(tx, consult, open.offer().lane());
          }
        }
      }
    }
  }

  /** The time of an offer is over: the next one is asked, or the coordinator told. */
  void expire(Tx tx, ConsultId id, OfferId offer) {
    var consult = changes.lock(tx, id);
    offers
        .lock(tx, offer)
        .flatMap(kept -> kept.offer().expire(tx.now()))
        .ifPresent(expired -> {
          offers.save(tx, expired);
          platform.audit().append(tx, "offer.expire", consult.subject().part("offer", offer));
          platform.outbox().publish(tx, new OfferExpired(offer, id, expired.specialist()));
          changes.remember(tx, consult, Line.by(tx, Kind.EXPIRED).about(expired.specialist()));
          tell(tx, expired);
          passOn(tx, consult, expired.lane());
        });
  }

  /** What ends with its consult. */
  public void end(Tx tx, Consult consult, String reason) {
    withdrawOpen(tx, consult);
  }

  /** Ranks anew, as things stand at this moment, without those who have been asked. */
  private void passOn(Tx tx, Consult consult, int lane) {
    var ranking = matching.rank(tx, consult);
    var next = Ranking.next(ranking.ranked());
    if (next.isPresent()) {
      int minutes = targets(tx, consult).offerMinutes();
      send(tx, consult, ranking, next.get(), lane, minutes, Kind.PASSED_ON);
    } else if (offers.lockOpen(tx, consult.id()).isEmpty()
        && consult.returnToCoordinator() instanceof Step.Taken(var returned)) {
      changes.save(tx, returned, Line.by(tx, Kind.NOBODY_LEFT).actor(Optional.empty()));
    }
  }

  private OfferId send(
      Tx tx,
      Consult consult,
      MatchingService.Result ranking,
      Ranked to,
      int lane,
      int minutes,
      Kind how) {
    var offer =
        new Offer(
            OfferId.random(),
            consult.organisation(),
            consult.id(),
            to.helper().id(),
            lane,
            OfferStatus.OPEN,
            tx.now(),
            tx.now().plus(Duration.ofMinutes(minutes)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var by = how == Kind.OFFERED ? Optional.of(tx.caller().account()) : Optional.<AccountId>empty();
    offers.insert(
        tx,
        new OfferStore.Draft(
            offer,
            consult.patient(),
            to.rank(),
            to.terms(),
            ranking.consult().weights().version(),
            about(tx, consult),
            consult.targetsVersion()),
        by);
    platform.audit().append(tx, "consult.offer", consult.subject().part("offer", offer.id()));
    platform
        .outbox()
        .publish(
            tx,
            new ConsultOffered(
                offer.id(),
                consult.id(),
                offer.specialist(),
                offer.expiresAt(),
                consult.urgency().now(),
                to.helper().onCallNow()));
    changes.save(
        tx,
        ConsultChanges.taken(consult.offer()),
        Line.by(tx, how).actor(by).about(offer.specialist()));
    tell(tx, offer);
    return offer.id();
  }

  private About about(Tx tx, Consult consult) {
    var request = consult.request();
    var site = platform.directory().site(tx, request.site());
    int minutes = targets(tx, consult).answerMinutes();
    return new About(
        request.age(),
        request.sex(),
        request.question(),
        consult.urgency().now(),
        consult.specialty().orElse(""),
        consult.mode(),
        request.patientLanguage(),
        request.clinicLanguage(),
        SiteRef.of(site),
        Optional.of(request.submittedAt().plus(Duration.ofMinutes(minutes))));
  }

  private void withdrawOpen(Tx tx, Consult consult) {
    for (var open : offers.lockOpen(tx, consult.id())) {
      open.offer().withdraw(tx.now()).ifPresent(offer -> takeBack(tx, consult, offer));
    }
  }

  private void takeBack(Tx tx, Consult consult, Offer withdrawn) {
    offers.save(tx, withdrawn);
    platform.audit().append(tx, "offer.withdraw", consult.subject().part("offer", withdrawn.id()));
    platform
        .outbox()
        .publish(tx, new OfferWithdrawn(withdrawn.id(), consult.id(), withdrawn.specialist()));
    changes.remember(tx, consult, Line.by(tx, Kind.OFFER_WITHDRAWN).about(withdrawn.specialist()));
    tell(tx, withdrawn);
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

  private UrgencyTargets targets(Tx tx, Consult consult) {
    return catalogue.version(tx, consult.targetsVersion()).targets(consult.urgency().now());
  }

  private void tell(Tx tx, Offer offer) {
    platform
        .changes()
        .tell(tx, "offers", offer.id().value(), offer.organisation(), List.of(offer.specialist()));
  }
}
