package org.consilium.signaling.relay;

import java.time.Instant;
import java.util.Objects;

/**
 * What of a seat outlives the server that gave it: enough for another to give it back.
 *
 * @param number never used again in the call
 * @param admission the person's right, in the role that they have now
 * @param admitted false for one who waits to be let in
 * @param present whether the connection stands
 * @param tokenPrint the SHA-256 of the resume token, base64url
 */
public record KeptSeat(
    int number,
    Admission admission,
    boolean admitted,
    boolean present,
    int epoch,
    Instant since,
    String tokenPrint) {
  public KeptSeat {
    Objects.requireNonNull(admission, "admission");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(tokenPrint, "tokenPrint");
  }
}
