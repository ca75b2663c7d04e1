package org.consilium.scheduling.booking;

import java.time.Instant;
import java.util.Set;
import org.consilium.platform.database.Tx;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.ConsultId;

/** Who has been in a call of a consult since a moment; filled where calls are known. */
@FunctionalInterface
public interface WhoCame {
  Set<AccountId> since(Tx tx, ConsultId consult, Instant moment);
}
