package org.consilium.scheduling.volunteer;

import org.consilium.platform.http.Wire;

/** Where a volunteer stands with the network; only an active one is asked. */
public enum VolunteerStatus implements Wire {
  APPLIED,
  ACTIVE,
  PAUSED,
  ENDED
}
