package org.consilium.scheduling.volunteer;

import org.consilium.platform.http.Wire;

/** As they told it themselves, if they did. */
public enum Gender implements Wire {
  FEMALE,
  MALE,
  OTHER
}
