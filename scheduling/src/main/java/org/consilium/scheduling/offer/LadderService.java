package org.consilium.scheduling.offer;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.access.Relation;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.scheduling.catalogue.CatalogueStore;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultChanges;
import org.consilium.scheduling.consult.ConsultService;
import org.consilium.scheduling.consult.History.Kind;
import org.consilium.scheduling.consult.History.Line;
import org.consilium.scheduling.consult.Status;
import org.consilium.scheduling.consult.Step;
import org.consilium.scheduling.ladder.Attention;
import org.consilium.scheduling.ladder.LadderStep;
import org.consilium.scheduling.ladder.LadderStep.Phase;
import org.consilium.scheduling.ladder.LadderStore;
import org.consilium.scheduling.ladder.Placing;
import org.consilium.scheduling.ladder.Timer;
import org.consilium.scheduling.ladder.Timer.Outcome;
import org.consilium.scheduling.ladder.TimerStore;

/**
 * Places consults by the ladder that each began with, and lets the coordinator hold it back, hurry
 * it, or name the only one to be asked. A timer and what it brings about are one transaction.
 */
public final class LadderService implements ConsultService.Placement {
  /** Nobody holds back a consult longer in one go. */
  static final Duration HOLD_MAX = Duration.ofDays(7);

  /** Stands for "go on" when a pause is over. */
  private static final int GO_ON = 0;

  /** What becomes of the next step when the coordinator does not wait for it. */
  public enum Skip implements Wire {
    NOW,
    LEAVE_OUT
  }

  private final Platform platform;
  private final CatalogueStore catalogue;
  private final ConsultChanges changes;
  private final OfferStore offers;
  private final LadderStore ladders;
  private final TimerStore timers;
  private final Asking asking;
  private final OfferService service;
  private final SupervisorCalls supervisorCalls;

  LadderService(
      Platform platform,
      CatalogueStore catalogue,
      ConsultChanges changes,
      OfferStore offers,
      LadderStore ladders,
      TimerStore timers,
      Asking asking,
      OfferService service) {
    this.platform = platform;
    this.catalogue = catalogue;
    this.changes = changes;
    this.offers = offers;
    this.ladders = ladders;
    this.timers = timers;
    this.asking = asking;
    this.service = service;
    this.supervisorCalls = new SupervisorCalls(platform, changes);
  }

  TimerStore timers() {
    return timers;
  }

  OfferStore offers() {
    return offers;
  }

  SupervisorCalls supervisorCalls() {
    return supervisorCalls;
  }

  LadderStore ladders() {
    return ladders;
  }

  /** It begins, under the newest ladder, which it keeps. */
  @Override
  public void opened(Tx tx, Consult consult) {
    var placing = ladders.lock(tx, consult.id(), consult.organisation());
    setSteps(tx, consult, placing, Phase.TRIAGE);
  }

  /** Confirmed: the coordinator answers for it by name, and the steps of its urgency begin. */
  @Override
  public void confirmed(Tx tx, Consult consult, boolean lifeThreatening) {
    var placing = ladders.lock(tx, consult.id(), consult.organisation());
    var by = Optional.of(tx.caller()).filter(c -> c.isPerson()).map(c -> c.account());
    var begun =
        by.filter(_ -> placing.coordinator().isEmpty())
            .map(placing::ownedBy)
            .orElse(placing)
            .lifeThreatening(lifeThreatening);
    ladders.save(tx, begun);
    timers.overForConsult(tx, consult.id(), Optional.empty());
    setSteps(tx, consult, begun, Phase.PLACING);
  }

  private void setSteps(Tx tx, Consult consult, Placing placing, Phase phase) {
    var urgency = consult.urgency().now();
    var ladder = ladders.version(tx, placing.ladderVersion());
    for (var step : ladder.ofConsult(urgency, phase)) {
      var due = step.due(consult.request().submittedAt(), tx.now());
      setStep(tx, consult, placing, step.position(), due);
    }
  }

  private void setStep(Tx tx, Consult consult, Placing placing, int position, Instant due) {
    timers.set(
        tx,
        TimerStore.make(
            consult.id(),
            Optional.empty(),
            Timer.Kind.STEP,
            placing.ladderVersion(),
            consult.urgency().now(),
            position,
            due,
            placing.heldUntil(tx.now())),
        consult.targetsVersion());
  }

  /** Carries out what is due, in the server's own transaction, and marks it. */
  void fire(Tx tx, Timer timer) {
    var consult = changes.lock(tx, timer.consult());
    boolean done =
        switch (timer.kind()) {
          case OFFER_EXPIRY -> service.expire(tx, consult, timer.offer().orElseThrow(), timer.id());
          case OFFER_STEP -> offerStep(tx, consult, timer);
          case STEP -> step(tx, consult, timer);
        };
    timers.fired(tx, timer.id(), done ? Outcome.DONE : Outcome.MOOT);
  }

