package org.consilium.scheduling.rota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.rota.RotationLayout.Override;
import org.consilium.scheduling.rota.RotationLayout.Piece;
import org.consilium.scheduling.rota.RotationLayout.Plan;

/**
 * Any rota around the odd days of odd zones, against an oracle that asks for every quarter of an
 * hour who it would be, counting hand-offs one by one from the first.
 */
class RotationLayoutPropertiesTest {
  private static final String[][] ODD = {
    {"Europe/Berlin", "2026-03-29"},
    {"Europe/Berlin", "2026-10-25"},
    {"Pacific/Apia", "2011-12-30"},
    {"Australia/Lord_Howe", "2026-04-05"},
    {"America/Santiago", "2026-09-06"},
    {"Asia/Kathmandu", "2026-05-01"},
    {"Antarctica/Troll", "2026-03-29"}
  };
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final int PEOPLE = 4;

  @Property(tries = 200)
  void is_whole_without_overlap_and_agrees_with_the_oracle(@ForAll long seed) {
    var random = new Random(seed);
    var odd = ODD[random.nextInt(ODD.length)];
    var zone = ZoneId.of(odd[0]);
    var date = LocalDate.parse(odd[1]);
    var start = date.minusDays(5).atTime(6, 0).toInstant(ZoneOffset.UTC);
    var window = TimeSlot.of(start, Duration.ofDays(10));
    var plan = plan(random, zone, date, window);
    var pieces = RotationLayout.of(plan, window);

    for (var layer : layersOf(plan)) {
      var own = pieces.stream().filter(piece -> piece.layer() == layer).toList();
      assertThat(own.getFirst().slot().start()).isEqualTo(window.start());
      assertThat(own.getLast().slot().end()).isEqualTo(window.end());
      for (int i = 1; i < own.size(); i++) {
        assertThat(own.get(i).slot().start()).isEqualTo(own.get(i - 1).slot().end());
      }
    }
    for (var at = window.start(); at.isBefore(window.end()); at = at.plus(STEP)) {
      var primary = expected(plan, Layer.PRIMARY, at, Optional.empty());
      assertThat(found(pieces, Layer.PRIMARY, at)).as("%s", at).isEqualTo(primary);
      if (layersOf(plan).contains(Layer.BACK_UP)) {
        assertThat(found(pieces, Layer.BACK_UP, at))
            .as("%s", at)
            .isEqualTo(expected(plan, Layer.BACK_UP, at, primary));
      }
    }
  }

  private static List<Layer> layersOf(Plan plan) {
    boolean both = plan.rotations().stream().anyMatch(r -> r.layer() == Layer.BACK_UP);
    return both ? List.of(Layer.PRIMARY, Layer.BACK_UP) : List.of(Layer.PRIMARY);
  }

  private static Optional<AccountId> found(List<Piece> pieces, Layer layer, Instant at) {
    return pieces.stream()
        .filter(piece -> piece.layer() == layer && piece.slot().holds(at))
        .findFirst()
        .orElseThrow()
        .account();
  }

  private static Optional<AccountId> expected(
      Plan plan, Layer layer, Instant at, Optional<AccountId> taken) {
    Optional<AccountId> newest = Optional.empty();
    for (var override : plan.overrides()) {
      if (override.layer() == layer
          && override.slot().holds(at)
          && isThere(plan, override.account(), at)) {
        newest = Optional.of(override.account());
      }
    }
    if (newest.isPresent()) {
      return newest;
    }
    for (int i = plan.rotations().size() - 1; i >= 0; i--) {
      var rotation = plan.rotations().get(i);
      if (rotation.layer() == layer && holds(plan.zone(), rotation, at)) {
        return member(plan, rotation, at, taken);
      }
    }
    return Optional.empty();
  }

  private static boolean holds(ZoneId zone, Rotation rotation, Instant at) {
    return !at.isBefore(handOff(zone, rotation, rotation.from()))
        && rotation.until().map(d -> at.isBefore(handOff(zone, rotation, d))).orElse(true);
  }

  private static Optional<AccountId> member(
      Plan plan, Rotation rotation, Instant at, Optional<AccountId> taken) {
    int turn = 0;
    var next = rotation.from().plusDays(rotation.everyDays());
    while (!handOff(plan.zone(), rotation, next).isAfter(at)) {
      turn++;
      next = next.plusDays(rotation.everyDays());
    }
    int size = rotation.members().size();
    for (int i = 0; i < size; i++) {
      var member = rotation.members().get((turn + i) % size);
      if (isThere(plan, member, at) && !Optional.of(member).equals(taken)) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }

  /** From the rules of the zone and nothing else: RFC 5545 section 3.3.5. */
  private static Instant handOff(ZoneId zone, Rotation rotation, LocalDate date) {
    var local = date.atTime(LocalTime.parse(rotation.handOff()));
    var offsets = zone.getRules().getValidOffsets(local);
    var offset =
        offsets.isEmpty()
            ? zone.getRules().getTransition(local).getOffsetBefore()
            : offsets.getFirst();
    return local.toInstant(offset);
  }

  private static boolean isThere(Plan plan, AccountId who, Instant at) {
    return plan.absences().getOrDefault(who, List.of()).stream().noneMatch(s -> s.holds(at));
  }

  private static Plan plan(Random random, ZoneId zone, LocalDate around, TimeSlot window) {
    var rotations = new ArrayList<Rotation>();
    for (int i = random.nextInt(4); i > 0; i--) {
      var from = around.minusDays(random.nextInt(40) - 4);
      var members = new ArrayList<AccountId>();
      for (int m = 0; m < PEOPLE; m++) {
        if (random.nextInt(3) > 0) {
          members.add(account(m));
        }
      }
      rotations.add(
          new Rotation(
              random.nextInt(3) == 0 ? Layer.BACK_UP : Layer.PRIMARY,
              from,
              random.nextInt(3) == 0
                  ? Optional.of(from.plusDays(1 + random.nextInt(30)))
                  : Optional.empty(),
              "%02d:%02d".formatted(random.nextInt(24), random.nextInt(4) * 15),
              1 + random.nextInt(8),
              members));
    }
    var overrides = new ArrayList<Override>();
    for (int i = random.nextInt(3); i > 0; i--) {
      var layer = random.nextBoolean() ? Layer.PRIMARY : Layer.BACK_UP;
      overrides.add(
          new Override(layer, slot(random, window), account(random.nextInt(PEOPLE)), false));
    }
    Map<AccountId, List<TimeSlot>> absences = new HashMap<>();
    for (int m = 0; m < PEOPLE; m++) {
      if (random.nextInt(2) == 0) {
        absences.put(account(m), List.of(slot(random, window)));
      }
    }
    return new Plan(zone, rotations, overrides, absences);
  }

  private static TimeSlot slot(Random random, TimeSlot window) {
    var start = window.start().plus(STEP.multipliedBy(random.nextInt(800) - 50));
    return TimeSlot.of(start, STEP.multipliedBy(1 + random.nextInt(300)));
  }

  private static AccountId account(int number) {
    return new AccountId(new UUID(7, number));
  }
}
