package org.consilium.records.followup;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;

/** When news of the patient is due, and the outcome once known. */
public record FollowUp(Optional<Due> due, Optional<Outcome> outcome) {
  /** A date that somebody set. */
  public record Due(LocalDate on, Optional<String> note, AccountId setBy) {}

  /** How the patient fared. */
  public record Outcome(NewOutcome told, AccountId recordedBy, Instant recordedAt) {}

  /** What a clinician tells at the end. */
  public record NewOutcome(
      Result result,
      AdviceFollowed adviceFollowed,
      Optional<String> why,
      Optional<Diagnosis> diagnosis,
      Optional<String> finalDiagnosis,
      Optional<Integer> usefulness,
      Optional<String> text) {}

  /** Whether the advice was followed. */
  public enum AdviceFollowed implements Wire {
    FULLY,
    PARTLY,
    NO
  }

  /** What became of the diagnosis. */
  public enum Diagnosis implements Wire {
    CONFIRMED,
    CHANGED,
    UNKNOWN
  }
}
