package org.consilium.scheduling.offer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Said;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OfferId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.scheduling.ladder.Act;
import org.consilium.scheduling.ladder.Attention;
import org.consilium.scheduling.ladder.Ladder;
import org.consilium.scheduling.ladder.LadderWords;
import org.consilium.scheduling.ladder.Placing;
import org.consilium.scheduling.ladder.Timer;

/** The ladder of one consult as the contract shows it: what was done, what comes, and when. */
final class LadderViews {
  record View(
      int version,
      boolean isProposal,
      boolean lifeThreatening,
      Attention attention,
      Optional<Instant> pausedUntil,
      Optional<Pinned> pinned,
      List<StepView> steps) {}

  record Pinned(PersonRef specialist, Instant until) {}

  record StepView(
      String sentence,
      Said said,
      State state,
      Instant plannedAt,
      Instant at,
      Optional<Act> act,
      Optional<PersonRef> specialist) {}

  enum State implements Wire {
    DONE,
    /** There was nothing to do when its time came, or it was over before. */
    MOOT,
    LEFT_OUT,
    NEXT,
    LATER
  }

  private final Platform platform;
  private final LadderService service;

  LadderViews(Platform platform, LadderService service) {
    this.platform = platform;
    this.service = service;
  }

  /** The caller must have been looked at before: it reads with the server's sight. */
  View of(Tx tx, ConsultId consult) {
    return tx.asServer(() -> {
      var placing = Optional.ofNullable(service.ladders().of(tx, List.of(consult)).get(consult));
      var ladder = service.ladders().version(tx, placing.map(Placing::ladderVersion).orElse(1));
      return view(tx, consult, placing, ladder);
    });
  }

  private View view(Tx tx, ConsultId consult, Optional<Placing> placing, Ladder ladder) {
    var askedBy =
        service.offers().ofConsult(tx, consult).stream()
            .map(OfferStore.Kept::offer)
            .collect(Collectors.toMap(Offer::id, Function.identity()));
    var people = new HashSet<AccountId>();
    askedBy.values().forEach(offer -> people.add(offer.specialist()));
    var pin = placing.flatMap(p -> p.pinned().filter(it -> tx.now().isBefore(it.until())));
    pin.ifPresent(p -> people.add(p.specialist()));
    var names =
        platform.directory().people(tx, people).values().stream()
            .collect(Collectors.toMap(p -> p.id(), p -> new PersonRef(p.id(), p.name())));
    boolean life = placing.map(Placing::lifeThreatening).orElse(false);
    return new View(
        ladder.version(),
        ladder.isProposal(),
        life,
        placing.map(Placing::attention).orElse(Attention.NONE),
        placing.flatMap(p -> p.pausedUntil().filter(tx.now()::isBefore)),
        pin.map(p -> new Pinned(names.get(p.specialist()), p.until())),
        steps(service.timers().ofConsult(tx, consult), ladder, life, askedBy, names));
  }

  private static List<StepView> steps(
      List<Timer> timers,
      Ladder ladder,
      boolean life,
      Map<OfferId, Offer> offers,
      Map<AccountId, PersonRef> names) {
    var next =
        timers.stream()
            .filter(timer -> timer.firedAt().isEmpty())
            .map(Timer::dueAt)
            .min(Instant::compareTo);
    var steps = new ArrayList<StepView>();
    for (var timer : timers) {
      var who = timer.offer().map(offers::get).map(offer -> names.get(offer.specialist()));
      var sentence = LadderWords.sentence(ladder, timer, life, who.map(PersonRef::name));
      steps.add(
          new StepView(
              sentence.text(),
              sentence.said(),
              state(timer, next),
              timer.plannedAt(),
              timer.firedAt().orElse(timer.dueAt()),
              timer
                  .urgency()
                  .flatMap(urgency -> ladder.step(urgency, timer.position()))
                  .map(step -> step.act()),
              who));
    }
    steps.sort(java.util.Comparator.comparing(StepView::at));
    return steps;
  }

  private static State state(Timer timer, Optional<Instant> next) {
    if (timer.firedAt().isEmpty()) {
      return next.filter(timer.dueAt()::equals).isPresent() ? State.NEXT : State.LATER;
    }
    return switch (timer.outcome().orElse(Timer.Outcome.DONE)) {
      case DONE, BROUGHT_FORWARD -> State.DONE;
      case MOOT -> State.MOOT;
      case LEFT_OUT -> State.LEFT_OUT;
    };
  }
}
