package org.consilium.scheduling.ladder;

import org.consilium.platform.http.Wire;

/** What a step of the ladder does. */
public enum Act implements Wire {
  /** The one who is asked hears of it again. */
  REMIND,
  /** The next one is asked, while the first may still answer. */
  NEXT,
  /** So many are asked at once. */
  ASK,
  /** The next one on call is rung while earlier ones keep ringing, again and again. */
  RING,
  /** Everybody of the specialty who may be asked. */
  SPECIALTY,
  /** Every doctor on call, whatever their field. */
  ANY_DOCTOR,
  /** Its time is over: the coordinator must act. */
  OWN,
  /** The supervisor is to be telephoned. */
  SUPERVISOR,
  /** What the clinic asked for is confirmed by rule, since no coordinator did. */
  CONFIRM
}
