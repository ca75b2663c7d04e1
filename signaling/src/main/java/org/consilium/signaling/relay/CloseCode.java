package org.consilium.signaling.relay;

import java.util.Arrays;
import java.util.Optional;

/** Why the server closed a WebSocket; the table of {@code PROTOCOL.md}. */
public enum CloseCode {
  NORMAL(1000, "bye"),
  /** Not RFC 6455. */
  PROTOCOL_ERROR(1002, "protocol-error"),
  NOT_TEXT(1003, "text-only"),
  INVALID_UTF8(1007, "invalid-utf8"),
  TOO_BIG(1009, "too-big"),
  FAULT(1011, "fault"),
  /** The server stops; the reason is {@code retry-ms=N}, spread so that not all return at once. */
  RESTART(1012, "restart"),
  /** The peer does not read; it may resume. */
  SLOW_READER(1013, "slow-reader"),
  MALFORMED(4000, "malformed"),
  REPLACED(4001, "replaced"),
  IDLE(4002, "idle"),
  REMOVED(4003, "removed"),
  ENDED(4004, "ended"),
  REFUSED(4005, "refused"),
  FULL(4006, "full"),
  EXPIRED(4007, "expired"),
  GONE(4008, "gone"),
  SEQUENCE_GAP(4009, "sequence-gap"),
  /** Another node serves the call now; the seat is kept there. */
  MOVED(4010, "moved"),
  TOO_FAST(4029, "too-fast");

  private final short code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = (short) code;
    this.reason = reason;
  }

  /** The one of this number; empty when it is none of ours. */
  public static Optional<CloseCode> of(short code) {
    return Arrays.stream(values()).filter(one -> one.code == code).findFirst();
  }

  public short code() {
    return code;
  }

  public String reason() {
    return reason;
  }
}
