package org.consilium.scheduling.rota;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Person;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.rota.SwapRules.Bar;

/** HTTP for rotas, their shifts and swaps. */
public final class RotaRoutes {
  /** The contract of these operations and of the coverage. */
  public static final String CONTRACT = "openapi/roster.yaml";

  private static final Duration AHEAD_MAX = Duration.ofDays(366);

  record Rotas(List<RotaView> items) {}

  record RotaView(
      UUID id,
      String name,
      String specialty,
      String language,
      ZoneId zone,
      List<Rotation> rotations,
      boolean swapNeedsApproval,
      int restHours,
      int version,
      List<PersonView> people) {}

  record PersonView(AccountId id, String name, ZoneId zone) {}

  record Plan(RotaView rota, List<ShiftView> shifts, List<OverrideView> overrides) {}

  record ShiftView(
      UUID id,
      Layer layer,
      Instant start,
      Instant end,
      Optional<PersonView> person,
      ShiftState state) {}

  record OverrideView(
      UUID id, Layer layer, Instant start, Instant end, PersonView person, boolean swapped) {}

  record Override(Layer layer, Instant start, Instant end, AccountId specialistId) {}

  record Move(Instant start, Instant end, AccountId specialistId) {}

  /**
   * @param overrideIds what {@code undo} takes
   */
  record Moved(List<UUID> overrideIds) {}

  record OwnShifts(List<OwnShift> items) {}

  record OwnShift(
      UUID id, Layer layer, Instant start, Instant end, ShiftState state, RotaRef rota) {}

  record RotaRef(UUID id, String name, ZoneId zone) {}

  record Offer(
      UUID shiftId, Optional<Instant> start, Optional<Instant> end, Optional<AccountId> toId) {}

  record Decision(boolean approved) {}

  record Swaps(List<SwapView> items) {}

  record SwapView(
      UUID id,
      RotaRef rota,
      Layer layer,
      Instant start,
      Instant end,
      PersonView giver,
      Optional<PersonView> to,
      Optional<PersonView> taker,
      Swap.State state,
      Instant offeredAt,
      Optional<Instant> takenAt,
      Optional<Instant> endedAt,
      boolean canTake,
      Optional<String> whyNot) {}

  private final Platform platform;
  private final RotaService rotas;
  private final SwapService swaps;

  public RotaRoutes(Platform platform, RotaService rotas, SwapService swaps) {
    this.platform = platform;
    this.rotas = rotas;
    this.swaps = swaps;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("listRotas", this::list)
        .operation("createRota", this::create)
        .operation("getRota", this::get)
        .operation("saveRota", this::save)
        .operation("overrideRota", this::override)
        .operation("dropRotaOverride", this::dropOverride)
        .operation("moveRotaShift", this::move)
        .operation("undoRotaMove", this::undo)
        .operation("listOwnShifts", this::ownShifts)
        .operation("listSwaps", this::swaps)
        .operation("offerSwap", this::offer)
        .operation("takeSwap", this::take)
        .operation("decideSwap", this::decide)
        .operation("withdrawSwap", this::withdraw);
  }

  private Answer list(Call call) {
    var tx = call.tx();
    var own = rotas.store().all(tx, call.caller().organisation());
    var people = people(tx, own.stream().flatMap(rota -> rota.members().stream()));
    return Answer.ok(new Rotas(own.stream().map(rota -> view(rota, people)).toList()));
  }

  private Answer create(Call call) {
    var tx = call.tx();
    var rota = rotas.create(tx, call.body(RotaService.Draft.class));
    return Answer.created(view(rota, people(tx, rota.members().stream())));
  }

  private Answer save(Call call) {
    var tx = call.tx();
    var draft = call.body(RotaService.Draft.class);
    var rota = rotas.save(tx, call.pathId("rotaId"), call.ifMatch(), draft);
    return Answer.ok(view(rota, people(tx, rota.members().stream())));
  }

  private Answer get(Call call) {
    return plan(call, rotas.own(call.tx(), call.pathId("rotaId")));
  }

  private Answer plan(Call call, Rota rota) {
    var tx = call.tx();
    var from = call.queryInstant("from").orElseGet(() -> tx.now().minus(Duration.ofDays(1)));
    if (Duration.between(tx.now(), from).abs().compareTo(AHEAD_MAX) > 0) {
      throw Refusal.malformed("from", "Ask for a time within a year from now.");
    }
    var window = TimeSlot.of(from, Duration.ofDays(call.queryNumber("days").orElse(29)));
    var shifts = rotas.store().shifts(tx, rota.id(), window);
    var overrides = rotas.store().overrides(tx, rota.id(), window);
    var people =
        people(
            tx,
            Stream.of(
                    rota.members().stream(),
                    shifts.stream().flatMap(shift -> shift.account().stream()),
                    overrides.stream().map(kept -> kept.what().account()))
                .flatMap(ids -> ids));
    return Answer.ok(
        new Plan(
            view(rota, people),
            shifts.stream().map(shift -> view(shift, people)).toList(),
            overrides.stream().map(kept -> view(kept, people)).toList()));
  }

  private Answer override(Call call) {
    var body = call.body(Override.class);
    var slot = slot(body.start(), body.end());
    var id = call.pathId("rotaId");
    rotas.override(call.tx(), id, body.layer(), slot, body.specialistId());
    return plan(call, rotas.own(call.tx(), id));
  }

