package org.consilium.signaling.relay.room;

import java.util.List;
import java.util.Objects;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;
import org.consilium.signaling.relay.KeptSeat;

/**
 * A call as this node serves it now.
 *
 * @param term the term of the lease by which it does
 * @param seats who sits or waits, also while the connection is lost
 */
public record LiveRoom(CallId call, ConsultId consult, long term, List<KeptSeat> seats) {
  public LiveRoom {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(consult, "consult");
    seats = List.copyOf(seats);
  }
}
