package org.consilium.scheduling.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.availability.TimeSlots;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultStore;
import org.consilium.scheduling.matching.Candidacy;
import org.consilium.scheduling.matching.Case;
import org.consilium.scheduling.matching.Helper;
import org.consilium.scheduling.matching.MatchingService;
import org.consilium.scheduling.matching.SoftRules;
import org.consilium.scheduling.plan.PlanStore.Coming;
import org.consilium.scheduling.planning.AssignmentFlow;
import org.consilium.scheduling.planning.Replan;
import org.consilium.scheduling.planning.SlotGrid;
import org.consilium.scheduling.roster.DutyBoard;

/**
 * Looks for better times for what an organisation has booked. The people stay: whoever accepted a
 * consult keeps it, and its interpreter comes along. Appointments that begin within twelve hours,
 * take more than half an hour or need a thing besides, stay as they are.
 */
final class PlanBuilder {
  static final Duration FIRM = Duration.ofHours(12);
  private static final Duration GRID = Duration.ofMinutes(30);
  private static final Duration WINDOW = Duration.ofDays(14);
  private static final Duration LATER_MAX = Duration.ofDays(7);
  private static final int ROUNDS_MAX = 20;

  private final ConsultStore consults;
  private final MatchingService matching;
  private final DutyBoard duties;

  PlanBuilder(ConsultStore consults, MatchingService matching, DutyBoard duties) {
    this.consults = consults;
    this.matching = matching;
    this.duties = duties;
  }

  /** What would change of one organisation's appointments; empty when nothing pays. */
  Optional<Plan> build(
      Tx tx, OrganisationId organisation, List<Coming> coming, List<Helper> everybody) {
    var consultOf =
        consults.these(tx, coming.stream().map(Coming::consult).toList()).stream()
            .collect(Collectors.toMap(Consult::id, consult -> consult));
    var helperOf =
        everybody.stream().collect(Collectors.toMap(helper -> helper.id(), helper -> helper));
    var movable =
        coming.stream()
            .filter(one -> one.slot().start().isAfter(tx.now().plus(FIRM)))
            .filter(one -> isMovable(one, consultOf.get(one.consult())))
            .filter(one -> helperOf.containsKey(one.specialist()))
            .toList();
    if (movable.isEmpty()) {
      return Optional.empty();
    }
    var window = TimeSlot.of(tx.now().plus(FIRM), WINDOW);
    var free = free(tx, movable, consultOf, window);
    var choices = new ArrayList<Choices>();
    for (Coming one : movable) {
      var consult = consultOf.get(one.consult());
      var helper = helperOf.get(one.specialist()).withFree(free.get(one.specialist().value()));
      choices.add(new Choices(one, consult, matching.question(tx, consult), helper, window, free));
    }
    return plan(tx, organisation, choices);
  }

  private static boolean isMovable(Coming one, Consult consult) {
    boolean onGrid = one.slot().start().getEpochSecond() % GRID.toSeconds() == 0;
    return consult != null
        && consult.specialist().filter(one.specialist()::equals).isPresent()
        && onGrid
        && one.slot().length().compareTo(GRID) <= 0
        && one.interpreters().size() <= 1
        && one.parts() == 2 + one.interpreters().size();
  }

  /** When everybody and every clinic could be had, if nothing that can be moved were booked. */
  private Map<UUID, List<TimeSlot>> free(
      Tx tx, List<Coming> movable, Map<ConsultId, Consult> consultOf, TimeSlot window) {
    var given = new HashMap<UUID, Set<TimeSlot>>();
    var clinics = new HashSet<UUID>();
    for (Coming one : movable) {
      var clinic = consultOf.get(one.consult()).request().site().value();
      clinics.add(clinic);
      for (UUID resource : resources(one, clinic)) {
        given.computeIfAbsent(resource, _ -> new HashSet<>()).add(one.slot());
      }
    }
    var free = new HashMap<UUID, List<TimeSlot>>();
    duties
        .of(tx, given.keySet(), window)
        .forEach((resource, duty) -> {
          boolean alwaysOpen = clinics.contains(resource) && duty.hours().isEmpty();
          var available = alwaysOpen ? List.of(window) : TimeSlots.union(duty.available());
          var kept =
              duty.booked().stream().filter(slot -> !given.get(resource).contains(slot)).toList();
          free.put(resource, TimeSlots.difference(available, kept));
        });
    return free;
  }

