package org.consilium.scheduling.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.identity.Caller;
import org.consilium.platform.identity.Role;
import org.consilium.scheduling.booking.BookingService;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.matching.Case;
import org.consilium.scheduling.matching.Helper;
import org.consilium.scheduling.matching.MatchingService;
import org.consilium.scheduling.plan.PlanStore.Coming;
import org.consilium.scheduling.roster.DutyBoard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prices and proposals each hour, and what people decide about them. */
public final class PlanService {
  private static final Logger LOG = LoggerFactory.getLogger(PlanService.class);

  private static final String REASON = "Moved to a better time by the plan.";

  /** More than that of the last weeks say no more about the next. */
  private static final int RECENT_MAX = 2_000;

  private final Platform platform;
  private final PlanStore plans;
  private final PriceStore prices;
  private final PlanBuilder builder;
  private final ConsultStore consults;
  private final MatchingService matching;
  private final BookingService booking;

  public PlanService(
      Platform platform,
      ConsultStore consults,
      MatchingService matching,
      DutyBoard duties,
      BookingService booking) {
    this.platform = platform;
    this.plans = new PlanStore();
    this.prices = new PriceStore();
    this.builder = new PlanBuilder(consults, matching, duties);
    this.consults = consults;
    this.matching = matching;
    this.booking = booking;
  }

  /** What hours are worth to others, for live matching. */
  public static MatchingService.Prices prices() {
    return new PriceStore();
  }

  // ---- Each hour

  /**
   * Plans this hour unless some node has. To be called every few minutes, off the event loop.
   *
   * @return how many organisations got a proposal
   */
  public int runDue() {
    List<OrganisationId> proposed =
        platform.database().asWorker(tx -> plans.claimHour(tx) ? planHour(tx) : List.of());
    proposed.forEach(this::applyByItself);
    return proposed.size();
  }

  private List<OrganisationId> planHour(Tx tx) {
    var everybody = matching.everybody(tx);
    price(tx, everybody);
    return propose(tx, plans.coming(tx, tx.now()), everybody);
  }

  private void price(Tx tx, List<Helper> everybody) {
    var recent = new ArrayList<Case>();
    for (var consult : consults.since(tx, tx.now().minus(Forecast.LOOK_BACK), RECENT_MAX)) {
      if (consult.urgency().now() != Urgency.RED) {
        recent.add(matching.question(tx, consult));
      }
    }
    if (recent.isEmpty()) {
      return;
    }
    int charge = recent.getFirst().weights().furtherInWeek();
    var forecast = new Forecast(everybody, tx.now(), charge);
    var found = forecast.prices(recent, tx.now().getEpochSecond());
    prices.keep(tx, recent.size(), found.stillToCome(), forecast.kept(found));
  }

  /** Makes proposals where something pays; what was proposed before gives way in any case. */
  private List<OrganisationId> propose(Tx tx, List<Coming> coming, List<Helper> everybody) {
    var proposed = new ArrayList<OrganisationId>();
    var of = coming.stream().collect(Collectors.groupingBy(Coming::organisation));
    for (Map.Entry<OrganisationId, List<Coming>> one : of.entrySet()) {
      var plan = builder.build(tx, one.getKey(), one.getValue(), everybody);
      plan.ifPresentOrElse(
          found -> {
            plans.propose(tx, found);
            proposed.add(one.getKey());
          },
          () -> plans.supersede(tx, one.getKey()));
      tell(tx, one.getKey());
    }
    return proposed;
  }

  /**
   * Somebody's hours or standing changed: whatever is booked with them and no longer fits is
   * planned anew.
   */
  public void volunteerChanged(Tx tx, AccountId volunteer) {
    var coming = plans.coming(tx, tx.now());
    var hit = new HashSet<OrganisationId>();
    for (Coming one : coming) {
      if (one.specialist().equals(volunteer) || one.interpreters().contains(volunteer)) {
        hit.add(one.organisation());
      }
    }
    var theirs = coming.stream().filter(one -> hit.contains(one.organisation())).toList();
    if (!theirs.isEmpty()) {
      propose(tx, theirs, matching.everybody(tx));
    }
  }

  /** In the name of whoever set it so, if they are still a scheduler there. */
  private void applyByItself(OrganisationId organisation) {
    try {
      var setting = platform.database().asWorker(tx -> plans.setting(tx, organisation));
      if (setting.appliesByItself()) {
        var name = setting.setBy().orElseThrow();
        platform
            .database()
            .inTransaction(
                scheduler(organisation, name),
                tx -> {
                  plans
                      .latest(tx, organisation, new Plan.Status[] {Plan.Status.OPEN}, 1)
                      .forEach(plan -> approve(tx, plan.id()));
                  return organisation;
                });
      }
    } catch (Refusal refused) {
      LOG.info("A plan could not be applied by itself and waits: {}", refused.code());
    }
  }

