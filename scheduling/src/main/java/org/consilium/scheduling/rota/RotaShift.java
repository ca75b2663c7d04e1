package org.consilium.scheduling.rota;

import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.scheduling.availability.TimeSlot;

/** A time of a rota's layer, and who is on call in it; nobody is a gap. */
record RotaShift(
    UUID id, UUID rota, Layer layer, TimeSlot slot, Optional<AccountId> account, ShiftState state) {

  /** The same person in the same time, however it came about. */
  boolean isSameDuty(RotaShift other) {
    return layer == other.layer && slot.equals(other.slot) && account.equals(other.account);
  }
}
