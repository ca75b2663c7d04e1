package org.consilium.scheduling.volunteer;

import org.consilium.platform.http.Wire;

/** What a volunteer gives. */
public enum VolunteerKind implements Wire {
  SPECIALIST,
  INTERPRETER
}
