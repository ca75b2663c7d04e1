package org.consilium.records.followup;

import org.consilium.platform.http.Wire;

/** How the patient is. */
public enum Result implements Wire {
  BETTER,
  SAME,
  WORSE,
  DIED,
  TRANSFERRED,
  LEFT,
  UNKNOWN;

  /** Whether there is nobody left to ask about. */
  public boolean isEnd() {
    return this == DIED || this == TRANSFERRED || this == LEFT;
  }
}
