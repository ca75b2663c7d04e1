package org.consilium.scheduling.rota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.Expansion;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.roster.HoursStore;
import org.consilium.scheduling.rota.SwapRules.Bar;
import org.consilium.scheduling.rota.SwapRules.Taker;
import org.consilium.scheduling.volunteer.Volunteer;
import org.consilium.scheduling.volunteer.VolunteerKind;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Gathers what {@link SwapRules} must know of somebody who would be on call in a rota. */
final class TakerFacts {
  private final RotaStore rotas;
  private final VolunteerStore volunteers;
  private final HoursStore hours;

  TakerFacts(RotaStore rotas, VolunteerStore volunteers, HoursStore hours) {
    this.rotas = rotas;
    this.volunteers = volunteers;
    this.hours = hours;
  }

  /** Why the person may not take a time that is somebody else's now, if so. */
  Optional<Bar> barOfTaking(Tx tx, AccountId account, Rota rota, TimeSlot slot) {
    var onCall = rotas.onCall(tx, account, around(rota, slot));
    return bar(tx, account, rota, slot, onCall);
  }

  /**
   * Why the person may not have a time that the plan has just given them, if so: the shift itself,
   * with what of the same layer it goes on from, is not held against it.
   */
  Optional<Bar> barOfHaving(Tx tx, AccountId account, Rota rota, Layer layer, TimeSlot slot) {
    var around = around(rota, slot);
    var others = new ArrayList<>(rotas.onCall(tx, account, around));
    var own =
        rotas.shifts(tx, rota.id(), around).stream()
            .filter(shift -> shift.layer() == layer)
            .filter(shift -> shift.account().equals(Optional.of(account)))
            .map(RotaShift::slot)
            .toList();
    unbroken(own, slot).forEach(others::remove);
    return bar(tx, account, rota, slot, others);
  }

  /** Those that overlap the slot or reach it without a pause. */
  private static List<TimeSlot> unbroken(List<TimeSlot> own, TimeSlot slot) {
    var from = slot.start();
    var until = slot.end();
    for (var piece : own) {
      if (!piece.start().isAfter(until) && piece.end().isAfter(until)) {
        until = piece.end();
      }
    }
    for (var piece : own.reversed()) {
      if (!piece.end().isBefore(from) && piece.start().isBefore(from)) {
        from = piece.start();
      }
    }
    var whole = new TimeSlot(from, until);
    return own.stream().filter(whole::holds).toList();
  }

  private Optional<Bar> bar(
      Tx tx, AccountId account, Rota rota, TimeSlot slot, List<TimeSlot> onCall) {
    var saved = hours.of(tx, List.of(account.value())).get(account.value());
    var volunteer = volunteers.find(tx, account);
    return SwapRules.bar(
        new Taker(
            volunteer
                .filter(v -> v.kind() == VolunteerKind.SPECIALIST)
                .filter(v -> v.status() == VolunteerStatus.ACTIVE)
                .isPresent(),
            volunteer.filter(v -> holds(v, rota)).isPresent(),
            volunteer.filter(v -> v.speaks(rota.language())).isPresent(),
            saved == null ? List.of() : Expansion.leave(saved.hours()),
            onCall),
        slot,
        Duration.ofHours(rota.restHours()));
  }

  static boolean holds(Volunteer volunteer, Rota rota) {
    return volunteer.fields().stream().anyMatch(f -> f.specialty().equals(rota.specialty()));
  }

  private static TimeSlot around(Rota rota, TimeSlot slot) {
    var rest = Duration.ofHours(rota.restHours());
    return new TimeSlot(slot.start().minus(rest), slot.end().plus(rest));
  }
}
