package org.consilium.records.note;

import org.consilium.platform.http.Wire;

/** Why a note is taken back. */
public enum RetractionReason implements Wire {
  WRONG_PATIENT,
  ENTERED_IN_ERROR
}
