package org.consilium.scheduling.rota;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * Lays a rota out to moments: for every layer, every moment of the window belongs to exactly one
 * piece, which names a person or is a gap.
 *
 * <p>The newest override wins over rotations, and a later rotation over an earlier one. Who is
 * absent is stood in for by the next of the same rotation who is present, for exactly the absent
 * part; an override of somebody absent does not hold for that part. Nobody backs up themselves by
 * turn: the back-up's next one does.
 */
public final class RotationLayout {
  /** What a piece came from; a later shift's state follows from it. */
  public enum Reason {
    TURN,
    STAND_IN,
    OVERRIDE,
    SWAP,
    NOBODY
  }

  /**
   * Somebody in somebody's place.
   *
   * @param swapped they took it themselves
   */
  public record Override(Layer layer, TimeSlot slot, AccountId account, boolean swapped) {}

  /**
   * @param rotations in the order of their weight, the strongest last
   * @param overrides in the order in which they were made
   * @param absences when members cannot be called
   */
  public record Plan(
      ZoneId zone,
      List<Rotation> rotations,
      List<Override> overrides,
      Map<AccountId, List<TimeSlot>> absences) {
    boolean isPresent(AccountId account, Instant moment) {
      return absences.getOrDefault(account, List.of()).stream()
          .noneMatch(slot -> slot.holds(moment));
    }
  }

  public record Piece(Layer layer, TimeSlot slot, Optional<AccountId> account, Reason reason) {}

  /** One turn of a rotation; {@code rotation} and {@code number} keep neighbours apart. */
  private record Turn(int rotation, long number, TimeSlot slot) {}

  /** Who, and of which turn or override: pieces of the same origin are one. */
  private record Origin(Optional<AccountId> account, Reason reason, int source, long number) {}

  private static final Origin NOBODY = new Origin(Optional.empty(), Reason.NOBODY, -1, -1);

  private final Plan plan;
  private final TimeSlot window;

  private RotationLayout(Plan plan, TimeSlot window) {
    this.plan = plan;
    this.window = window;
  }

  /** By layer, then by time. A rota without back-up rotations has no back-up pieces. */
  public static List<Piece> of(Plan plan, TimeSlot window) {
    return new RotationLayout(plan, window).pieces();
  }

  private List<Piece> pieces() {
    var primary = layer(Layer.PRIMARY, List.of());
    boolean hasBackUp =
        plan.rotations().stream().anyMatch(rotation -> rotation.layer() == Layer.BACK_UP);
    return hasBackUp
        ? Stream.concat(primary.stream(), layer(Layer.BACK_UP, primary).stream()).toList()
        : primary;
  }

  private List<Piece> layer(Layer layer, List<Piece> before) {
    var turns = turns(layer);
    var cuts = cuts(layer, turns, before);
    var pieces = new ArrayList<Piece>();
    Origin last = null;
    for (int i = 0; i + 1 < cuts.size(); i++) {
      var slot = new TimeSlot(cuts.get(i), cuts.get(i + 1));
      var origin = at(layer, slot.start(), turns, before);
      if (origin.equals(last)) {
        var whole = new TimeSlot(pieces.removeLast().slot().start(), slot.end());
        pieces.add(piece(layer, whole, origin));
      } else {
        pieces.add(piece(layer, slot, origin));
      }
      last = origin;
    }
    return pieces;
  }

  private static Piece piece(Layer layer, TimeSlot slot, Origin origin) {
    return new Piece(layer, slot, origin.account(), origin.reason());
  }

  private List<Turn> turns(Layer layer) {
    var turns = new ArrayList<Turn>();
    for (int index = 0; index < plan.rotations().size(); index++) {
      var rotation = plan.rotations().get(index);
      if (rotation.layer() == layer) {
        addTurns(index, rotation, turns);
      }
    }
    return turns;
  }

  private void addTurns(int index, Rotation rotation, List<Turn> turns) {
    var zone = plan.zone();
    var ends = rotation.endsAt(zone);
    for (long k = rotation.turnBefore(window.start(), zone); ; k++) {
      var start = rotation.startOf(k, zone);
      if (!start.isBefore(window.end()) || !start.isBefore(ends)) {
        return;
      }
      var next = rotation.startOf(k + 1, zone);
      var end = next.isBefore(ends) ? next : ends;
      if (start.isBefore(end)) {
        turns.add(new Turn(index, k, new TimeSlot(start, end)));
      }
    }
  }

  /** Every moment at which the answer may change, in order, with both ends of the window. */
  private List<Instant> cuts(Layer layer, List<Turn> turns, List<Piece> before) {
    var slots =
        Stream.of(
                turns.stream().map(Turn::slot),
                plan.overrides().stream().filter(o -> o.layer() == layer).map(Override::slot),
                plan.absences().values().stream().flatMap(List::stream),
                before.stream().map(Piece::slot))
            .flatMap(s -> s);
    Set<Instant> cuts = new TreeSet<>();
    cuts.add(window.start());
    cuts.add(window.end());
    slots.forEach(slot ->
        slot.within(window)
            .ifPresent(inside -> {
              cuts.add(inside.start());
              cuts.add(inside.end());
            }));
    return cuts.stream().sorted(Comparator.naturalOrder()).toList();
  }

  private Origin at(Layer layer, Instant moment, List<Turn> turns, List<Piece> before) {
    for (int i = plan.overrides().size() - 1; i >= 0; i--) {
      var override = plan.overrides().get(i);
      if (override.layer() == layer
          && override.slot().holds(moment)
          && plan.isPresent(override.account(), moment)) {
        var reason = override.swapped() ? Reason.SWAP : Reason.OVERRIDE;
        return new Origin(Optional.of(override.account()), reason, -1, i);
      }
    }
    var taken =
        before.stream()
            .filter(piece -> piece.slot().holds(moment))
            .findFirst()
            .flatMap(Piece::account);
    for (int i = turns.size() - 1; i >= 0; i--) {
      var turn = turns.get(i);
      if (turn.slot().holds(moment)) {
        return byTurn(turn, moment, taken);
      }
    }
    return NOBODY;
  }

  private Origin byTurn(Turn turn, Instant moment, Optional<AccountId> taken) {
    var rotation = plan.rotations().get(turn.rotation());
    for (int i = 0; i < rotation.members().size(); i++) {
      var member = rotation.member(turn.number() + i);
      if (plan.isPresent(member, moment) && !taken.equals(Optional.of(member))) {
        var reason = i == 0 ? Reason.TURN : Reason.STAND_IN;
        return new Origin(Optional.of(member), reason, turn.rotation(), turn.number());
      }
    }
    return NOBODY;
  }
}
