package org.consilium.signaling.relay.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.consilium.platform.http.Json;
import org.consilium.signaling.relay.Admission;
import org.consilium.signaling.relay.CloseCode;

/**
 * What one node says to another: a byte for the kind, four for the count of the link's frames, and
 * the rest as the kind wants it.
 */
final class Frame {
  /** The kinds; the order is the wire format, so a new one comes last. */
  enum Kind {
    /** To the node that serves a call: do you serve it, and does this resume token stand there? */
    ASK,
    /** The answer; one byte, 1 for yes. */
    ANSWER,
    /** A person comes with a ticket: the admission as JSON. */
    ENTER,
    /** A client comes back: eight bytes of the last number it has, and its token. */
    RESUME,
    /** One message of the protocol, either way, as it came or goes. */
    TEXT,
    /** To the serving node: so many bytes have been written out. */
    CREDIT,
    /** To the socket's node: so many messages have been dealt with. */
    DONE,
    /** To the serving node: the connection is gone. */
    LEFT,
    /** To the socket's node: close it, with two bytes of code and a reason. */
    CLOSE,
    /** Another node serves the call now. */
    LOST,
    /** To every node: take a person out of a call, or out of all. */
    REVOKE,
    /** To every node: a person's right to be in a call is over. */
    EXPIRE,
    /** To every node: a call is over for all. */
    END
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int HEAD_BYTES = 1 + Integer.BYTES;

  private Frame() {}

  static Kind kind(byte[] frame) {
    if (frame.length < HEAD_BYTES || frame[0] < 0 || frame[0] >= KINDS.length) {
      throw new IllegalArgumentException("no frame of this version");
    }
    return KINDS[frame[0]];
  }

  static int count(byte[] frame) {
    return ByteBuffer.wrap(frame).getInt(1);
  }

  static ByteBuffer body(byte[] frame) {
    return ByteBuffer.wrap(frame, HEAD_BYTES, frame.length - HEAD_BYTES);
  }

  static byte[] bytes(byte[] frame) {
    ByteBuffer body = body(frame);
    var bytes = new byte[body.remaining()];
    body.get(bytes);
    return bytes;
  }

  static String text(ByteBuffer body) {
    return StandardCharsets.UTF_8.decode(body).toString();
  }

  static Admission admission(byte[] frame) {
    try {
      return Json.MAPPER.readValue(bytes(frame), Admission.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- written ---------------------------------------------------------------------------------

  static byte[] of(Kind kind, int count, byte[] body) {
    return head(kind, count, body.length).put(body).array();
  }

  static byte[] of(Kind kind, int count, String text) {
    return of(kind, count, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] of(Kind kind, int count, int number) {
    return head(kind, count, Integer.BYTES).putInt(number).array();
  }

  static byte[] answer(boolean yes) {
    return head(Kind.ANSWER, 0, 1).put((byte) (yes ? 1 : 0)).array();
  }

  static byte[] enter(int count, Admission admission) {
    return of(Kind.ENTER, count, Json.write(admission));
  }

  static byte[] resume(int count, long lastSeq, String token) {
    byte[] text = token.getBytes(StandardCharsets.US_ASCII);
    return head(Kind.RESUME, count, Long.BYTES + text.length).putLong(lastSeq).put(text).array();
  }

  static byte[] close(int count, CloseCode code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return head(Kind.CLOSE, count, Short.BYTES + text.length)
        .putShort(code.code())
        .put(text)
        .array();
  }

  private static ByteBuffer head(Kind kind, int count, int bodyBytes) {
    return ByteBuffer.allocate(HEAD_BYTES + bodyBytes).put((byte) kind.ordinal()).putInt(count);
  }
}
