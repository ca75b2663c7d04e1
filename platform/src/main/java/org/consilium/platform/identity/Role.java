package org.consilium.platform.identity;

import org.consilium.platform.http.Wire;

/** What a person is in one organisation. A scheduler is the coordinator who places consults. */
public enum Role implements Wire {
  CLINICIAN,
  SPECIALIST,
  SCHEDULER,
  INTERPRETER,
  OBSERVER,
  SUPERVISOR,
  ADMINISTRATOR,
  DATA_OFFICER,
  /** The server itself: timers and listeners. Never a membership. */
  WORKER,
  /** Nobody has signed in. Never a membership. */
  NOBODY
}
