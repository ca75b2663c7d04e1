package org.consilium.scheduling.duty;

import java.util.function.Supplier;
import org.consilium.platform.database.Tx;
import org.consilium.platform.identity.Role;

/**
 * Work that the server owes to everybody and that no single caller may see: how much a volunteer
 * carries for other organisations, whose time is taken, asking the next one. Inside it the database
 * role is the server's own, so a service looks first, as the caller, whether they may ask for it.
 */
public final class ServerDuty {
  private static final String BEGIN = "SET LOCAL ROLE consilium_worker";
  private static final String END = "SET LOCAL ROLE consilium_app";

  private ServerDuty() {}

  /**
   * Does {@code work} with the server's own sight; a failure in it ends the transaction anyway. Not
   * nested.
   */
  public static <T> T in(Tx tx, Supplier<T> work) {
    if (tx.caller().role() == Role.WORKER) {
      return work.get();
    }
    tx.run(BEGIN);
    T result = work.get();
    tx.run(END);
    return result;
  }
}
