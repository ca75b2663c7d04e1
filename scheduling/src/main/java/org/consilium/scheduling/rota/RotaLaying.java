package org.consilium.scheduling.rota;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.consilium.platform.Platform;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.OrganisationId;
import org.consilium.platform.id.Uuid7;
import org.consilium.scheduling.availability.Expansion;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.roster.HoursStore;
import org.consilium.scheduling.rota.RotationLayout.Override;
import org.consilium.scheduling.rota.RotationLayout.Piece;
import org.consilium.scheduling.rota.RotationLayout.Plan;
import org.consilium.scheduling.rota.ShiftsUncovered.Gap;
import org.consilium.scheduling.volunteer.VolunteerStatus;
import org.consilium.scheduling.volunteer.VolunteerStore;

/**
 * Keeps the shifts of every rota laid out for the coming eight weeks. They are rows and not
 * computed on each look, because a shift is something that a person offers, takes and is reminded
 * of: it needs a name that stays, and the database to refuse a second one in its place. What did
 * not change keeps its row; what has begun is cut at the present and never rewritten.
 */
final class RotaLaying {
  static final Duration AHEAD = Duration.ofDays(56);
  private static final Duration SOON = Duration.ofDays(7);
  private static final Duration AGAIN_AFTER = Duration.ofHours(1);

  private final Platform platform;
  private final RotaStore rotas;
  private final HoursStore hours;
  private final VolunteerStore volunteers;

  RotaLaying(Platform platform, RotaStore rotas, HoursStore hours, VolunteerStore volunteers) {
    this.platform = platform;
    this.rotas = rotas;
    this.hours = hours;
    this.volunteers = volunteers;
  }

  /** Lays out what is due, each in its own transaction; says how many there were. */
  int runDue() {
    int done = 0;
    while (runOne()) {
      done++;
    }
    return done;
  }

  private boolean runOne() {
    return platform
        .database()
        .asWorker(tx -> {
          var due = rotas.lockDue(tx, tx.now().minus(AGAIN_AFTER));
          due.ifPresent(rota -> layOut(tx, rota));
          return due.isPresent();
        });
  }

  /**
   * All rotas in which the person has a part, in one order, so that two such never lock up. Whoever
   * plans them did not do this, and hears of every gap.
   */
  void layOutThoseOf(Tx tx, AccountId member) {
    tx.asServer(() -> {
      var gaps = new HashMap<OrganisationId, List<Gap>>();
      for (var id : rotas.withMember(tx, member)) {
        rotas
            .lock(tx, id)
            .ifPresent(rota ->
                gaps.computeIfAbsent(rota.organisation(), _ -> new ArrayList<>())
                    .addAll(layOutLocked(tx, rota)));
      }
      gaps.forEach((organisation, of) -> publish(tx, organisation, of));
    });
  }

  /** The caller holds the rota's lock. Gaps that lie further off wait for a look at the plan. */
  void layOut(Tx tx, Rota rota) {
    tx.asServer(() -> {
      var soon = tx.now().plus(SOON);
      var gaps = layOutLocked(tx, rota).stream().filter(gap -> gap.start().isBefore(soon)).toList();
      publish(tx, rota.organisation(), gaps);
    });
  }

  private void publish(Tx tx, OrganisationId organisation, List<Gap> gaps) {
    if (!gaps.isEmpty()) {
      var inOrder = gaps.stream().sorted(Comparator.comparing(Gap::start)).toList();
      platform.outbox().publish(tx, new ShiftsUncovered(organisation, inOrder, tx.now()));
    }
  }

