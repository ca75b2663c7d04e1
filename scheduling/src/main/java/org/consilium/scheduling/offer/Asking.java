package org.consilium.scheduling.offer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Sentence;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.identity.SiteRef;
import org.consilium.scheduling.catalogue.Catalogue.UrgencyTargets;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;
import org.consilium.scheduling.consult.Step;
import org.consilium.scheduling.ladder.LadderStep;
import org.consilium.scheduling.ladder.LadderStore;
import org.consilium.scheduling.ladder.Placing;
import org.consilium.scheduling.ladder.Timer;
import org.consilium.scheduling.ladder.TimerStore;
import org.consilium.scheduling.matching.MatchingService;
import org.consilium.scheduling.matching.Ranking.Ranked;
import org.consilium.scheduling.matching.Term;

/**
 * Sends offers and takes them back. Whoever comes here holds the consult's lock and the server's
 * role.
 */
final class Asking {
  /** As many as can wait for an answer together. */
  static final int LANES_MAX = 99;

  private final Platform platform;
  private final OfferStore offers;
  private final LadderStore ladders;
  private final TimerStore timers;
  private final CatalogueStore catalogue;
  private final MatchingService matching;
  private final ConsultChanges changes;
  private final RingsByHand byHand;

  Asking(
      Platform platform,
      OfferStore offers,
      LadderStore ladders,
      TimerStore timers,
      CatalogueStore catalogue,
      MatchingService matching,
      ConsultChanges changes,
      RingsByHand byHand) {
    this.platform = platform;
    this.offers = offers;
    this.ladders = ladders;
    this.timers = timers;
    this.catalogue = catalogue;
    this.matching = matching;
    this.changes = changes;
    this.byHand = byHand;
  }

