package org.consilium.scheduling.rota;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;

/**
 * A shift, or part of one, that its volunteer would like a colleague to take.
 *
 * @param to the one who is asked; everybody who could when nobody is named
 */
record Swap(
    UUID id,
    UUID rota,
    Layer layer,
    TimeSlot slot,
    AccountId giver,
    Optional<AccountId> to,
    Optional<AccountId> taker,
    State state,
    Instant offeredAt,
    Optional<Instant> takenAt,
    Optional<Instant> endedAt) {
  enum State implements Wire {
    OPEN,
    /** Taken, and the scheduler has not agreed yet. */
    WAITING,
    DONE,
    DECLINED,
    WITHDRAWN
  }

  boolean isOpenAt(Instant now) {
    return state == State.OPEN && slot.start().isAfter(now);
  }
}
