package org.consilium.scheduling.catalogue;

import org.consilium.platform.http.Wire;

/** The age groups by which specialties are divided. */
public enum AgeGroup implements Wire {
  NEONATE,
  CHILD,
  ADOLESCENT,
  ADULT,
  OLDER
}
