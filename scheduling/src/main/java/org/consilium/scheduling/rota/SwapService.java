package org.consilium.scheduling.rota;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.Platform;
import org.consilium.platform.audit.Subject;
import org.consilium.platform.database.Tx;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.Uuid7;
import org.consilium.platform.identity.Role;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.rota.SwapRules.Bar;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Shifts that change hands. A taken swap is an override of its rota, so the layout stays one. */
public final class SwapService {
  private final Platform platform;
  private final RotaStore rotas;
  private final RotaLaying laying;
  private final VolunteerStore volunteers;
  private final TakerFacts facts;
  private final SwapStore swaps = new SwapStore();

  public SwapService(Platform platform, RotaService service, VolunteerStore volunteers) {
    this.platform = platform;
    this.rotas = service.store();
    this.laying = service.laying();
    this.volunteers = volunteers;
    this.facts = service.facts();
  }

  /** Offers the caller's own shift, or what of it lies between the two moments. */
  Swap offer(
      Tx tx, UUID shiftId, Optional<Instant> from, Optional<Instant> to, Optional<AccountId> who) {
    var me = tx.caller().account();
    var shift =
        rotas
            .shift(tx, shiftId)
            .filter(s -> s.account().equals(Optional.of(me)))
            .orElseThrow(
                () -> Refusal.notFound("shift-not-found", "You have no such shift any more."));
    var start = from.orElse(shift.slot().start());
    var end = to.orElse(shift.slot().end());
    if (!start.isAfter(tx.now())) {
      throw Refusal.invalid("/start", "Only a time that has not begun can be offered.");
    }
    if (!start.isBefore(end) || !shift.slot().holds(new TimeSlot(start, end))) {
      throw Refusal.invalid("/end", "Offer a part that lies inside the shift.");
    }
    var rota = rotas.find(tx, shift.rota()).orElseThrow();
    var slot = new TimeSlot(start, end);
    who.ifPresent(named -> {
      if (named.equals(me)) {
        throw Refusal.invalid("/toId", "This is your own shift: name a colleague.");
      }
      bar(tx, named, rota, slot)
          .ifPresent(bar -> {
            throw Refusal.invalid("/toId", bar.about(name(tx, named)));
          });
    });
    var swap =
        new Swap(
            Uuid7.next(),
            rota.id(),
            shift.layer(),
            slot,
            me,
            who,
            Optional.empty(),
            Swap.State.OPEN,
            tx.now(),
            Optional.empty(),
            Optional.empty());
    if (!swaps.insert(tx, swap)) {
      throw new Refusal(409, "swap-offered", "Part of this time is offered already.");
    }
    done(tx, "swap.offer", swap, rota, who.map(List::of).orElseGet(() -> able(tx, rota, slot, me)));
    return swap;
  }

  /** The first who takes it has it; the scheduler agrees first where the rota asks for that. */
  Swap take(Tx tx, UUID id) {
    var me = tx.caller().account();
    var swap = seen(tx, id);
    if (swap.giver().equals(me)) {
      throw new Refusal(409, "swap-own", "This is your own shift.");
    }
    // The lock of the rota comes first, as everywhere: a swap is an override of it.
    var rota = rotas.lock(tx, swap.rota()).orElseThrow();
    bar(tx, me, rota, swap.slot())
        .ifPresent(bar -> {
          throw new Refusal(409, "swap-" + bar.wire(), bar.sentence());
        });
    var state = rota.swapNeedsApproval() ? Swap.State.WAITING : Swap.State.DONE;
    if (!swaps.take(tx, id, me, state)) {
      throw new Refusal(409, "swap-taken", "Somebody else was first, or it is no longer offered.");
    }
    requireStillTheirs(tx, swap);
    if (state == Swap.State.DONE) {
      hand(tx, rota, swap, me);
    }
    done(tx, "swap.take", swap, rota, List.of(me));
    return swaps.find(tx, id).orElseThrow();
  }

  /** The scheduler agrees, or not. */
  Swap decide(Tx tx, UUID id, boolean agreed) {
    var swap = swaps.find(tx, id).orElseThrow(SwapService::notFound);
    var rota =
        rotas
            .find(tx, swap.rota())
            .filter(r -> r.organisation().equals(tx.caller().organisation()))
            .flatMap(r -> rotas.lock(tx, r.id()))
            .orElseThrow(SwapService::notFound);
    var taker =
        swap.taker()
            .orElseThrow(() -> new Refusal(409, "swap-not-taken", "Nobody has taken it yet."));
    if (agreed) {
      bar(tx, taker, rota, swap.slot())
          .ifPresent(bar -> {
            var why = bar.about(name(tx, taker));
            throw new Refusal(409, "swap-" + bar.wire(), why.text()).with("said", why.said());
          });
      requireStillTheirs(tx, swap);
    }
    if (!swaps.end(tx, id, Swap.State.WAITING, agreed ? Swap.State.DONE : Swap.State.DECLINED)) {
      throw new Refusal(409, "swap-decided", "This has been decided already.");
    }
    if (agreed) {
      hand(tx, rota, swap, taker);
    }
    done(tx, agreed ? "swap.approve" : "swap.decline", swap, rota, List.of(taker));
    return swaps.find(tx, id).orElseThrow();
  }