  private boolean offerStep(Tx tx, Consult consult, Timer timer) {
    var step = stepOf(tx, timer);
    var kept = offers.lock(tx, timer.offer().orElseThrow()).orElseThrow();
    if (kept.offer().status() != OfferStatus.OPEN || kept.trace().passedOn()) {
      return false;
    }
    if (step.asks(false) == 0) {
      remind(tx, consult, kept);
      return true;
    }
    var placing = ladders.lock(tx, consult.id(), consult.organisation());
    int asked = asking.ask(tx, consult, placing, step);
    if (asked > 0) {
      offers.passedOn(tx, kept.offer().id());
    }
    return asked > 0;
  }

  private void remind(Tx tx, Consult consult, OfferStore.Kept kept) {
    var offer = kept.offer();
    offers.reminded(tx, offer.id());
    platform.audit().append(tx, "offer.remind", kept.subject());
    platform.outbox().publish(tx, new OfferReminded(offer.id(), consult.id(), offer.specialist()));
    changes.remember(tx, consult, Line.by(tx, Kind.REMINDED).about(offer.specialist()));
    asking.tell(tx, offer);
  }

  private boolean step(Tx tx, Consult consult, Timer timer) {
    var placing = ladders.lock(tx, consult.id(), consult.organisation());
    if (timer.position() == GO_ON) {
      return goOn(tx, consult, placing);
    }
    var step = stepOf(tx, timer);
    if (!Climb.isStillOf(step, consult.status())) {
      return false;
    }
    return switch (step.act()) {
      case ASK, SPECIALTY, ANY_DOCTOR, NEXT -> asking.ask(tx, consult, placing, step) > 0;
      case RING -> ring(tx, consult, placing, step, timer);
      case OWN -> overdue(tx, consult, placing);
      case SUPERVISOR -> supervisor(tx, consult, placing);
      case CONFIRM -> {
        // Marked before: once confirmed, nothing of the triage is to happen any more.
        timers.fired(tx, timer.id(), Outcome.DONE);
        yield confirmByRule(tx, consult, placing);
      }
      case REMIND -> throw new IllegalStateException("only an offer is reminded of");
    };
  }

  /** One more is rung; the timer of the one after is set once this one is marked. */
  private boolean ring(Tx tx, Consult consult, Placing placing, LadderStep step, Timer timer) {
    int asked = asking.ask(tx, consult, placing, step);
    if (Climb.repeats(step, asked)) {
      timers.fired(tx, timer.id(), Outcome.DONE);
      setStep(tx, consult, placing, step.position(), tx.now().plus(step.every().orElseThrow()));
    }
    return asked > 0;
  }

  private boolean overdue(Tx tx, Consult consult, Placing placing) {
    var after = placing.needs(Attention.OWN);
    if (after.equals(placing)) {
      return false;
    }
    ladders.save(tx, after);
    platform.audit().append(tx, "ladder.overdue", consult.subject());
    changes.remember(tx, consult, Line.by(tx, Kind.OVERDUE));
    return true;
  }

  private boolean supervisor(Tx tx, Consult consult, Placing placing) {
    ladders.save(tx, placing.needs(Attention.SUPERVISOR));
    return supervisorCalls.arise(tx, consult);
  }

  /** Only what the rules computed and the clinic asked for alike, with a known specialty. */
  private boolean confirmByRule(Tx tx, Consult consult, Placing placing) {
    var words = catalogue.version(tx, consult.targetsVersion());
    var field = consult.specialty().filter(code -> words.specialty(code).isPresent());
    var urgency = consult.urgency().computed();
    boolean agreed = urgency == consult.urgency().requested();
    if (field.isEmpty()
        || !agreed
        || !(consult.triage(urgency, field.get(), consult.mode(), words.targets(urgency))
            instanceof Step.Taken(var triaged))) {
      return overdue(tx, consult, placing);
    }
    platform.audit().append(tx, "consult.confirm-by-rule", consult.subject());
    changes.save(
        tx,
        triaged,
        Line.by(tx, Kind.CONFIRMED_BY_RULE)
            .with(Map.of("urgency", urgency.wire(), "specialty", field.get())));
    confirmed(tx, triaged, false);
    return true;
  }

  private boolean goOn(Tx tx, Consult consult, Placing placing) {
    boolean waits =
        consult.status() == Status.TRIAGED && !offers.ofConsult(tx, consult.id()).isEmpty();
    return waits && placing.heldUntil(tx.now()).isEmpty() && asking.askNext(tx, consult, placing);
  }

