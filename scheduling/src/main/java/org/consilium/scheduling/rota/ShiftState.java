package org.consilium.scheduling.rota;

import java.time.Duration;
import java.time.Instant;
import org.consilium.platform.http.Wire;

/** Where a shift of a rota stands. */
public enum ShiftState implements Wire {
  /** Further ahead than people are told. */
  PLANNED,
  PUBLISHED,
  /** Taken over by a colleague. */
  SWAPPED,
  /** Somebody stands in for an absent one, or a scheduler put somebody here. */
  COVERED,
  GAP;

  static final Duration PUBLISHED_AHEAD = Duration.ofDays(28);

  static ShiftState of(RotationLayout.Piece piece, Instant now) {
    return switch (piece.reason()) {
      case TURN -> piece.slot().start().isBefore(now.plus(PUBLISHED_AHEAD)) ? PUBLISHED : PLANNED;
      case STAND_IN, OVERRIDE -> COVERED;
      case SWAP -> SWAPPED;
      case NOBODY -> GAP;
    };
  }
}
