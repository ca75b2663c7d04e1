package org.consilium.signaling.ring;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.consilium.platform.http.Json;
import org.consilium.platform.http.Wire;
import org.consilium.platform.id.AccountId;
import org.consilium.platform.id.RingId;
import org.consilium.platform.identity.SignIn;
import org.consilium.signaling.call.CallDesk.CallTicket;

/** What the server says on a presence socket. Each message is whole: a lost one is no gap. */
sealed interface PresenceMessage {
  /** The name in {@code type}. */
  String type();

  /** Why a ring is over, as one of the two sides sees it. */
  enum EndReason implements Wire {
    ANSWERED,
    /** On another device of the person who was rung. */
    ANSWERED_ELSEWHERE,
    DECLINED,
    CANCELLED,
    MISSED,
    BUSY
  }

  /** How often a client says that it lives, and when each side gives the other up. */
  record Heartbeat(int pingSeconds, int giveUpSeconds, int idleSeconds) {}

  /**
   * A page that waits for a ring may lie open all day: it says less often than a call that it
   * lives.
   */
  Heartbeat HEARTBEAT = new Heartbeat(15, 10, 75);

  /**
   * The truth from here on: first on a connection, and again when something may have been missed.
   *
   * @param incoming what rings this person now
   * @param outgoing what this person has rung of late, with how it stands
   * @param missed how many missed rings they have not seen
   */
  @JsonPropertyOrder("type")
  record Present(
      AccountId account,
      List<Ring> incoming,
      List<Ring> outgoing,
      int missed,
      Heartbeat heartbeat,
      Instant at)
      implements PresenceMessage {
    @Override
    @JsonProperty("type")
    public String type() {
      return "present";
    }
  }

  /** To the callee: it rings. To the caller: it rings there. */
  @JsonPropertyOrder("type")
  record Rings(Ring ring, Instant at) implements PresenceMessage {
    @Override
    @JsonProperty("type")
    public String type() {
      return "ring";
    }
  }

  /** It rings no more. {@code busy} and {@code missed} are in the list of missed rings. */
  @JsonPropertyOrder("type")
  record RingEnded(Ring ring, EndReason reason, Instant at) implements PresenceMessage {
    @Override
    @JsonProperty("type")
    public String type() {
      return "ring-ended";
    }
  }

  /** To the device that answered first: the way into the call; none when an offer rang. */
  @JsonPropertyOrder("type")
  record RingAnswered(Ring ring, Optional<CallTicket> call, Instant at) implements PresenceMessage {
    @Override
    @JsonProperty("type")
    public String type() {
      return "ring-answered";
    }
  }

  /** A message was understood and not done. */
  @JsonPropertyOrder("type")
  record Error(String code, String message, Optional<RingId> ring) implements PresenceMessage {
    @Override
    @JsonProperty("type")
    public String type() {
      return "error";
    }
  }

  /** Answer to {@code ping}. */
  @JsonPropertyOrder("type")
  record Pong(Instant at) implements PresenceMessage {
    @Override
    @JsonProperty("type")
    public String type() {
      return "pong";
    }
  }

  default byte[] json() {
    return Json.write(this);
  }

  /** How a ring stands, to a device of one of the two sides. */
  static PresenceMessage about(Ring ring, AccountId to, SignIn device, Instant at) {
    boolean callee = ring.callee().id().equals(to);
    return switch (ring.state()) {
      case RINGING -> new Rings(ring, at);
      case ANSWERED ->
          new RingEnded(
              ring,
              callee && !ring.answeredBy().equals(Optional.of(device.id()))
                  ? EndReason.ANSWERED_ELSEWHERE
                  : EndReason.ANSWERED,
              at);
      case DECLINED ->
          new RingEnded(
              ring,
              ring.reason().filter(DeclineReason.BUSY::equals).isPresent()
                  ? EndReason.BUSY
                  : EndReason.DECLINED,
              at);
      case CANCELLED -> new RingEnded(ring, EndReason.CANCELLED, at);
      case MISSED -> new RingEnded(ring, EndReason.MISSED, at);
      case BUSY -> new RingEnded(ring, EndReason.BUSY, at);
    };
  }
}
