package org.consilium.scheduling.consult;

import java.util.Optional;
import org.consilium.scheduling.catalogue.Urgency;

/** What the rules computed, what the clinician asked for, what the coordinator confirmed. */
public record UrgencyHistory(Urgency computed, Urgency requested, Optional<Urgency> confirmed) {
  /** Confirmed, else the more urgent of the other two. */
  public Urgency now() {
    return confirmed.orElseGet(() -> computed.orMoreUrgent(requested));
  }

  UrgencyHistory computedAnew(Urgency urgency) {
    return new UrgencyHistory(urgency, requested, confirmed);
  }

  UrgencyHistory confirmed(Urgency urgency) {
    return new UrgencyHistory(computed, requested, Optional.of(urgency));
  }
}
