package org.consilium.scheduling.rota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.rota.ShiftMove.Moved;
import org.consilium.scheduling.rota.ShiftMove.NobodyGains;
import org.consilium.scheduling.rota.ShiftMove.Placement;
import org.junit.jupiter.api.Test;

class ShiftMoveTest {
  private static final Instant MONDAY = Instant.parse("2026-06-01T08:00:00Z");
  private static final AccountId ADA = new AccountId(new UUID(0, 1));
  private static final AccountId BEN = new AccountId(new UUID(0, 2));
  private static final AccountId CAI = new AccountId(new UUID(0, 3));

  private final RotaShift monday = shift(hours(0, 24), ADA);
  private final RotaShift tuesday = shift(hours(24, 48), BEN);
  private final RotaShift wednesday = shift(hours(48, 72), CAI);
  private final RotaShift gap = shift(hours(72, 96), null);
  private final List<RotaShift> layer = List.of(monday, tuesday, wednesday, gap);

  @Test
  void somebody_else_gets_the_whole_time_or_the_part_they_are_given() {
    assertThat(move(tuesday, hours(24, 48), CAI)).isEqualTo(moved(put(hours(24, 48), CAI)));
    assertThat(move(tuesday, hours(30, 48), CAI)).isEqualTo(moved(put(hours(30, 48), CAI)));
    assertThat(move(gap, hours(72, 96), ADA)).isEqualTo(moved(put(hours(72, 96), ADA)));
  }

  @Test
  void moved_a_little_it_pushes_both_hand_offs() {
    assertThat(move(tuesday, hours(26, 50), BEN))
        .isEqualTo(moved(put(hours(26, 50), BEN), put(hours(24, 26), ADA)));
    assertThat(move(tuesday, hours(22, 46), BEN))
        .isEqualTo(moved(put(hours(22, 46), BEN), put(hours(46, 48), CAI)));
  }

  @Test
  void an_edge_goes_to_who_gains_time_by_it() {
    assertThat(move(tuesday, hours(24, 50), BEN)).isEqualTo(moved(put(hours(24, 50), BEN)));
    assertThat(move(tuesday, hours(24, 40), BEN)).isEqualTo(moved(put(hours(40, 48), CAI)));
    assertThat(move(tuesday, hours(28, 48), BEN)).isEqualTo(moved(put(hours(24, 28), ADA)));
  }

  @Test
  void moved_far_it_trades_with_whoever_has_most_of_that_time() {
    assertThat(move(monday, hours(50, 74), ADA))
        .isEqualTo(moved(put(hours(50, 74), ADA), put(hours(0, 24), CAI)));
  }

  @Test
  void nobody_is_left_without_anybody() {
    assertThat(move(monday, hours(2, 26), ADA)).isEqualTo(new NobodyGains(hours(0, 2)));
    assertThat(move(wednesday, hours(48, 70), CAI)).isEqualTo(new NobodyGains(hours(70, 72)));
    assertThat(move(monday, hours(72, 96), ADA)).isEqualTo(new NobodyGains(hours(0, 24)));
  }

  @Test
  void where_nothing_changes_nobody_is_put_anywhere() {
    assertThat(move(monday, hours(0, 24), ADA)).isEqualTo(moved());
  }

  private ShiftMove move(RotaShift shift, TimeSlot to, AccountId who) {
    return ShiftMove.of(layer, shift, to, who);
  }

  private static Moved moved(Placement... placements) {
    return new Moved(List.of(placements));
  }

  private static Placement put(TimeSlot slot, AccountId who) {
    return new Placement(slot, who);
  }

  private static RotaShift shift(TimeSlot slot, AccountId who) {
    var account = Optional.ofNullable(who);
    var state = account.isPresent() ? ShiftState.PUBLISHED : ShiftState.GAP;
    return new RotaShift(UUID.randomUUID(), new UUID(0, 9), Layer.PRIMARY, slot, account, state);
  }

  private static TimeSlot hours(int from, int until) {
    return new TimeSlot(MONDAY.plus(Duration.ofHours(from)), MONDAY.plus(Duration.ofHours(until)));
  }
}
