package org.consilium.records.attachment.upload;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.consilium.platform.http.Refusal;
import org.consilium.platform.id.AttachmentId;
import org.consilium.platform.id.ConsultId;
import org.consilium.records.attachment.Part;

/**
 * What a client says of a transfer before its first byte, in {@code Upload-Length} and {@code
 * Upload-Metadata} (tus 1.0.0, creation).
 *
 * @param sha256 of the whole, to be held against what arrives
 */
record NewUpload(
    UUID id,
    ConsultId consult,
    AttachmentId attachment,
    Part part,
    long length,
    Optional<byte[]> sha256) {
  private static final int METADATA_CHARS_MAX = 2_000;

  /** Reads both headers; 400 names what is missing or malformed. */
  static NewUpload of(Optional<String> length, Optional<String> metadata) {
    var given = metadata(metadata.orElse(""));
    try {
      return new NewUpload(
          UUID.fromString(needed(given, "id")),
          ConsultId.parse(needed(given, "consult")),
          AttachmentId.parse(needed(given, "attachment")),
          Part.of(needed(given, "part")).orElseThrow(() -> new IllegalArgumentException("part")),
          Long.parseLong(length.orElseThrow(() -> malformed("Upload-Length is missing."))),
          Optional.ofNullable(given.get("sha256")).map(NewUpload::sha256));
    } catch (IllegalArgumentException e) {
      throw malformed("A value of Upload-Length or Upload-Metadata is not as it must be.");
    }
  }

  private static byte[] sha256(String hex) {
    var hash = HexFormat.of().parseHex(hex);
    if (hash.length != 32) {
      throw new IllegalArgumentException("sha256");
    }
    return hash;
  }

  private static Map<String, String> metadata(String header) {
    if (header.length() > METADATA_CHARS_MAX) {
      throw malformed("Upload-Metadata is too long.");
    }
    var values = new HashMap<String, String>();
    for (var pair : header.split(",", -1)) {
      var parts = pair.strip().split(" ", 2);
      try {
        var value = parts.length == 2 ? Base64.getDecoder().decode(parts[1].strip()) : new byte[0];
        if (values.put(parts[0], new String(value, StandardCharsets.UTF_8)) != null) {
          throw malformed("Upload-Metadata names " + parts[0] + " twice.");
        }
      } catch (IllegalArgumentException e) {
        throw malformed("Upload-Metadata is not Base64 after each name.");
      }
    }
    return values;
  }

  private static String needed(Map<String, String> values, String name) {
    var value = values.get(name);
    if (value == null) {
      throw malformed("Upload-Metadata lacks " + name + ".");
    }
    return value;
  }

  private static Refusal malformed(String sentence) {
    return new Refusal(400, "malformed", sentence);
  }
}
