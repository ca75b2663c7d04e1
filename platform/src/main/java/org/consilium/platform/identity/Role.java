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
  /** Another system, registered by an administrator; it may do what its scopes say. */
  PROGRAM,
  /** The server itself: timers and listeners. Never a membership. */
  WORKER,
  /** Nobody has signed in. Never a membership. */
  NOBODY
}