  private Answer dropOverride(Call call) {
    rotas.dropOverride(call.tx(), call.pathId("rotaId"), call.pathId("overrideId"));
    return Answer.noContent();
  }

  private Answer move(Call call) {
    var body = call.body(Move.class);
    return Answer.ok(
        new Moved(
            rotas.move(
                call.tx(),
                call.pathId("rotaId"),
                call.pathId("shiftId"),
                slot(body.start(), body.end()),
                body.specialistId())));
  }

  private Answer undo(Call call) {
    rotas.undo(call.tx(), call.pathId("rotaId"), call.body(Moved.class).overrideIds());
    return Answer.noContent();
  }

  private static TimeSlot slot(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw Refusal.invalid("/end", "It must end after it starts.");
    }
    return new TimeSlot(start, end);
  }

  private Answer ownShifts(Call call) {
    var tx = call.tx();
    var window = TimeSlot.of(tx.now(), RotaLaying.AHEAD);
    var own = rotas.store().shiftsOf(tx, call.caller().account(), window);
    var names = rotas(tx, own.stream().map(RotaShift::rota));
    return Answer.ok(
        new OwnShifts(
            own.stream()
                .map(s ->
                    new OwnShift(
                        s.id(),
                        s.layer(),
                        s.slot().start(),
                        s.slot().end(),
                        s.state(),
                        ref(names.get(s.rota()))))
                .toList()));
  }

  private Answer swaps(Call call) {
    var tx = call.tx();
    return Answer.ok(new Swaps(views(tx, swaps.list(tx))));
  }

  private Answer offer(Call call) {
    var body = call.body(Offer.class);
    var tx = call.tx();
    return Answer.created(
        view(tx, swaps.offer(tx, body.shiftId(), body.start(), body.end(), body.toId())));
  }

  private Answer take(Call call) {
    return Answer.ok(view(call.tx(), swaps.take(call.tx(), call.pathId("swapId"))));
  }

  private Answer decide(Call call) {
    var approved = call.body(Decision.class).approved();
    return Answer.ok(view(call.tx(), swaps.decide(call.tx(), call.pathId("swapId"), approved)));
  }

  private Answer withdraw(Call call) {
    return Answer.ok(view(call.tx(), swaps.withdraw(call.tx(), call.pathId("swapId"))));
  }

  private SwapView view(Tx tx, Swap swap) {
    return views(tx, List.of(swap)).getFirst();
  }

  private List<SwapView> views(Tx tx, Collection<Swap> many) {
    var names = rotas(tx, many.stream().map(Swap::rota));
    var people =
        people(
            tx,
            many.stream()
                .flatMap(s ->
                    Stream.of(Optional.of(s.giver()), s.to(), s.taker())
                        .flatMap(Optional::stream)));
    return many.stream().map(s -> view(tx, s, names.get(s.rota()), people)).toList();
  }

  private SwapView view(Tx tx, Swap swap, Rota rota, Map<AccountId, Person> people) {
    var me = tx.caller().account();
    boolean mayAsk = swap.isOpenAt(tx.now()) && !swap.giver().equals(me);
    var bar = mayAsk ? swaps.bar(tx, me, rota, swap.slot()) : Optional.<Bar>empty();
    return new SwapView(
        swap.id(),
        ref(rota),
        swap.layer(),
        swap.slot().start(),
        swap.slot().end(),
        view(people.get(swap.giver())),
        swap.to().map(people::get).map(RotaRoutes::view),
        swap.taker().map(people::get).map(RotaRoutes::view),
        swap.state(),
        swap.offeredAt(),
        swap.takenAt(),
        swap.endedAt(),
        mayAsk && bar.isEmpty(),
        bar.map(Bar::sentence));
  }

  private Map<UUID, Rota> rotas(Tx tx, Stream<UUID> ids) {
    return rotas.store().some(tx, ids.distinct().toList()).stream()
        .collect(Collectors.toMap(Rota::id, rota -> rota));
  }

  private Map<AccountId, Person> people(Tx tx, Stream<AccountId> ids) {
    var wanted = ids.distinct().toList();
    return wanted.isEmpty() ? Map.of() : platform.directory().people(tx, wanted);
  }

  private static RotaRef ref(Rota rota) {
    return new RotaRef(rota.id(), rota.name(), rota.zone());
  }

  private static PersonView view(Person person) {
    return new PersonView(person.id(), person.name(), person.zone());
  }

  private static RotaView view(Rota rota, Map<AccountId, Person> people) {
    return new RotaView(
        rota.id(),
        rota.name(),
        rota.specialty(),
        rota.language(),
        rota.zone(),
        rota.rotations(),
        rota.swapNeedsApproval(),
        rota.restHours(),
        rota.version(),
        rota.members().stream().map(people::get).map(RotaRoutes::view).toList());
  }

  private static ShiftView view(RotaShift shift, Map<AccountId, Person> people) {
    return new ShiftView(
        shift.id(),
        shift.layer(),
        shift.slot().start(),
        shift.slot().end(),
        shift.account().map(people::get).map(RotaRoutes::view),
        shift.state());
  }

  private static OverrideView view(RotaStore.Kept kept, Map<AccountId, Person> people) {
    var what = kept.what();
    return new OverrideView(
        kept.id(),
        what.layer(),
        what.slot().start(),
        what.slot().end(),
        view(people.get(what.account())),
        what.swapped());
  }
}
