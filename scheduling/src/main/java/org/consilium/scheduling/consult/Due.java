package org.consilium.scheduling.consult;

import java.time.Instant;
import org.consilium.platform.http.Wire;

/** What must have happened by when. */
public record Due(Instant at, For what) {
  /** What the clock runs for. */
  public enum For implements Wire {
    TRIAGE,
    ACCEPTANCE,
    FIRST_ANSWER,
    FOLLOW_UP
  }
}
