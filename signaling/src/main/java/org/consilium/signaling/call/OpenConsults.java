package org.consilium.signaling.call;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;

/** Whoever knows which consults go on; about one that is over nobody calls any more. */
@FunctionalInterface
public interface OpenConsults {
  /** False for a draft, and once the consult is closed or withdrawn. */
  boolean isOpen(Tx tx, ConsultId consult);

  /**
   * Which of these go on. Asked every few seconds about all calls of a node: answer it in one
   * statement.
   *
   * @param consults never empty
   */
  default Set<ConsultId> openAmong(Tx tx, Collection<ConsultId> consults) {
    return consults.stream().filter(consult -> isOpen(tx, consult)).collect(Collectors.toSet());
  }
}
