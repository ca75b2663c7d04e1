package org.consilium.scheduling.volunteer;

import org.consilium.platform.http.Wire;

/** How far a licence can be relied on. The first, second and last are kept; the others follow. */
public enum LicenceState implements Wire {
  CLAIMED,
  VERIFIED,
  /** Verified, and its last day is near. */
  EXPIRING,
  EXPIRED,
  REVOKED
}
