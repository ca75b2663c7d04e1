package org.consilium.records.attachment.upload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.consilium.platform.http.Refusal;

/** The checksum of one request's bytes (tus 1.0.0, checksum). */
final class Checksum {
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha1", "SHA-1", "sha256", "SHA-256");

  /** What the server can compute, as it is told to clients. */
  static final String NAMES = "sha1,sha256";

  private final MessageDigest digest;
  private final byte[] stated;

  private Checksum(MessageDigest digest, byte[] stated) {
    this.digest = digest;
    this.stated = stated;
  }

  /** Reads {@code Upload-Checksum}; 400 for an algorithm that is not offered. */
  static Optional<Checksum> of(Optional<String> header) {
    return header.map(text -> {
      var parts = text.strip().split(" ", 2);
      var algorithm = ALGORITHMS.get(parts[0]);
      if (algorithm == null || parts.length != 2) {
        throw new Refusal(400, "malformed", "Upload-Checksum is sha1 or sha256 and Base64.");
      }
      try {
        return new Checksum(
            MessageDigest.getInstance(algorithm), Base64.getDecoder().decode(parts[1].strip()));
      } catch (IllegalArgumentException e) {
        throw new Refusal(400, "malformed", "Upload-Checksum is not Base64.");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  void add(byte[] bytes) {
    digest.update(bytes);
  }

  boolean matches() {
    return MessageDigest.isEqual(digest.digest(), stated);
  }
}
