package org.consilium.records.followup;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;

/** When news of the patient is due, and the outcome once known. */
public record FollowUp(Optional<Due> due, Optional<Outcome> outcome) {
  /** A date, and who or what set it; by rule it was whoever signed the advice. */
  public record Due(LocalDate on, Optional<String> note, AccountId setBy, Origin origin) {}

  /** Why a date is the one that it is. */
  public enum Origin implements Wire {
    RULE,
    NOTE,
    PERSON
  }

  /** How the patient fared; by link or short message it was told in the name of who was asked. */
  public record Outcome(
      NewOutcome told, Channel channel, AccountId recordedBy, Instant recordedAt) {}

  /** How news came. */
  public enum Channel implements Wire {
    PRODUCT,
    /** A coordinator telephoned. */
    TELEPHONE,
    LINK,
    TEXT
  }

  /**
   * What a clinician tells at the end.
   *
   * @param nextQuestion what they ask the specialist; it opens the consult again
   */
  public record NewOutcome(
      Result result,
      AdviceFollowed adviceFollowed,
      Optional<String> why,
      Optional<Diagnosis> diagnosis,
      Optional<String> finalDiagnosis,
      Optional<Integer> usefulness,
      Optional<String> text,
      Optional<String> nextQuestion) {
    /** Whether the specialist is waited for again. */
    public boolean reopens() {
      return result == Result.WORSE || question().isPresent();
    }

    /** What is asked, when something is. */
    public Optional<String> question() {
      return nextQuestion.filter(text -> !text.isBlank());
    }
  }

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
