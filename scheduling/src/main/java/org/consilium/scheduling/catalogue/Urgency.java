package org.consilium.scheduling.catalogue;

import org.consilium.platform.http.Wire;

/** How long a patient can wait, the most urgent first. What each means is catalogue data. */
public enum Urgency implements Wire {
  RED,
  ORANGE,
  YELLOW,
  GREEN,
  BLUE;

  public Urgency orMoreUrgent(Urgency other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
