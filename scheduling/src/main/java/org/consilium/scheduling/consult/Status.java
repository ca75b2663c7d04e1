package org.consilium.scheduling.consult;

import org.consilium.platform.http.Wire;

/** Where a consult stands between the question and its outcome. */
public enum Status implements Wire {
  SUBMITTED,
  TRIAGED,
  OFFERED,
  ACCEPTED,
  IN_DISCUSSION,
  BOOKED,
  ADVISED,
  CLOSED,
  WITHDRAWN;

  public boolean isOver() {
    return this == CLOSED || this == WITHDRAWN;
  }

  /** A specialist has taken it, and it is not over. */
  public boolean isCarried() {
    return this == ACCEPTED || this == IN_DISCUSSION || this == BOOKED || this == ADVISED;
  }
}
