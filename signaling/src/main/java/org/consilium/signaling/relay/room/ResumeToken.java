package org.consilium.signaling.relay.room;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.crypto.Secrets;
import org.consilium.platform.id.CallId;

/**
 * The secret by which a client gets its seat back: {@code <call><seat><secret>} in base64url, so
 * that any node can find the call that it belongs to.
 */
public final class ResumeToken {
  private static final int SECRET_BYTES = 28;
  private static final int BYTES = 2 * Long.BYTES + Integer.BYTES + SECRET_BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();

  private ResumeToken() {}

  /** A new one of 224 random bits. */
  static String make(CallId call, int seat) {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    var bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(call.value().getMostSignificantBits())
            .putLong(call.value().getLeastSignificantBits())
            .putInt(seat)
            .put(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /** The call that it says it is for; empty when it is none of ours. */
  public static Optional<CallId> callOf(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length != BYTES) {
        return Optional.empty();
      }
      var buffer = ByteBuffer.wrap(bytes);
      return Optional.of(new CallId(new UUID(buffer.getLong(), buffer.getLong())));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** What is kept of a token: nobody gets a seat back who has read only this. */
  public static String print(String token) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Secrets.sha256(token));
  }
}
