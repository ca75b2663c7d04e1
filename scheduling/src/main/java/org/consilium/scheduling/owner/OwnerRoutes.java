package org.consilium.scheduling.owner;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Answer;
import org.consilium.platform.http.Call;
import org.consilium.platform.http.Routes;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;
import org.consilium.platform.identity.PersonRef;
import org.consilium.platform.identity.Role;
import org.consilium.scheduling.catalogue.Urgency;
import org.consilium.scheduling.consult.Consult;
import org.consilium.scheduling.consult.ConsultService;
import org.consilium.scheduling.consult.Due;
import org.consilium.scheduling.consult.Status;
import org.consilium.scheduling.ladder.Placing.Redirection;

/** HTTP for who answers for a consult, and for the coordinator's shift. */
public final class OwnerRoutes {
  record TakeOver(Optional<AccountId> from) {}

  record HandOver(AccountId to) {}

  record Redirect(Redirection where, String reason) {}

  record Duty(
      Optional<Instant> since,
      List<OnDuty> group,
      List<PersonRef> colleagues,
      List<PersonRef> supervisors,
      List<Item> mine,
      List<Item> handedToMe) {}

  record OnDuty(PersonRef person, Instant since) {}

  record Item(
      ConsultId consultId,
      String question,
      Urgency urgency,
      Status status,
      Optional<Instant> dueAt,
      boolean mustBeTakenOver,
      Optional<PersonRef> coordinator,
      Optional<PersonRef> handingTo) {}

  private final Platform platform;
  private final OwnerService owners;
  private final ConsultService consults;
  private final Custodies custodies;

  public OwnerRoutes(
      Platform platform, OwnerService owners, ConsultService consults, Custodies custodies) {
    this.platform = platform;
    this.owners = owners;
    this.consults = consults;
    this.custodies = custodies;
  }

  public Routes addTo(Routes routes) {
    return routes
        .operation("takeOverConsult", this::takeOver)
        .operation("handOverConsult", this::handOver)
        .operation("redirectConsult", this::redirect)
        .operation("getDuty", this::duty)
        .operation("beginDuty", this::begin)
        .operation("handOverShift", this::end);
  }

  private Answer takeOver(Call call) {
    owners.takeOver(call.tx(), id(call), call.body(TakeOver.class).from());
    return custody(call);
  }

  private Answer handOver(Call call) {
    owners.handOver(call.tx(), id(call), call.body(HandOver.class).to());
    return custody(call);
  }

  private Answer redirect(Call call) {
    var body = call.body(Redirect.class);
    owners.redirect(call.tx(), id(call), body.where(), body.reason());
    return custody(call);
  }

  private Answer custody(Call call) {
    var consult = consults.find(call.tx(), id(call)).orElseThrow();
    return Answer.ok(custodies.of(call.tx(), List.of(consult)).get(consult.id()));
  }

  private Answer duty(Call call) {
    return Answer.ok(duty(call.tx()));
  }

  private Answer begin(Call call) {
    owners.begin(call.tx());
    return Answer.ok(duty(call.tx()));
  }

  private Answer end(Call call) {
    owners.handOverShift(call.tx());
    return Answer.ok(duty(call.tx()));
  }

  private Duty duty(Tx tx) {
    var me = tx.caller().account();
    var organisation = tx.caller().organisation();
    var group = tx.asServer(() -> owners.duties().onDuty(tx, organisation));
    var ids = tx.asServer(() -> owners.duties().concerning(tx, organisation, me));
    var names =
        platform.directory().people(tx, group.stream().map(OwnerStore.OnDuty::account).toList());
    var items = items(tx, ids.stream().map(id -> consults.find(tx, id).orElseThrow()).toList());
    platform.audit().append(tx, "duty.read", Subject.none().part("consults", shown(ids)));
    return new Duty(
        OwnerStore.since(group, me),
        group.stream()
            .map(d ->
                new OnDuty(new PersonRef(d.account(), names.get(d.account()).name()), d.since()))
            .toList(),
        members(tx, Role.SCHEDULER).stream().filter(p -> !p.id().equals(me)).toList(),
        members(tx, Role.SUPERVISOR),
        items.stream().filter(item -> is(item.coordinator(), me)).toList(),
        items.stream()
            .filter(item -> is(item.handingTo(), me) && !is(item.coordinator(), me))
            .toList());
  }

  private static String shown(List<ConsultId> ids) {
    return String.join(",", ids.stream().map(Objects::toString).toList());
  }

  private static boolean is(Optional<PersonRef> person, AccountId who) {
    return person.filter(p -> p.id().equals(who)).isPresent();
  }

  private List<PersonRef> members(Tx tx, Role role) {
    return platform.directory().membersOf(tx, tx.caller().organisation(), role).stream()
        .map(person -> new PersonRef(person.id(), person.name()))
        .toList();
  }

  private List<Item> items(Tx tx, List<Consult> mine) {
    var views = custodies.of(tx, mine);
    return mine.stream()
        .map(consult ->
            new Item(
                consult.id(),
                consult.request().question(),
                consult.urgency().now(),
                consult.status(),
                consult.due().map(Due::at),
                OwnerService.mustBeTakenOver(consult),
                views.get(consult.id()).coordinator(),
                views.get(consult.id()).handingTo()))
        .toList();
  }

  private static ConsultId id(Call call) {
    return new ConsultId(call.pathId("consultId"));
  }
}