  private LadderStep stepOf(Tx tx, Timer timer) {
    return ladders
        .version(tx, timer.ladderVersion())
        .step(timer.urgency().orElseThrow(), timer.position())
        .orElseThrow();
  }

  /** The ladder asks nobody more until then. What is open stays open and may be answered. */
  public void pause(Tx tx, ConsultId id, Instant until) {
    act(
        tx,
        id,
        "ladder.pause",
        (consult, placing) -> {
          mustBePlacing(consult);
          mustBeSoon(tx, until);
          ladders.save(tx, placing.pausedUntil(Optional.of(until)));
          timers.hold(tx, id, until);
          dropGoOn(tx, id);
          timers.set(
              tx,
              TimerStore.make(
                  id,
                  Optional.empty(),
                  Timer.Kind.STEP,
                  placing.ladderVersion(),
                  consult.urgency().now(),
                  GO_ON,
                  until,
                  Optional.empty()),
              consult.targetsVersion());
          changes.remember(
              tx, consult, Line.by(tx, Kind.PAUSED).with(Map.of("until", until.toString())));
        });
  }

  /** A pause ends before its time. */
  public void resume(Tx tx, ConsultId id) {
    act(
        tx,
        id,
        "ladder.resume",
        (consult, placing) -> {
          if (placing.pausedUntil().filter(tx.now()::isBefore).isEmpty()) {
            return;
          }
          var free = placing.pausedUntil(Optional.empty());
          ladders.save(tx, free);
          timers.hold(tx, id, free.heldUntil(tx.now()).orElse(tx.now()));
          dropGoOn(tx, id);
          changes.remember(tx, consult, Line.by(tx, Kind.RESUMED));
          tx.inServersName(() -> goOn(tx, consult, free));
        });
  }

  private void dropGoOn(Tx tx, ConsultId id) {
    timers.pending(tx, id).stream()
        .filter(timer -> timer.position() == GO_ON)
        .forEach(timer -> timers.fired(tx, timer.id(), Outcome.MOOT));
  }

  /** The next step of the consult itself happens now, or not at all. */
  public void skip(Tx tx, ConsultId id, Skip how) {
    act(
        tx,
        id,
        "ladder.skip",
        (consult, placing) -> {
          var next =
              timers.pending(tx, id).stream()
                  .filter(timer -> timer.position() != GO_ON)
                  .findFirst()
                  .orElseThrow(
                      () -> new Refusal(409, "no-step-left", "The ladder has no step left."));
          changes.remember(
              tx, consult, Line.by(tx, Kind.STEP_SKIPPED).with(Map.of("how", how.wire())));
          timers.fired(tx, next.id(), how == Skip.NOW ? Outcome.BROUGHT_FORWARD : Outcome.LEFT_OUT);
          if (how == Skip.NOW) {
            tx.inServersName(() -> step(tx, consult, next));
          }
        });
  }

  /** Only this specialist is asked, until then; offers to others are taken back. */
  public OfferId pin(Tx tx, ConsultId id, AccountId specialist, Instant until) {
    var sent = new OfferId[1];
    act(
        tx,
        id,
        "ladder.pin",
        (consult, placing) -> {
          mustBePlacing(consult);
          mustBeSoon(tx, until);
          asking.withdrawOpen(tx, consult, Optional.empty());
          var pinned = placing.pinned(Optional.of(new Placing.Pin(specialist, until)));
          ladders.save(tx, pinned);
          timers.hold(tx, id, pinned.heldUntil(tx.now()).orElseThrow());
          var looked = asking.look(tx, consult, pinned);
          var chosen = OfferService.mayBeAsked(looked.ranking(), specialist);
          sent[0] = asking.send(tx, consult, pinned, looked, chosen, until, Kind.PINNED);
        });
    return sent[0];
  }

  private interface Work {
    void on(Consult consult, Placing placing);
  }

  private void act(Tx tx, ConsultId id, String action, Work work) {
    platform.careTeam().standing(tx, id).require(Relation.COORDINATOR);
    tx.asServer(() -> {
      var consult = changes.lock(tx, id);
      platform.audit().append(tx, action, consult.subject());
      work.on(consult, ladders.lock(tx, id, consult.organisation()));
    });
  }

  private static void mustBePlacing(Consult consult) {
    if (consult.status() != Status.TRIAGED && consult.status() != Status.OFFERED) {
      ConsultChanges.taken(new Step.NotNow(consult.status()));
    }
  }

  private static void mustBeSoon(Tx tx, Instant until) {
    if (!until.isAfter(tx.now()) || until.isAfter(tx.now().plus(HOLD_MAX))) {
      throw Refusal.invalid("/until", "Choose a moment within the next seven days.");
    }
  }
}
