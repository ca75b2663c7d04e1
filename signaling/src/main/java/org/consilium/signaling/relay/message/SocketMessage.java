package org.consilium.signaling.relay.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.consilium.signaling.relay.IceServer;

/**
 * What the server says of one connection: without {@code seq}, never kept, never repeated.
 *
 * <p>Each begins with {@code type}.
 */
public sealed interface SocketMessage {
  String type();

  /** The message's bytes. */
  default byte[] bytes() {
    return ServerMessage.Json.write(this);
  }

  /**
   * The first message on every connection.
   *
   * @param resumed whether everything missed follows; if not, the client takes {@code participants}
   *     as they are and repairs each peer connection
   * @param restored whether another server has taken the call over and knows no more than the seats
   * @param resumeToken secret; comes back in the subprotocol {@code resume.<token>.<seq>}
   * @param seq the number after which the call's messages follow on this connection
   * @param accepted the highest number of this client that the server has; later ones are sent
   *     again
   */
  @JsonPropertyOrder({"type", "protocol"})
  record Welcome(
      String protocol,
      boolean resumed,
      boolean restored,
      String call,
      String consult,
      Self self,
      String resumeToken,
      long seq,
      long accepted,
      List<Participant> participants,
      List<Participant> waiting,
      List<IceServer> iceServers,
      long seatKeptSeconds,
      Heartbeat heartbeat)
      implements SocketMessage {
    @Override
    @JsonProperty("type")
    public String type() {
      return "welcome";
    }

    /** Without token and names. */
    @Override
    public String toString() {
      return "Welcome[call=" + call + ", seat=" + self.seat + ", resumed=" + resumed + "]";
    }
  }

  /**
   * The receiver's own seat.
   *
   * @param roles what a host may make the person, {@code role} among them
   * @param state {@code waiting} or {@code admitted}
   */
  record Self(
      int seat,
      int epoch,
      String name,
      String role,
      List<String> roles,
      boolean host,
      String state) {
    /** Without the name. */
    @Override
    public String toString() {
      return "Self[seat=" + seat + ", state=" + state + "]";
    }
  }

  /** How often a client says that it lives, and when each side gives the other up. */
  record Heartbeat(int pingSeconds, int giveUpSeconds, int idleSeconds) {}

  /**
   * Answer to {@code ping}.
   *
   * @param iceServers what takes the place of those of the welcome from now on; null when they are
   *     still fresh
   */
  @JsonPropertyOrder({"type"})
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pong(long accepted, Instant at, List<IceServer> iceServers) implements SocketMessage {
    @Override
    @JsonProperty("type")
    public String type() {
      return "pong";
    }
  }

  /**
   * A message was understood and not done.
   *
   * @param about the {@code seq} of that message, or null
   */
  @JsonPropertyOrder({"type"})
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Error(String code, String message, Long about) implements SocketMessage {
    @Override
    @JsonProperty("type")
    public String type() {
      return "error";
    }
  }
}
