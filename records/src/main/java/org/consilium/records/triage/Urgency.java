package org.consilium.records.triage;

import org.consilium.platform.http.Wire;

/** How long a patient can wait, the most urgent first. */
public enum Urgency implements Wire {
  /** Life, limb or sight: now. */
  RED,
  /** Could worsen in hours. */
  ORANGE,
  /** In-patient or worsening. */
  YELLOW,
  /** An opinion; can wait for days. */
  GREEN,
  /** Teaching or a second look, no patient waiting. */
  BLUE;

  public Urgency orMoreUrgent(Urgency other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public boolean isLessUrgentThan(Urgency other) {
    return compareTo(other) > 0;
  }
}
