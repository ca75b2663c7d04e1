package org.consilium.platform.access;

import org.consilium.platform.http.Wire;

/** What a caller is to one consult. */
public enum Relation implements Wire {
  /** A clinician of the owning organisation. */
  CLINIC,
  /** A scheduler of the owning organisation. */
  COORDINATOR,
  /** A supervisor of the owning organisation. */
  SUPERVISOR,
  /** The clinician who asked. */
  REQUESTER,
  /** The specialist who accepted. */
  SPECIALIST,
  INTERPRETER,
  /** A trainee who looks on. */
  OBSERVER
}
