package org.consilium.signaling.relay.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.consilium.signaling.relay.IceServer;

/**
 * What the server says of the call itself: each of these is stamped with the receiver's next {@code
 * seq} and the time, kept until acknowledged, and sent again after a lost connection.
 */
public sealed interface ServerMessage {
  /** A person is in the call. */
  record Joined(Participant participant) implements ServerMessage {}

  /** A seat was given up; its number is not used again. */
  record Left(int seat, String reason) implements ServerMessage {}

  /** A connection was lost; the seat is kept until that moment. */
  record Away(int seat, Instant until) implements ServerMessage {}

  /**
   * A person is connected again.
   *
   * @param resumed whether that client missed nothing; otherwise it repairs by {@code restart}, or
   *     its epoch has changed
   */
  record Back(Participant participant, boolean resumed) implements ServerMessage {}

  /** To hosts: somebody asks to be let in. */
  record Waiting(Participant participant) implements ServerMessage {}

  /** To one who waited: now in the call. */
  record Admitted(
      int by, List<Participant> participants, List<Participant> waiting, List<IceServer> iceServers)
      implements ServerMessage {}

  /** To one who waited: not let in. */
  record Refused(int by) implements ServerMessage {}

  /**
   * A person of the call is something else from now on.
   *
   * @param host whether that role is a host's
   * @param by the host who decided it; null when the server did, so that the call has a host
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Role(int seat, String role, boolean host, Integer by) implements ServerMessage {}

  /** The call is over for all. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Ended(String reason, Integer by) implements ServerMessage {}

  /** The name in {@code type}. */
  private String type() {
    return switch (this) {
      case Joined _ -> "joined";
      case Left _ -> "left";
      case Away _ -> "away";
      case Back _ -> "back";
      case Waiting _ -> "waiting";
      case Admitted _ -> "admitted";
      case Refused _ -> "refused";
      case Role _ -> "role";
      case Ended _ -> "ended";
    };
  }

  /** The message's bytes for one receiver. */
  default byte[] stamped(long seq, Instant at) {
    byte[] rest = Json.write(this);
    // The rest is an object with at least one field: its brace becomes the comma of the stamp.
    return new Bytes(rest.length + Bytes.STAMP_MAX)
        .put(start(type()))
        .number(seq)
        .put(Bytes.AT)
        .put(TimeText.of(at))
        .put(Bytes.QUOTE_COMMA)
        .put(rest, 1, rest.length - 1)
        .exact();
  }

  /**
   * Passes a client's body on: sender, time and number are the server's, the body is untouched.
   * {@code sent} is the sender's own number, by which a receiver knows what it has had before.
   */
  static byte[] relayed(ClientMessage message, long seq, Instant at, int from) {
    byte[] start = message.type().relayStart();
    byte[] time = TimeText.of(at);
    boolean toOne = message.type().delivery() == ClientType.Delivery.TO_ONE;
    // Made in one array of the right length: this is done for every message of every call.
    int length =
        start.length
            + Bytes.digits(seq)
            + Bytes.AT.length
            + time.length
            + Bytes.FROM.length
            + Bytes.digits(from)
            + Bytes.SENT.length
            + Bytes.digits(message.seq())
            + (toOne ? Bytes.TO.length + Bytes.digits(message.to()) : 0)
            + Bytes.BODY.length
            + message.bodyLength()
            + Bytes.CLOSE.length;
    var bytes =
        new Bytes(length)
            .put(start)
            .number(seq)
            .put(Bytes.AT)
            .put(time)
            .put(Bytes.FROM)
            .number(from)
            .put(Bytes.SENT)
            .number(message.seq());
    if (toOne) {
      bytes.put(Bytes.TO).number(message.to());
    }
    return bytes
        .put(Bytes.BODY)
        .put(message.raw(), message.bodyFrom(), message.bodyLength())
        .put(Bytes.CLOSE)
        .exact();
  }

  /** {@code {"type":"…","seq":}. */
  static byte[] start(String type) {
    return Bytes.of("{\"type\":\"" + type + "\",\"seq\":");
  }

  /** The JSON of the messages that are not relayed. */
  final class Json {
    private static final ObjectMapper MAPPER =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private Json() {}

    static byte[] write(Object value) {
      try {
        return MAPPER.writeValueAsBytes(Objects.requireNonNull(value));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
