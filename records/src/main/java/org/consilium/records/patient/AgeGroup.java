package org.consilium.records.patient;

import org.consilium.platform.http.Wire;

/** The age groups by which specialties are divided. */
public enum AgeGroup implements Wire {
  /** Under 28 days. */
  NEONATE,
  /** Under 12 years. */
  CHILD,
  /** Under 18 years. */
  ADOLESCENT,
  ADULT,
  /** From 65 years. */
  OLDER;

  private static final int NEONATE_DAYS = 28;

  public static AgeGroup of(Age age) {
    int days = age.inDays();
    if (days < NEONATE_DAYS) {
      return NEONATE;
    }
    if (age.isUnderTwelve()) {
      return CHILD;
    }
    if (days < AgeUnit.YEARS.days(18)) {
      return ADOLESCENT;
    }
    return days < AgeUnit.YEARS.days(65) ? ADULT : OLDER;
  }
}
