package org.consilium.deploy;

import java.util.Collection;
import java.util.Set;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.ConsultId;
import org.consilium.scheduling.Scheduling;
import org.consilium.signaling.call.OpenConsults;

/** Signaling asks scheduling which consults go on. */
record ConsultsInCalls(Scheduling scheduling) implements OpenConsults {
  @Override
  public boolean isOpen(Tx tx, ConsultId consult) {
    return scheduling.consults().isOpen(tx, consult);
  }

  @Override
  public Set<ConsultId> openAmong(Tx tx, Collection<ConsultId> consults) {
    return scheduling.consults().openAmong(tx, consults);
  }
}
