package org.consilium.records.consent;

import org.consilium.platform.access.Standing;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;

/** The consults that consents are about, as far as a consent touches them. */
public interface SentConsults {
  /**
   * Locks it until the transaction ends, so that two devices decide one after the other; 409 for a
   * draft.
   */
  void lock(Tx tx, ConsultId consult);

  /** Open pages of everybody around it look again. */
  void changed(Tx tx, Standing standing);

  /** The patient no longer agrees to advice: what is still to come ends. */
  void stop(Tx tx, Standing standing, String reason);
}