  private static List<UUID> resources(Coming one, UUID clinic) {
    var resources = new ArrayList<UUID>();
    resources.add(one.specialist().value());
    resources.add(clinic);
    one.interpreters().forEach(interpreter -> resources.add(interpreter.value()));
    return resources;
  }

  /** Where one appointment could be, and what each time is worth. */
  private static final class Choices {
    final Coming coming;
    final Case question;
    final Helper helper;
    final List<UUID> resources;
    final TreeMap<Instant, Integer> points = new TreeMap<>();
    final boolean isKept;

    Choices(
        Coming coming,
        Consult consult,
        Case question,
        Helper helper,
        TimeSlot window,
        Map<UUID, List<TimeSlot>> free) {
      this.coming = coming;
      this.question = question;
      this.helper = helper;
      resources = resources(coming, consult.request().site().value());
      var latest = coming.slot().start().plus(LATER_MAX);
      List<TimeSlot> common = List.of(window);
      for (UUID resource : resources) {
        common = TimeSlots.intersection(common, free.get(resource));
      }
      for (TimeSlot gap : common) {
        for (Instant start = onGrid(gap.start());
            !start.plus(coming.slot().length()).isAfter(gap.end()) && !start.isAfter(latest);
            start = start.plus(GRID)) {
          if (!at(start).isBarredThen()) {
            points.put(start, pointsAt(start));
          }
        }
      }
      isKept = points.containsKey(coming.slot().start());
    }

    Candidacy at(Instant start) {
      return Candidacy.planned(question, helper, start);
    }

    int pointsAt(Instant start) {
      var base = question.weights().base().of(question.urgency());
      return Math.max(1, base + SoftRules.score(at(start)));
    }

    private static Instant onGrid(Instant moment) {
      long grid = GRID.toSeconds();
      return Instant.ofEpochSecond(Math.ceilDiv(moment.getEpochSecond(), grid) * grid);
    }
  }