  /** Who could be asked, at this moment. */
  record Looked(
      MatchingService.Result ranking, Climb.Field field, Map<AccountId, AccountId> named) {
    Ranked ranked(Climb.Person who) {
      return ranking.ranked().stream()
          .filter(r -> r.helper().id().equals(who.id()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Climb.Person person(Ranked r) {
    return new Climb.Person(r.helper().id(), r.isBarred(), r.fits(), r.helper().onCallNow());
  }

  Looked look(Tx tx, Consult consult, Placing placing) {
    var ranking = matching.rank(tx, consult);
    var named = offers.colleagues(tx, consult.id());
    var onCall =
        ranking.ranked().stream()
            .filter(r -> r.helper().onCallNow())
            .map(r -> r.helper().id())
            .toList();
    var field =
        new Climb.Field(
            consult.urgency().now(),
            ranking.ranked().stream().map(Asking::person).toList(),
            List.copyOf(named.keySet()),
            offers.ringBudgetSpent(tx, onCall, byHand),
            offers.lockOpen(tx, consult.id()).size(),
            placing.lifeThreatening());
    return new Looked(ranking, field, named);
  }

  /** Carries out a step that asks; says how many were asked. In the server's name. */
  int ask(Tx tx, Consult consult, Placing placing, LadderStep step) {
    var looked = look(tx, consult, placing);
    var chosen = Climb.chosen(step, looked.field());
    chosen.forEach(who -> passTo(tx, consult, placing, looked, who));
    return chosen.size();
  }

  /**
   * An offer has ended without being accepted: the next is asked, in the server's name, or the
   * coordinator decides.
   */
  void passOn(Tx tx, Consult consult, OfferStore.Kept ended) {
    tx.inServersName(() -> {
      int open = offers.lockOpen(tx, consult.id()).size();
      if (!Climb.passesOn(ended.trace().passedOn(), open)) {
        return;
      }
      var placing = ladders.lock(tx, consult.id(), consult.organisation());
      if (placing.heldUntil(tx.now()).isPresent()) {
        backIfNobodyIsAsked(tx, consult, Optional.empty());
      } else {
        askNext(tx, consult, placing);
      }
    });
  }

  /** Asks the next one; false when nobody is left, and then the coordinator decides. */
  boolean askNext(Tx tx, Consult consult, Placing placing) {
    var looked = look(tx, consult, placing);
    var next = Climb.next(looked.field());
    next.forEach(who -> passTo(tx, consult, placing, looked, who));
    if (next.isEmpty()) {
      backIfNobodyIsAsked(
          tx, consult, Optional.of(Line.by(tx, Kind.NOBODY_LEFT).actor(Optional.empty())));
    }
    return !next.isEmpty();
  }

  private void backIfNobodyIsAsked(Tx tx, Consult consult, Optional<Line> line) {
    if (offers.lockOpen(tx, consult.id()).isEmpty()
        && consult.returnToCoordinator() instanceof Step.Taken(var returned)) {
      changes.save(tx, returned, line.stream().toArray(Line[]::new));
    }
  }

  private void passTo(Tx tx, Consult consult, Placing placing, Looked looked, Climb.Person who) {
    int minutes = targets(tx, consult).offerMinutes();
    var until = tx.now().plus(Duration.ofMinutes(minutes));
    send(tx, consult, placing, looked, looked.ranked(who), until, Kind.PASSED_ON);
  }

  OfferId send(
      Tx tx, Consult consult, Placing placing, Looked looked, Ranked to, Instant until, Kind how) {
    var offer =
        new Offer(
            OfferId.random(),
            consult.organisation(),
            consult.id(),
            to.helper().id(),
            freeLane(offers.lockOpen(tx, consult.id())),
            OfferStatus.OPEN,
            tx.now(),
            until,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    boolean rings = looked.field().rings(person(to));
    var by = how == Kind.PASSED_ON ? Optional.<AccountId>empty() : Optional.of(caller(tx));
    offers.insert(
        tx,
        new OfferStore.Draft(
            offer,
            consult.patient(),
            to.rank(),
            terms(tx, looked, to),
            looked.ranking().consult().weights().version(),
            about(tx, consult),
            rings),
        by);
    setTimers(tx, consult, placing, offer);
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
                rings));
    changes.save(
        tx,
        ConsultChanges.taken(consult.offer()),
        Line.by(tx, how).actor(by).about(offer.specialist()));
    tell(tx, offer);
    return offer.id();
  }

  private static AccountId caller(Tx tx) {
    return tx.caller().account();
  }

  private static int freeLane(List<OfferStore.Kept> open) {
    int lane = 1;
    while (isTaken(open, lane)) {
      lane++;
    }
    return lane;
  }

  private static boolean isTaken(List<OfferStore.Kept> open, int lane) {
    return open.stream().anyMatch(o -> o.offer().lane() == lane);
  }

  /** What the specialist and the coordinator read; who was named by a colleague is told so. */
  private List<Term> terms(Tx tx, Looked looked, Ranked to) {
    var by = looked.named().get(to.helper().id());
    if (by == null) {
      return to.terms();
    }
    var name = platform.directory().person(tx, by).name();
    var terms = new ArrayList<Term>();
    terms.add(new Term("named", Sentence.of("fit.named", "Named by {who}.").with("who", name), 0));
    terms.addAll(to.terms());
    return terms;
  }

  private void setTimers(Tx tx, Consult consult, Placing placing, Offer offer) {
    var urgency = consult.urgency().now();
    int version = placing.ladderVersion();
    var id = Optional.of(offer.id());
    timers.set(
        tx,
        TimerStore.make(
            consult.id(),
            id,
            Timer.Kind.OFFER_EXPIRY,
            version,
            urgency,
            0,
            offer.expiresAt(),
            Optional.empty()),
        consult.targetsVersion());
    // Whoever alone is asked is reminded, but nobody else is asked beside them.
    boolean pinned = placing.pinnedAt(tx.now()).filter(offer.specialist()::equals).isPresent();
    for (var step : ladders.version(tx, version).ofOffer(urgency)) {
      boolean waits = step.asks(false) > 0;
      if (pinned && waits) {
        continue;
      }
      timers.set(
          tx,
          TimerStore.make(
              consult.id(),
              id,
              Timer.Kind.OFFER_STEP,
              version,
              urgency,
              step.position(),
              step.within(offer.sentAt(), offer.expiresAt()),
              placing.heldUntil(tx.now()).filter(_ -> waits)),
          consult.targetsVersion());
    }
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

  /** Everything open but {@code except}. */
  void withdrawOpen(Tx tx, Consult consult, Optional<OfferId> except) {
    for (var open : offers.lockOpen(tx, consult.id())) {
      if (except.filter(open.offer().id()::equals).isEmpty()) {
        open.offer().withdraw(tx.now()).ifPresent(offer -> takeBack(tx, consult, offer));
      }
    }
  }

  void takeBack(Tx tx, Consult consult, Offer withdrawn) {
    offers.save(tx, withdrawn);
    timers.overForOffer(tx, withdrawn.id(), Optional.<UUID>empty());
    platform.audit().append(tx, "offer.withdraw", consult.subject().part("offer", withdrawn.id()));
    platform
        .outbox()
        .publish(tx, new OfferWithdrawn(withdrawn.id(), consult.id(), withdrawn.specialist()));
    changes.remember(tx, consult, Line.by(tx, Kind.OFFER_WITHDRAWN).about(withdrawn.specialist()));
    tell(tx, withdrawn);
  }

  UrgencyTargets targets(Tx tx, Consult consult) {
    return catalogue.version(tx, consult.targetsVersion()).targets(consult.urgency().now());
  }

  void tell(Tx tx, Offer offer) {
    platform
        .changes()
        .tell(tx, "offers", offer.id().value(), offer.organisation(), List.of(offer.specialist()));
  }
}
