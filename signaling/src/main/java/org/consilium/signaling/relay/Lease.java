package org.consilium.signaling.relay;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.consilium.platform.id.CallId;
import org.consilium.platform.id.ConsultId;

/**
 * Which node serves a call, and what it must know to do so.
 *
 * @param node the node's name; a server has a new one after each start
 * @param term grows each time the call changes hands: what was said in an earlier one is void
 * @param age how long ago the node took the call
 * @param lastNumber the highest seat number that was ever kept
 * @param seats who has a seat, by number
 */
public record Lease(
    CallId call,
    ConsultId consult,
    String node,
    long term,
    Duration age,
    int lastNumber,
    List<KeptSeat> seats) {
  /** The term of a call that nobody else could serve. */
  public static final long NO_TERM = 0;

  public Lease {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(consult, "consult");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(age, "age");
    seats = List.copyOf(seats);
  }
}
