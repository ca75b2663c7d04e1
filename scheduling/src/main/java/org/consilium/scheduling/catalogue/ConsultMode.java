package org.consilium.scheduling.catalogue;

import org.consilium.platform.http.Wire;

/** Whom the specialist faces: a legal fact, because it decides which licence is needed. */
public enum ConsultMode implements Wire {
  /** A colleague is advised, who stays the treating clinician. */
  CLINICIAN_ADVICE,
  /** The patient is in the call, with the local clinician. */
  PATIENT_PRESENT,
  /** The patient alone. */
  DIRECT_TO_PATIENT
}
