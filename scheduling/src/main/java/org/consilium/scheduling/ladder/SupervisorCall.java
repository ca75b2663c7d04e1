package org.consilium.scheduling.ladder;

import java.time.Instant;
import java.util.Optional;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.ConsultId;

/**
 * A telephone call to the supervisor of a consult's organisation, as a step of the ladder asks for
 * it.
 *
 * @param outcome empty until somebody has noted it
 */
public record SupervisorCall(
    SupervisorCallId id, ConsultId consult, Instant since, Optional<Outcome> outcome) {

  /** What came of it. */
  public enum Outcome implements Wire {
    REACHED,
    NOT_REACHED,
    /** Somebody else has taken it on meanwhile. */
    SOMEBODY_ELSE,
    /** A specialist took the consult, or it ended, before anybody noted anything. */
    NOT_NEEDED
  }
}
