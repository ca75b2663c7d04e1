package org.consilium.records.request;

import org.consilium.platform.database.Tx;

/** Who takes a sent request on, so that it is answered. */
public interface ConsultIntake {
  /** Called within the transaction of the submission: both happen, or neither. */
  void submit(Tx tx, SubmittedRequest request);
}
