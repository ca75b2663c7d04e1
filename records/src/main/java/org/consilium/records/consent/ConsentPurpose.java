package org.consilium.records.consent;

import org.consilium.platform.http.Wire;

/** What a patient is asked to agree to, each on its own. */
public enum ConsentPurpose implements Wire {
  ADVICE,
  LIVE_VIDEO,
  IMAGES,
  STORAGE_ABROAD,
  RECORDING,
  TEACHING,
  COUNTS
}