  Swap withdraw(Tx tx, UUID id) {
    var swap =
        swaps
            .find(tx, id)
            .filter(s -> s.giver().equals(tx.caller().account()))
            .orElseThrow(SwapService::notFound);
    if (!swaps.end(tx, id, Swap.State.OPEN, Swap.State.WITHDRAWN)) {
      throw new Refusal(409, "swap-taken", "Somebody has taken it already.");
    }
    var rota = rotas.find(tx, swap.rota()).orElseThrow();
    done(tx, "swap.withdraw", swap, rota, able(tx, rota, swap.slot(), swap.giver()));
    return swaps.find(tx, id).orElseThrow();
  }

  /** A scheduler sees those of the organisation's rotas, a volunteer their own and what is open. */
  List<Swap> list(Tx tx) {
    return tx.caller().role() == Role.SCHEDULER
        ? swaps.ofOrganisation(tx, tx.caller().organisation())
        : swaps.ofPerson(tx, tx.caller().account()).stream()
            .filter(swap -> isForMe(tx, swap))
            .toList();
  }

  /** Why the person may not take it, if so. */
  Optional<Bar> bar(Tx tx, AccountId account, Rota rota, TimeSlot slot) {
    return facts.barOfTaking(tx, account, rota, slot);
  }

  /** What is open only to a person of another field or language is nothing to them. */
  private boolean isForMe(Tx tx, Swap swap) {
    var me = tx.caller().account();
    if (swap.giver().equals(me) || swap.taker().equals(Optional.of(me))) {
      return true;
    }
    var rota = rotas.find(tx, swap.rota()).orElseThrow();
    return bar(tx, me, rota, swap.slot())
        .map(bar -> bar != Bar.OTHER_FIELD && bar != Bar.OTHER_LANGUAGE && bar != Bar.NOT_ACTIVE)
        .orElse(true);
  }

  private Swap seen(Tx tx, UUID id) {
    var me = Optional.of(tx.caller().account());
    return swaps
        .find(tx, id)
        .filter(s -> s.to().isEmpty() || s.to().equals(me) || s.giver().equals(me.get()))
        .filter(s -> isForMe(tx, s))
        .orElseThrow(SwapService::notFound);
  }

  private String name(Tx tx, AccountId account) {
    return platform.directory().people(tx, List.of(account)).get(account).name();
  }

  private void requireStillTheirs(Tx tx, Swap swap) {
    boolean theirs =
        rotas.shifts(tx, swap.rota(), swap.slot()).stream()
            .anyMatch(s ->
                s.layer() == swap.layer()
                    && s.account().equals(Optional.of(swap.giver()))
                    && s.slot().holds(swap.slot()));
    if (!theirs) {
      throw new Refusal(409, "swap-changed", "The plan has changed: this shift is not theirs now.");
    }
  }

  private void hand(Tx tx, Rota rota, Swap swap, AccountId taker) {
    rotas.override(
        tx, Uuid7.next(), rota.id(), swap.layer(), swap.slot(), taker, Optional.of(swap.id()));
    laying.layOut(tx, rota);
    var slot = swap.slot();
    platform
        .outbox()
        .publish(tx, new ShiftSwapped(swap.id(), swap.giver(), taker, slot.start(), slot.end()));
  }

  private List<AccountId> able(Tx tx, Rota rota, TimeSlot slot, AccountId giver) {
    return volunteers.all(tx).stream()
        .filter(v -> v.practises(rota.specialty()) && v.speaks(rota.language()))
        .map(Volunteer::account)
        .filter(account -> !account.equals(giver))
        .filter(account -> bar(tx, account, rota, slot).isEmpty())
        .toList();
  }

  private void done(Tx tx, String action, Swap swap, Rota rota, List<AccountId> others) {
    platform.audit().append(tx, action, Subject.none().part("swap", swap.id()));
    var people = new ArrayList<>(others);
    people.add(swap.giver());
    swap.taker().ifPresent(people::add);
    platform.changes().tell(tx, "roster", rota.id(), rota.organisation(), people);
  }

  private static Refusal notFound() {
    return Refusal.notFound("swap-not-found", "There is no such shift to take.");
  }
}
