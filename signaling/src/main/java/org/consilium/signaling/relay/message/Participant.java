package org.consilium.signaling.relay.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;

/**
 * One seat as others are told of it.
 *
 * @param seat its number; of two persons the one with the higher number is the polite one
 * @param epoch grows when the person comes with a new page, whose peer connections are new
 * @param name what to show
 * @param role a {@code CallRole} in lower-case
 * @param roles what a host may make the person, {@code role} among them
 * @param host whether the person may admit others and end the call
 * @param present false while the connection is lost and the seat is kept
 * @param since when the seat was taken
 * @param media the last {@code media} body as it came, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Participant(
    int seat,
    int epoch,
    String name,
    String role,
    List<String> roles,
    boolean host,
    boolean present,
    Instant since,
    @JsonRawValue String media) {
  /** Without the name, which is personal data. */
  @Override
  public String toString() {
    return "Participant[seat=" + seat + ", epoch=" + epoch + ", role=" + role + "]";
  }
}
