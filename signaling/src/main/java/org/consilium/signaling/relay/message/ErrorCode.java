package org.consilium.signaling.relay.message;

/** The stable codes of {@code error}, each with a sentence. */
public enum ErrorCode {
  UNKNOWN_TYPE("unknown-type", "This server does not know this type of message."),
  INCOMPLETE("incomplete", "A field that this message needs is missing."),
  TOO_LARGE("too-large", "The body is larger than this message may be."),
  NOT_ADMITTED("not-admitted", "You wait to be let in."),
  NOT_ALLOWED("not-allowed", "Only a host of the call may do this."),
  NO_SUCH_SEAT("no-such-seat", "Nobody in the call has this seat."),
  CALL_FULL("call-full", "The call has no free seat."),
  UNKNOWN_ROLE("unknown-role", "This server does not know this role."),
  ROLE_NOT_PERMITTED("role-not-permitted", "This person may not have this role in the call."),
  LAST_HOST("last-host", "The call would be left without a host.");

  private final String code;
  private final String sentence;

  ErrorCode(String code, String sentence) {
    this.code = code;
    this.sentence = sentence;
  }

  public String code() {
    return code;
  }

  /** The message to send about the client's message {@code seq}. */
  public SocketMessage.Error about(long seq) {
    return new SocketMessage.Error(code, sentence, seq == ClientMessage.ABSENT ? null : seq);
  }
}
