package org.consilium.scheduling.ladder;

import org.consilium.platform.http.Wire;

/** How much a consult needs a person now. It only rises until somebody takes the consult. */
public enum Attention implements Wire {
  NONE,
  /** Its time is over: the coordinator must act. */
  OWN,
  /** The supervisor is to be telephoned. */
  SUPERVISOR;

  public Attention orHigher(Attention other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
