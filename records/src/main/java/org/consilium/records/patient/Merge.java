package org.consilium.records.patient;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.PatientId;

/**
 * Two records that became one.
 *
 * @param survivorBefore what the surviving record said until then
 * @param mergedBefore what the other one said
 */
record Merge(
    UUID id,
    PatientId survivor,
    PatientId merged,
    PatientParticulars survivorBefore,
    PatientParticulars mergedBefore,
    String reason,
    AccountId by,
    Instant at,
    Optional<Undone> undone) {

  /** That it was a mistake. */
  record Undone(String reason, AccountId by, Instant at) {}
}
