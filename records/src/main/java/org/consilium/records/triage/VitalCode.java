package org.consilium.records.triage;

import org.consilium.platform.http.Wire;

/** What can be measured. Each has one unit, stated in the rules. */
public enum VitalCode implements Wire {
  TEMPERATURE,
  HEART_RATE,
  RESPIRATORY_RATE,
  SYSTOLIC,
  DIASTOLIC,
  OXYGEN_SATURATION,
  /** Litres a minute that the patient is given; 0 is room air. */
  OXYGEN_FLOW,
  CAPILLARY_REFILL,
  WEIGHT,
  HEIGHT,
  MUAC,
  GLUCOSE,
  PAIN
}