  private Caller scheduler(OrganisationId organisation, AccountId name) {
    var person = platform.database().asWorker(tx -> platform.directory().person(tx, name));
    return new Caller(
        name, organisation, Role.SCHEDULER, person.name(), Optional.empty(), person.zone());
  }

  // ---- What people do with it

  List<Plan> latest(Tx tx, boolean openOnly) {
    var statuses = openOnly ? new Plan.Status[] {Plan.Status.OPEN} : Plan.Status.values();
    return plans.latest(tx, tx.caller().organisation(), statuses, 20);
  }

  Plan find(Tx tx, PlanId id) {
    return plans.find(tx, id).orElseThrow(PlanService::notFound);
  }

  /**
   * Carries a plan out, all of it or nothing. When an appointment of it was moved or cancelled
   * meanwhile the plan is overtaken and nothing happens; 409 {@code slot-taken} when somebody was
   * quicker.
   */
  Plan approve(Tx tx, PlanId id) {
    var plan = lockOpen(tx, id);
    var status = fits(tx, plan) ? Plan.Status.APPLIED : Plan.Status.OVERTAKEN;
    if (status == Plan.Status.APPLIED) {
      carryOut(tx, plan);
    }
    plans.decide(tx, id, status, Optional.empty());
    platform.audit().append(tx, "plan.approve", Subject.of("plan", id).part("outcome", status));
    tell(tx, plan.organisation());
    return find(tx, id);
  }

  /**
   * One after the other, first into times that none of the others still has. Where they only change
   * places among themselves, all of those are let go and booked again.
   */
  private void carryOut(Tx tx, Plan plan) {
    var left = new ArrayList<>(plan.moves());
    left.removeIf(move -> move.start().isEmpty());
    while (!left.isEmpty()) {
      var next = left.stream().filter(move -> isClear(move, left)).findFirst();
      if (next.isEmpty()) {
        changePlaces(tx, left);
        return;
      }
      var move = next.get();
      booking.reschedule(tx, move.appointment(), move.slot().orElseThrow(), REASON);
      left.remove(move);
    }
  }

  private static boolean isClear(Plan.Move move, List<Plan.Move> left) {
    return left.stream()
        .filter(other -> !other.equals(move))
        .noneMatch(other -> other.wasSlot().overlaps(move.slot().orElseThrow()));
  }

  private void changePlaces(Tx tx, List<Plan.Move> moves) {
    moves.forEach(move -> booking.cancel(tx, move.appointment(), REASON));
    for (var move : moves) {
      booking.book(
          tx, move.consult(), move.start().orElseThrow(), move.length(), move.interpreter());
    }
  }

  private boolean fits(Tx tx, Plan plan) {
    var now =
        tx.asServer(() -> plans.coming(tx, tx.now())).stream()
            .collect(Collectors.toMap(Coming::id, one -> one));
    return plan.moves().stream()
        .allMatch(move -> isAsItWas(move, Optional.ofNullable(now.get(move.appointment()))));
  }

  private static boolean isAsItWas(Plan.Move move, Optional<Coming> now) {
    return now.filter(one -> one.slot().start().equals(move.was()))
        .filter(one -> one.specialist().equals(move.specialist()))
        .isPresent();
  }

  Plan reject(Tx tx, PlanId id, String reason) {
    var plan = lockOpen(tx, id);
    plans.decide(tx, id, Plan.Status.REJECTED, Optional.of(reason));
    platform.audit().append(tx, "plan.reject", Subject.of("plan", id));
    tell(tx, plan.organisation());
    return find(tx, id);
  }

  private Plan lockOpen(Tx tx, PlanId id) {
    var plan = plans.lock(tx, id).orElseThrow(PlanService::notFound);
    if (plan.status() != Plan.Status.OPEN) {
      throw new Refusal(409, "plan-decided", "This proposal is no longer open.")
          .with("planStatus", plan.status().wire());
    }
    return plan;
  }

  PlanStore.Setting setting(Tx tx) {
    return plans.setting(tx, tx.caller().organisation());
  }

  void set(Tx tx, boolean appliesByItself) {
    plans.set(tx, appliesByItself);
    platform
        .audit()
        .append(tx, "plan.set", Subject.none().part("appliesByItself", appliesByItself));
  }

  private void tell(Tx tx, OrganisationId organisation) {
    platform.changes().tell(tx, "plan", organisation.value(), organisation, List.of());
  }

  private static Refusal notFound() {
    return Refusal.notFound("plan-not-found", "There is no such proposal for you.");
  }
}
