package org.consilium.records.followup;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;

/** When news of the patient is due, and the outcome once known. */
record FollowUp(Optional<Due> due, Optional<Outcome> outcome) {
  /** A date that somebody set. */
  record Due(LocalDate on, Optional<String> note, AccountId setBy) {}

  /** How the patient fared. */
  record Outcome(NewOutcome told, AccountId recordedBy, Instant recordedAt) {}

  /** What a clinician tells at the end. */
  record NewOutcome(
      Result result,
      AdviceFollowed adviceFollowed,
      Optional<String> why,
      Optional<Diagnosis> diagnosis,
      Optional<String> finalDiagnosis,
      Optional<Integer> usefulness,
      Optional<String> text) {}

  /** Whether the advice was followed. */
  enum AdviceFollowed implements Wire {
    FULLY,
    PARTLY,
    NO
  }

  /** What became of the diagnosis. */
  enum Diagnosis implements Wire {
    CONFIRMED,
    CHANGED,
    UNKNOWN
  }
}