  /** Says what somebody was to cover and nobody does now. */
  private List<Gap> layOutLocked(Tx tx, Rota rota) {
    var now = tx.now();
    var window = TimeSlot.of(now, AHEAD);
    var overrides =
        rotas.overrides(tx, rota.id(), window).stream().map(RotaStore.Kept::what).toList();
    var plan =
        new Plan(rota.zone(), rota.rotations(), overrides, absences(tx, rota, overrides, window));
    var found = rotas.shifts(tx, rota.id(), window);
    var wanted =
        RotationLayout.of(plan, window).stream()
            .map(piece -> wanted(rota, piece, found, now))
            .toList();
    var touched = replace(tx, found, wanted, now);
    rotas.laid(tx, rota.id());
    if (!touched.isEmpty()) {
      touched.remove(Optional.<AccountId>empty());
      platform
          .changes()
          .tell(
              tx,
              "roster",
              rota.id(),
              rota.organisation(),
              touched.stream().map(Optional::orElseThrow).toList());
    }
    return uncovered(found, wanted);
  }

  private static List<Gap> uncovered(List<RotaShift> found, List<RotaShift> wanted) {
    return wanted.stream()
        .filter(gap -> gap.account().isEmpty())
        .filter(gap -> {
          var before =
              found.stream()
                  .filter(was -> was.layer() == gap.layer() && was.slot().overlaps(gap.slot()))
                  .toList();
          return !before.isEmpty() && before.stream().allMatch(was -> was.account().isPresent());
        })
        .map(gap -> new Gap(gap.rota(), gap.slot().start(), gap.slot().end()))
        .toList();
  }

  /** What runs already keeps its beginning when the same person goes on. */
  private static RotaShift wanted(Rota rota, Piece piece, List<RotaShift> found, Instant now) {
    var slot = piece.slot();
    if (slot.start().equals(now)) {
      slot =
          found.stream()
              .filter(shift -> shift.layer() == piece.layer() && shift.slot().start().isBefore(now))
              .filter(shift -> shift.account().equals(piece.account()))
              .findFirst()
              .map(shift -> new TimeSlot(shift.slot().start(), piece.slot().end()))
              .orElse(slot);
    }
    return new RotaShift(
        Uuid7.next(), rota.id(), piece.layer(), slot, piece.account(), ShiftState.of(piece, now));
  }

  /** Whose shifts are different now; an empty one stands for a gap. */
  private Set<Optional<AccountId>> replace(
      Tx tx, List<RotaShift> found, List<RotaShift> wanted, Instant now) {
    var fresh = new ArrayList<>(wanted);
    var gone = new ArrayList<UUID>();
    var touched = new HashSet<Optional<AccountId>>();
    for (var shift : found) {
      var same = fresh.stream().filter(shift::isSameDuty).findFirst();
      if (same.isPresent()) {
        fresh.remove(same.get());
        if (shift.state() != same.get().state()) {
          rotas.state(tx, shift.id(), same.get().state());
          touched.add(shift.account());
        }
        continue;
      }
      touched.add(shift.account());
      boolean goesOn =
          fresh.stream()
              .anyMatch(
                  w -> w.layer() == shift.layer() && w.slot().start().equals(shift.slot().start()));
      if (shift.slot().start().isBefore(now) && !goesOn) {
        rotas.cutNow(tx, shift.id());
      } else {
        gone.add(shift.id());
      }
    }
    rotas.delete(tx, gone);
    fresh.forEach(shift -> {
      rotas.insert(tx, shift);
      touched.add(shift.account());
    });
    return touched;
  }

  private Map<AccountId, List<TimeSlot>> absences(
      Tx tx, Rota rota, List<Override> overrides, TimeSlot window) {
    var people =
        Stream.concat(rota.members().stream(), overrides.stream().map(Override::account))
            .distinct()
            .toList();
    var promised = hours.of(tx, people.stream().map(AccountId::value).toList());
    var absences = new HashMap<AccountId, List<TimeSlot>>();
    for (var person : people) {
      boolean active =
          volunteers.find(tx, person).filter(v -> v.status() == VolunteerStatus.ACTIVE).isPresent();
      var saved = promised.get(person.value());
      if (!active) {
        absences.put(person, List.of(window));
      } else if (saved != null) {
        absences.put(person, Expansion.leave(saved.hours()));
      }
    }
    return absences;
  }
}
