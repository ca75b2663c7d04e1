package org.consilium.records.patient;

import org.consilium.platform.http.Wire;

/** What an age is counted in. Months and years are mean ones (a year is 365.25 days). */
public enum AgeUnit implements Wire {
  DAYS(1, 1),
  WEEKS(7, 1),
  MONTHS(1461, 48),
  YEARS(1461, 4);

  private final int daysNumerator;
  private final int daysDenominator;

  AgeUnit(int daysNumerator, int daysDenominator) {
    this.daysNumerator = daysNumerator;
    this.daysDenominator = daysDenominator;
  }

  /** Whole days of so many of these, rounded down. */
  int days(int count) {
    return Math.toIntExact((long) count * daysNumerator / daysDenominator);
  }
}
