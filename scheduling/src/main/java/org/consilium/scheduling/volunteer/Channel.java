package org.consilium.scheduling.volunteer;

import org.consilium.platform.http.Wire;

/** A way in which somebody wants to be reached; they put them in order. */
public enum Channel implements Wire {
  RING,
  APP,
  MAIL
}