  private Optional<Plan> plan(Tx tx, OrganisationId organisation, List<Choices> choices) {
    var difference = withoutConflicts(choices);
    if (difference.moves().isEmpty()) {
      return Optional.empty();
    }
    boolean broken = choices.stream().anyMatch(one -> !one.isKept);
    return Optional.of(
        new Plan(
            PlanId.random(),
            organisation,
            broken ? Plan.Cause.DROP_OUT : Plan.Cause.HOURLY,
            Plan.Status.OPEN,
            tx.now(),
            choices.getFirst().question.weights().version(),
            difference.before(),
            difference.after(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            difference.moves()));
  }

  private record Difference(List<Plan.Move> moves, long before, long after) {}

  /**
   * The flow knows of specialists only. Where two would meet in one clinic or with one interpreter,
   * the one that moved gives way and may not go there in the next round.
   */
  private Difference withoutConflicts(List<Choices> choices) {
    for (int round = 0; round < ROUNDS_MAX; round++) {
      var layout = new Layout(choices);
      var starts = layout.solve();
      var clashing = firstClash(choices, starts);
      if (clashing.isEmpty()) {
        return layout.difference(starts);
      }
      int loser = clashing.get();
      choices.get(loser).points.remove(starts.get(loser).orElseThrow());
    }
    return new Difference(List.of(), 0, 0);
  }

  private static Optional<Integer> firstClash(
      List<Choices> choices, List<Optional<Instant>> starts) {
    for (int i = 0; i < choices.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (clash(choices.get(i), starts.get(i), choices.get(j), starts.get(j))) {
          boolean iMoved = !starts.get(i).get().equals(choices.get(i).coming.slot().start());
          return Optional.of(iMoved ? i : j);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean clash(
      Choices one, Optional<Instant> start, Choices other, Optional<Instant> otherStart) {
    if (start.isEmpty() || otherStart.isEmpty()) {
      return false;
    }
    var slot = TimeSlot.of(start.get(), one.coming.slot().length());
    var otherSlot = TimeSlot.of(otherStart.get(), other.coming.slot().length());
    return slot.overlaps(otherSlot) && one.resources.stream().anyMatch(other.resources::contains);
  }

  /** The numbers that the flow works with. Each specialist is one week here: caps are kept. */
  private static final class Layout {
    private final List<Choices> choices;
    private final Map<UUID, TreeMap<Instant, Integer>> slotOf = new TreeMap<>();
    private final List<Instant> startOf = new ArrayList<>();
    private final List<Replan.Standing> standing = new ArrayList<>();
    private SlotGrid grid;
    private Replan.Difference difference;

    Layout(List<Choices> choices) {
      this.choices = choices;
    }

    List<Optional<Instant>> solve() {
      for (Choices one : choices) {
        var starts = slotOf.computeIfAbsent(one.coming.specialist().value(), _ -> new TreeMap<>());
        one.points.keySet().forEach(start -> starts.put(start, 0));
      }
      number(slotOf.values());
      for (Choices one : choices) {
        standing.add(standing(one));
      }
      int keep = choices.getFirst().question.weights().keepPromise();
      difference = Replan.of(grid, standing, keep);
      var to = new ArrayList<Optional<Instant>>();
      for (Choices one : choices) {
        to.add(one.isKept ? Optional.of(one.coming.slot().start()) : Optional.empty());
      }
      for (Replan.Move move : difference.moves()) {
        to.set(
            move.request(),
            move.to() == AssignmentFlow.NOBODY
                ? Optional.empty()
                : Optional.of(startOf.get(move.to())));
      }
      return to;
    }

    private void number(Collection<TreeMap<Instant, Integer>> specialists) {
      var weekStart = new int[specialists.size() + 1];
      var room = new int[specialists.size()];
      int week = 0;
      for (var starts : specialists) {
        room[week] = starts.size();
        for (var start : starts.keySet()) {
          starts.put(start, startOf.size());
          startOf.add(start);
        }
        weekStart[++week] = startOf.size();
      }
      grid = new SlotGrid(weekStart, room, new int[room.length], 0);
    }

    private Replan.Standing standing(Choices one) {
      var starts = slotOf.get(one.coming.specialist().value());
      var slots = new int[one.points.size()];
      var points = new int[slots.length];
      int booked = AssignmentFlow.NOBODY;
      int i = 0;
      for (var choice : one.points.entrySet()) {
        booked = choice.getKey().equals(one.coming.slot().start()) ? i : booked;
        slots[i] = starts.get(choice.getKey());
        points[i++] = choice.getValue();
      }
      return new Replan.Standing(slots, points, booked, !one.isKept);
    }

    Difference difference(List<Optional<Instant>> starts) {
      var moves = new ArrayList<Plan.Move>();
      for (int i = 0; i < choices.size(); i++) {
        var one = choices.get(i);
        var was = one.coming.slot().start();
        if (!starts.get(i).equals(Optional.of(was))) {
          moves.add(move(one, starts.get(i)));
        }
      }
      return new Difference(moves, difference.before(), difference.after());
    }

    private static Plan.Move move(Choices one, Optional<Instant> start) {
      var was = one.at(one.coming.slot().start());
      return new Plan.Move(
          one.coming.id(),
          one.coming.consult(),
          one.coming.specialist(),
          one.coming.interpreters().stream().findFirst(),
          one.coming.slot().start(),
          start,
          (int) one.coming.slot().length().toMinutes(),
          one.isKept ? one.pointsAt(one.coming.slot().start()) : 0,
          start.map(one::pointsAt).orElse(0),
          one.isKept ? was.terms() : was.barsThen(),
          start.map(at -> one.at(at).terms()).orElse(List.of()));
    }
  }
}
