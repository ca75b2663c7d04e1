package org.consilium.scheduling.owner;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Said;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.platform.identity.Role;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.ladder.Attention;
import org.consilium.scheduling.ladder.Ladder;
import org.consilium.scheduling.ladder.LadderStore;
import org.consilium.scheduling.ladder.LadderWords;
import org.consilium.scheduling.ladder.Placing;
import org.consilium.scheduling.ladder.Placing.Redirection;
import org.consilium.scheduling.ladder.SupervisorCallId;
import org.consilium.scheduling.ladder.SupervisorCallStore;
import org.consilium.scheduling.ladder.Timer;
import org.consilium.scheduling.ladder.TimerStore;

/** Who answers for each consult of a page, and what comes next by itself. */
public final class Custodies {
  /**
   * As the contract shows it. Only the owning organisation sees more than the owner.
   *
   * @param handingTo who was asked to take it over
   * @param supervisorCall what coordinators and supervisors have to telephone about
   */
  record View(
      Owned owner,
      Optional<PersonRef> coordinator,
      Optional<PersonRef> handingTo,
      Attention attention,
      Optional<Next> next,
      Optional<Instant> pausedUntil,
      Optional<Phone> supervisorCall,
      Optional<Redirection> redirected) {}

  record Phone(SupervisorCallId id, Instant since, Optional<String> number) {}

  record Owned(Owner.Kind kind, Optional<PersonRef> person) {}

  record Next(Instant at, String sentence, Said said) {}

  private final Platform platform;
  private final LadderStore ladders;
  private final TimerStore timers = new TimerStore();
  private final SupervisorCallStore calls = new SupervisorCallStore();

  public Custodies(Platform platform, LadderStore ladders) {
    this.platform = platform;
    this.ladders = ladders;
  }

  /** The caller may see these already. A fixed number of statements for a page. */
  public Map<ConsultId, View> of(Tx tx, List<Consult> page) {
    var ids = page.stream().map(Consult::id).toList();
    return tx.asServer(() -> views(tx, page, ladders.of(tx, ids), timers.next(tx, ids)));
  }

  private Map<ConsultId, View> views(
      Tx tx, List<Consult> page, Map<ConsultId, Placing> placings, Map<ConsultId, Timer> next) {
    var people = new HashSet<AccountId>();
    page.forEach(consult ->
        Owner.of(consult, coordinator(placings, consult)).person().ifPresent(people::add));
    placings
        .values()
        .forEach(placing -> {
          placing.coordinator().ifPresent(people::add);
          placing.handingTo().ifPresent(people::add);
        });
    var names = platform.directory().people(tx, people);
    var phones = phones(tx, placings.keySet());
    var versions = new HashMap<Integer, Ladder>();
    var views = new HashMap<ConsultId, View>();
    for (var consult : page) {
      var owner = Owner.of(consult, coordinator(placings, consult));
      var placing = Optional.ofNullable(placings.get(consult.id()));
      boolean isOwners = consult.organisation().equals(tx.caller().organisation());
      var coming =
          Optional.ofNullable(next.get(consult.id()))
              .filter(_ -> isOwners && !consult.status().isOver())
              .map(timer -> {
                var ladder =
                    versions.computeIfAbsent(
                        timer.ladderVersion(), version -> ladders.version(tx, version));
                boolean life = placing.map(Placing::lifeThreatening).orElse(false);
                var sentence = LadderWords.sentence(ladder, timer, life, Optional.empty());
                return new Next(timer.dueAt(), sentence.text(), sentence.said());
              });
      views.put(
          consult.id(),
          new View(
              new Owned(owner.kind(), owner.person().map(id -> ref(names, id))),
              placing.filter(_ -> isOwners).flatMap(Placing::coordinator).map(id -> ref(names, id)),
              placing.filter(_ -> isOwners).flatMap(Placing::handingTo).map(id -> ref(names, id)),
              placing.filter(_ -> isOwners).map(Placing::attention).orElse(Attention.NONE),
              coming,
              placing
                  .filter(_ -> isOwners)
                  .flatMap(Placing::pausedUntil)
                  .filter(tx.now()::isBefore),
              Optional.ofNullable(phones.get(consult.id())).filter(_ -> isOwners),
              placing.flatMap(Placing::redirected)));
    }
    return views;
  }

  private Map<ConsultId, Phone> phones(Tx tx, Set<ConsultId> ids) {
    var role = tx.caller().role();
    if (role != Role.SCHEDULER && role != Role.SUPERVISOR) {
      return Map.of();
    }
    var open = calls.open(tx, ids);
    if (open.isEmpty()) {
      return Map.of();
    }
    var number = calls.line(tx, tx.caller().organisation());
    var phones = new HashMap<ConsultId, Phone>();
    open.forEach((id, call) -> phones.put(id, new Phone(call.id(), call.since(), number)));
    return phones;
  }

  private static Optional<AccountId> coordinator(
      Map<ConsultId, Placing> placings, Consult consult) {
    return Optional.ofNullable(placings.get(consult.id())).flatMap(Placing::coordinator);
  }

  private static PersonRef ref(Map<AccountId, Person> names, AccountId id) {
    return new PersonRef(id, names.get(id).name());
  }
}
