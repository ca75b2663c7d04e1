package org.consilium.scheduling.duty;

import java.util.function.Supplier;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Caller;

/**
 * Work that the server owes to everybody and that no single caller may see: how much a volunteer
 * carries for other organisations, whose time is taken, asking the next one. Inside it the database
 * role is the server's own, so a service looks first, as the caller, whether they may ask for it.
 */
public final class ServerDuty {
  private ServerDuty() {}

  /**
   * Does {@code work} with the server's own sight; a failure in it ends the transaction anyway. Not
   * nested.
   */
  public static <T> T in(Tx tx, Supplier<T> work) {
    return tx.asServer(work);
  }

  /**
   * What follows by itself from somebody's act: done, remembered and audited in the server's own
   * name, not in theirs. Within {@link #in}, or in a transaction of the server's own.
   */
  public static void inItsName(Tx tx, Runnable work) {
    var caller = tx.caller();
    if (!caller.isPerson()) {
      work.run();
      return;
    }
    tx.actAs(Caller.worker());
    work.run();
    tx.actAs(caller);
  }
}
