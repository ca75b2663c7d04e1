package org.consilium.signaling.call;

import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;

/** Whoever knows which consults go on; about one that is over nobody calls any more. */
@FunctionalInterface
public interface OpenConsults {
  /** False for a draft, and once the consult is closed or withdrawn. */
  boolean isOpen(Tx tx, ConsultId consult);
}
