package org.consilium.signaling.call;

import io.vertx.core.Future;
import java.util.Optional;
import org.consilium.platform.id.CallId;
import org.consilium.signaling.relay.CallLeases;
import org.consilium.signaling.relay.KeptSeat;
import org.consilium.signaling.relay.Lease;
import org.consilium.signaling.relay.SeatKeeper;

/**
 * Keeps in the database which node serves a call and who sits in it. What is asked is answered
 * after all that this node has written down before.
 */
public final class CallKeeper implements SeatKeeper, CallLeases {
  private final String node;
  private final CallRecord record;
  private final LeaseStore leases = new LeaseStore();

  /**
   * @param node the name of this node
   * @param record through which all is written, in order
   */
  public CallKeeper(String node, CallRecord record) {
    this.node = node;
    this.record = record;
  }

  @Override
  public void keep(CallId call, KeptSeat seat) {
    record.write(tx -> leases.keep(tx, node, call, seat));
  }

  @Override
  public void giveUp(CallId call, String person) {
    record.write(tx -> leases.giveUp(tx, node, call, person));
  }

  @Override
  public Future<Optional<Lease>> claim(CallId call, boolean anew) {
    return record.ask(tx -> {
      // Mostly the ticket has made the call this node's already.
      var held = leases.lease(tx, call);
      if (held.isPresent()) {
        return held;
      }
      leases.claim(tx, call, node, anew);
      return leases.lease(tx, call);
    });
  }

  @Override
  public Future<Optional<Lease>> takeOver(CallId call, long seen) {
    return record.ask(tx -> {
      leases.takeOver(tx, call, node, seen);
      return leases.lease(tx, call);
    });
  }
}
