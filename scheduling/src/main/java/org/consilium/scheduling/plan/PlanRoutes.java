package org.consilium.scheduling.plan;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.AppointmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.SiteId;
import org.consilium.platform.identity.Person;
import org.consilium.platform.identity.PersonRef;
import org.consilium.platform.identity.Site;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.matching.Term;

/** HTTP for plans. */
public final class PlanRoutes {
  public static final String CONTRACT = "openapi/planning.yaml";

  record Listed(List<View> items, boolean appliesByItself) {}

  record View(
      PlanId id,
      Plan.Cause cause,
      Plan.Status status,
      Instant madeAt,
      String weightsVersion,
      long valueBefore,
      long valueAfter,
      List<MoveView> moves,
      Optional<PersonRef> decidedBy,
      Optional<Instant> decidedAt,
      Optional<String> reason) {}

  record MoveView(
      AppointmentId appointmentId,
      ConsultId consultId,
      String question,
      Urgency urgency,
      PersonRef specialist,
      ZoneId specialistZone,
      Clinic clinic,
      ZoneId clinicZone,
      Instant was,
      Optional<Instant> start,
      int minutes,
      int pointsBefore,
      int pointsAfter,
      List<Change> changes) {}

  record Clinic(SiteId id, String name) {}

  /** One reason that differs between the two times. */
  record Change(String code, Optional<String> before, Optional<String> after, int points) {}

  record Reject(String reason) {}

  record Setting(boolean appliesByItself) {}

  private final Platform platform;
  private final PlanService plans;
  private final ConsultStore consults;

  public PlanRoutes(Platform platform, PlanService plans, ConsultStore consults) {
    this.platform = platform;
    this.plans = plans;
    this.consults = consults;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listPlans", this::list)
        .operation("getPlan", this::get)
        .operation("approvePlan", this::approve)
        .operation("rejectPlan", this::reject)
        .operation("setPlanning", this::set);
  }

  private Answer list(Call call) {
    var tx = call.tx();
    boolean openOnly = call.query("status").filter("open"::equals).isPresent();
    var listed = plans.latest(tx, openOnly);
    var shown =
        listed.stream()
            .flatMap(plan -> plan.moves().stream())
            .map(move -> move.consult().toString())
            .distinct()
            .collect(Collectors.joining(","));
    platform.audit().append(tx, "plan.list", Subject.none().part("consults", shown));
    return Answer.ok(new Listed(views(tx, listed), plans.setting(tx).appliesByItself()));
  }

  private Answer get(Call call) {
    var id = id(call);
    var plan = plans.find(call.tx(), id);
    platform.audit().append(call.tx(), "plan.read", Subject.of("plan", id));
    return Answer.ok(view(call.tx(), plan));
  }

  private Answer approve(Call call) {
    return Answer.ok(view(call.tx(), plans.approve(call.tx(), id(call))));
  }

  private Answer reject(Call call) {
    var reason = call.body(Reject.class).reason();
    return Answer.ok(view(call.tx(), plans.reject(call.tx(), id(call), reason)));
  }

  private Answer set(Call call) {
    plans.set(call.tx(), call.body(Setting.class).appliesByItself());
    return Answer.ok(new Setting(plans.setting(call.tx()).appliesByItself()));
  }

  private static PlanId id(Call call) {
    return new PlanId(call.pathId("planId"));
  }

  private View view(Tx tx, Plan plan) {
    return views(tx, List.of(plan)).getFirst();
  }

  private List<View> views(Tx tx, List<Plan> listed) {
    var moves = listed.stream().flatMap(plan -> plan.moves().stream()).toList();
    var accounts = new HashSet<AccountId>();
    moves.forEach(move -> accounts.add(move.specialist()));
    listed.forEach(plan -> plan.decidedBy().ifPresent(accounts::add));
    var people =
        accounts.isEmpty()
            ? Map.<AccountId, Person>of()
            : platform.directory().people(tx, accounts);
    var of =
        consults.these(tx, moves.stream().map(Plan.Move::consult).distinct().toList()).stream()
            .collect(Collectors.toMap(Consult::id, Function.identity()));
    var siteIds = of.values().stream().map(c -> c.request().site()).collect(Collectors.toSet());
    var sites =
        siteIds.isEmpty() ? Map.<SiteId, Site>of() : platform.directory().sites(tx, siteIds);
    return listed.stream().map(plan -> view(plan, people, of, sites)).toList();
  }

  private static View view(
      Plan plan,
      Map<AccountId, Person> people,
      Map<ConsultId, Consult> consults,
      Map<SiteId, Site> sites) {
    return new View(
        plan.id(),
        plan.cause(),
        plan.status(),
        plan.madeAt(),
        plan.weightsVersion(),
        plan.before(),
        plan.after(),
        plan.moves().stream().map(move -> move(move, people, consults, sites)).toList(),
        plan.decidedBy().map(who -> new PersonRef(who, people.get(who).name())),
        plan.decidedAt(),
        plan.reason());
  }

  private static MoveView move(
      Plan.Move move,
      Map<AccountId, Person> people,
      Map<ConsultId, Consult> consults,
      Map<SiteId, Site> sites) {
    var consult = consults.get(move.consult());
    var site = sites.get(consult.request().site());
    var specialist = people.get(move.specialist());
    return new MoveView(
        move.appointment(),
        move.consult(),
        consult.request().question(),
        consult.urgency().now(),
        new PersonRef(move.specialist(), specialist.name()),
        specialist.zone(),
        new Clinic(site.id(), site.name()),
        site.zone(),
        move.was(),
        move.start(),
        move.minutes(),
        move.pointsBefore(),
        move.pointsAfter(),
        changes(move));
  }

  private static List<Change> changes(Plan.Move move) {
    var before = byCode(move.before());
    var after = byCode(move.after());
    var codes = new LinkedHashSet<>(before.keySet());
    codes.addAll(after.keySet());
    var changes = new ArrayList<Change>();
    for (String code : codes) {
      var was = Optional.ofNullable(before.get(code));
      var is = Optional.ofNullable(after.get(code));
      int points = is.map(Term::points).orElse(0) - was.map(Term::points).orElse(0);
      boolean onlyOne = was.isEmpty() != is.isEmpty();
      if (points != 0 || (onlyOne && move.pointsBefore() == 0)) {
        changes.add(new Change(code, was.map(Term::sentence), is.map(Term::sentence), points));
      }
    }
    return changes;
  }

  private static Map<String, Term> byCode(List<Term> terms) {
    var byCode = new LinkedHashMap<String, Term>();
    terms.forEach(term -> byCode.put(term.code(), term));
    return byCode;
  }
}
