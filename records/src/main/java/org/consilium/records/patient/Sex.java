package org.consilium.records.patient;

import org.consilium.platform.http.Wire;

/** Sex as far as it matters to the treatment. */
public enum Sex implements Wire {
  FEMALE,
  MALE,
  OTHER,
  UNKNOWN
}
