package org.consilium.records.request;

import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;

/** Who takes a sent request on, so that it is answered, and knows whether somebody has. */
public interface ConsultIntake {
  /** Called within the transaction of the submission: both happen, or neither. */
  void submit(Tx tx, SubmittedRequest request);

  /**
   * Whether a specialist has taken the consult and it was not withdrawn: only then is there an
   * outcome to tell.
   */
  boolean isTaken(Tx tx, ConsultId consult);
}
