package org.consilium.scheduling.catalogue;

import org.consilium.platform.http.Wire;

/** Why a specialist does not take an offer. */
public enum RefusalReason implements Wire {
  BUSY,
  NOT_MY_FIELD,
  ON_LEAVE,
  CONFLICT,
  UNCLEAR
}
