package org.consilium.signaling.ring;

import org.consilium.platform.http.Wire;

/** What answering leads to. */
public enum RingKind implements Wire {
  /** Into the consult's call. */
  CALL,
  /** To the page of an offer, where it is accepted or refused. */
  OFFER
}
