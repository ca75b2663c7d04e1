package org.consilium.scheduling.report;

import org.consilium.platform.http.Wire;

/** Whose consults a report counts. */
public enum Scope implements Wire {
  /** Those that the caller's organisation submitted. */
  OWN,
  /** Those that the caller's volunteers took, of any organisation: small numbers are hidden. */
  HELPED
}
