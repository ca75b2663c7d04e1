package org.consilium.scheduling.rota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;
import org.consilium.scheduling.rota.RotationLayout.Override;
import org.consilium.scheduling.rota.RotationLayout.Piece;
import org.consilium.scheduling.rota.RotationLayout.Plan;
import org.consilium.scheduling.rota.RotationLayout.Reason;
import org.junit.jupiter.api.Test;

class RotationLayoutTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final AccountId ADA = account(1);
  private static final AccountId BEN = account(2);
  private static final AccountId CAI = account(3);

  private static AccountId account(int number) {
    return new AccountId(new UUID(7, number));
  }

  private static Rotation weekly(Layer layer, String from, AccountId... members) {
    return new Rotation(
        layer, LocalDate.parse(from), Optional.empty(), "08:00", 7, List.of(members));
  }

  private static TimeSlot slot(String start, String end) {
    return new TimeSlot(Instant.parse(start), Instant.parse(end));
  }

  private static List<Piece> lay(
      TimeSlot window,
      List<Rotation> rotations,
      List<Override> overrides,
      Map<AccountId, List<TimeSlot>> absences) {
    return RotationLayout.of(new Plan(BERLIN, rotations, overrides, absences), window);
  }

  private static Piece piece(String start, String end, AccountId who, Reason reason) {
    return new Piece(Layer.PRIMARY, slot(start, end), Optional.ofNullable(who), reason);
  }

  @Test
  void a_week_in_which_clocks_change_is_an_hour_shorter_or_longer() {
    var spring =
        lay(
            slot("2026-03-23T07:00:00Z", "2026-04-06T06:00:00Z"),
            List.of(weekly(Layer.PRIMARY, "2026-03-23", ADA, BEN)),
            List.of(),
            Map.of());
    assertThat(spring)
        .containsExactly(
            piece("2026-03-23T07:00:00Z", "2026-03-30T06:00:00Z", ADA, Reason.TURN),
            piece("2026-03-30T06:00:00Z", "2026-04-06T06:00:00Z", BEN, Reason.TURN));
    assertThat(spring.getFirst().slot().length()).isEqualTo(Duration.ofHours(167));
    var autumn =
        lay(
            slot("2026-10-19T06:00:00Z", "2026-10-26T07:00:00Z"),
            List.of(weekly(Layer.PRIMARY, "2026-10-19", ADA)),
            List.of(),
            Map.of());
    assertThat(autumn).hasSize(1);
    assertThat(autumn.getFirst().slot().length()).isEqualTo(Duration.ofHours(169));
  }

  @Test
  void leave_inside_a_turn_is_stood_in_for_exactly_then() {
    var away = slot("2026-06-03T22:00:00Z", "2026-06-05T22:00:00Z");
    assertThat(
            lay(
                slot("2026-06-01T06:00:00Z", "2026-06-08T06:00:00Z"),
                List.of(weekly(Layer.PRIMARY, "2026-06-01", ADA, BEN, CAI)),
                List.of(),
                Map.of(ADA, List.of(away), BEN, List.of(away))))
        .containsExactly(
            piece("2026-06-01T06:00:00Z", "2026-06-03T22:00:00Z", ADA, Reason.TURN),
            piece("2026-06-03T22:00:00Z", "2026-06-05T22:00:00Z", CAI, Reason.STAND_IN),
            piece("2026-06-05T22:00:00Z", "2026-06-08T06:00:00Z", ADA, Reason.TURN));
  }

  @Test
  void what_nobody_covers_is_a_gap() {
    var window = slot("2026-05-31T06:00:00Z", "2026-06-02T06:00:00Z");
    var gap = piece("2026-05-31T06:00:00Z", "2026-06-01T06:00:00Z", null, Reason.NOBODY);
    assertThat(lay(window, List.of(weekly(Layer.PRIMARY, "2026-06-01", ADA)), List.of(), Map.of()))
        .contains(gap);
    assertThat(lay(window, List.of(weekly(Layer.PRIMARY, "2026-01-01")), List.of(), Map.of()))
        .allSatisfy(piece -> assertThat(piece.account()).isEmpty());
    assertThat(lay(window, List.of(), List.of(), Map.of()))
        .containsExactly(new Piece(Layer.PRIMARY, window, Optional.empty(), Reason.NOBODY));
  }

  @Test
  void a_rotation_ends_at_the_hand_off_of_its_last_date() {
    var ended =
        new Rotation(
            Layer.PRIMARY,
            LocalDate.parse("2026-06-01"),
            Optional.of(LocalDate.parse("2026-06-04")),
            "08:00",
            7,
            List.of(ADA));
    assertThat(
            lay(
                slot("2026-06-03T06:00:00Z", "2026-06-05T06:00:00Z"),
                List.of(ended),
                List.of(),
                Map.of()))
        .containsExactly(
            piece("2026-06-03T06:00:00Z", "2026-06-04T06:00:00Z", ADA, Reason.TURN),
            piece("2026-06-04T06:00:00Z", "2026-06-05T06:00:00Z", null, Reason.NOBODY));
  }

  @Test
  void a_later_rotation_wins_and_an_override_over_both() {
    var night = slot("2026-06-09T20:00:00Z", "2026-06-10T04:00:00Z");
    assertThat(
            lay(
                slot("2026-06-08T06:00:00Z", "2026-06-15T06:00:00Z"),
                List.of(
                    weekly(Layer.PRIMARY, "2026-06-01", ADA),
                    weekly(Layer.PRIMARY, "2026-06-08", BEN)),
                List.of(new Override(Layer.PRIMARY, night, CAI, true)),
                Map.of()))
        .containsExactly(
            piece("2026-06-08T06:00:00Z", "2026-06-09T20:00:00Z", BEN, Reason.TURN),
            piece("2026-06-09T20:00:00Z", "2026-06-10T04:00:00Z", CAI, Reason.SWAP),
            piece("2026-06-10T04:00:00Z", "2026-06-15T06:00:00Z", BEN, Reason.TURN));
  }

  @Test
  void nobody_backs_up_themselves() {
    var pieces =
        lay(
            slot("2026-06-01T06:00:00Z", "2026-06-15T06:00:00Z"),
            List.of(
                weekly(Layer.PRIMARY, "2026-06-01", ADA, BEN),
                weekly(Layer.BACK_UP, "2026-06-01", ADA, BEN)),
            List.of(),
            Map.of());
    assertThat(pieces.stream().filter(p -> p.layer() == Layer.BACK_UP))
        .extracting(Piece::account)
        .containsExactly(Optional.of(BEN), Optional.of(ADA));
  }
}
