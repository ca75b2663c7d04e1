package org.consilium.scheduling.rota;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.identity.Directory;
import org.consilium.scheduling.availability.Expansion;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.care.CareStore;
import org.consilium.scheduling.care.Rest;
import org.consilium.scheduling.roster.HoursStore;
import org.consilium.scheduling.rota.SwapRules.Asked;
import org.consilium.scheduling.rota.SwapRules.Bar;
import org.consilium.scheduling.rota.SwapRules.Taker;
import org.consilium.scheduling.volunteer.VolunteerStore;

/** Gathers what {@link SwapRules} must know of somebody who would be on call in a rota. */
final class TakerFacts {
  private static final Duration WEEK = Duration.ofDays(7);

  private final RotaStore rotas;
  private final VolunteerStore volunteers;
  private final HoursStore hours;
  private final CareStore care;
  private final Directory directory;

  TakerFacts(
      RotaStore rotas,
      VolunteerStore volunteers,
      HoursStore hours,
      CareStore care,
      Directory directory) {
    this.rotas = rotas;
    this.volunteers = volunteers;
    this.hours = hours;
    this.care = care;
    this.directory = directory;
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

  /** It looks at everybody's load and wishes: the answer alone is the caller's to know. */
  private Optional<Bar> bar(
      Tx tx, AccountId account, Rota rota, TimeSlot slot, List<TimeSlot> onCall) {
    return tx.asServer(() -> {
      var found = volunteers.find(tx, account);
      if (found.isEmpty()) {
        return Optional.of(Bar.NOT_ACTIVE);
      }
      var saved =
          Optional.ofNullable(hours.of(tx, List.of(account.value())).get(account.value()))
              .map(HoursStore.Saved::hours);
      var eased = care.eases(tx).getOrDefault(account.value(), Integer.MAX_VALUE);
      var zone =
          saved
              .map(h -> h.zoneOn(LocalDate.ofInstant(slot.start(), h.zone())))
              .orElseGet(() -> directory.person(tx, account).zone());
      var week = new TimeSlot(slot.start().minus(WEEK), slot.start());
      return SwapRules.bar(
          new Taker(
              found.get().cappedAt(eased),
              zone,
              saved.map(Expansion::leave).orElse(List.of()),
              onCall,
              care.immediateTaken(tx).getOrDefault(account.value(), List.of()),
              care.taken(tx, account, week).size()),
          new Asked(rota.specialty(), rota.language(), slot, Duration.ofHours(rota.restHours())));
    });
  }

  /** As far around it as any rest reaches. */
  private static TimeSlot around(Rota rota, TimeSlot slot) {
    var own = Duration.ofHours(rota.restHours());
    var rest = own.compareTo(Rest.LOOK_BACK) > 0 ? own : Rest.LOOK_BACK;
    return new TimeSlot(slot.start().minus(rest), slot.end().plus(rest));
  }
}
