package org.consilium.scheduling.consult;

import org.consilium.platform.http.Wire;

/** Whose clock runs. */
public enum WaitingOn implements Wire {
  COORDINATOR,
  SPECIALIST,
  CLINIC,
  NOBODY
}
