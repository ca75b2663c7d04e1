package org.consilium.records.recommendation;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;

/** The treating clinician's decision: the medical act; the advice is no order. */
public record Decision(Made decided, AccountId by, Instant at) {

  /** What is decided upon a recommendation. */
  public record Made(Verdict decision, Optional<Reason> reason, Optional<String> text) {}

  /** How a recommendation was taken. */
  public enum Verdict implements Wire {
    ACCEPT,
    ADAPT,
    DECLINE,
    CANNOT
  }

  /** Why not. */
  public enum Reason implements Wire {
    NO_DRUG,
    NO_TEST,
    COST,
    REFUSED,
    TOO_LATE,
    DIED,
    TRANSFERRED,
    OTHER
  }
}
