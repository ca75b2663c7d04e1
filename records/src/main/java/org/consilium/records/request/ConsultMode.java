package org.consilium.records.request;

import org.consilium.platform.http.Wire;

/**
 * Whom the specialist speaks to. A legal fact: where the patient is seen or spoken to, a licence of
 * the patient's country may be needed.
 */
public enum ConsultMode implements Wire {
  CLINICIAN_ADVICE,
  PATIENT_PRESENT,
  DIRECT_TO_PATIENT;

  /** Whether the patient takes part. */
  public boolean reachesPatient() {
    return this != CLINICIAN_ADVICE;
  }
}
