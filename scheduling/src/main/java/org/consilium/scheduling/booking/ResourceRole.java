package org.consilium.scheduling.booking;

import org.consilium.platform.http.Wire;

/** As what somebody's, or something's, time is booked. */
public enum ResourceRole implements Wire {
  SPECIALIST,
  CLINIC,
  INTERPRETER
}
