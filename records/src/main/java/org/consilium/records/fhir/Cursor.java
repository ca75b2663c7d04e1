package org.consilium.records.fhir;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.consilium.platform.http.Refusal;

/** Where a page ends: the key of its last row. Opaque to whoever follows the link. */
record Cursor(UUID key, int part) {
  static final Cursor BEFORE_ALL = new Cursor(new UUID(0, 0), -1);
  private static final int BYTES = 20;

  static Cursor of(ResourceId last) {
    return new Cursor(last.key(), last.part());
  }

  String text() {
    var bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(key.getMostSignificantBits()).putLong(key.getLeastSignificantBits()).putInt(part);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  static Cursor parse(String text) {
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() == BYTES) {
        return new Cursor(new UUID(bytes.getLong(), bytes.getLong()), bytes.getInt());
      }
    } catch (IllegalArgumentException notOurs) {
      throw unknown();
    }
    throw unknown();
  }

  private static Refusal unknown() {
    return Refusal.malformed("_cursor", "Follow the link of the page before as it is.");
  }
}
