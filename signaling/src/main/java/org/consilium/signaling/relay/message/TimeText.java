package org.consilium.signaling.relay.message;

import java.time.Instant;

/** Moments as {@link Instant#toString} writes them, made once for all messages of a millisecond. */
final class TimeText {
  /**
   * The last one made. Replaced as a whole, so that any thread may read it; a lost race is one
   * more.
   */
  private static volatile Made last = new Made(Instant.EPOCH, Bytes.of(Instant.EPOCH.toString()));

  @SuppressWarnings("ArrayRecordComponent") // Never changed, compared nowhere.
  private record Made(Instant at, byte[] text) {}

  private TimeText() {}

  /** The text in ASCII, which nobody may change. */
  static byte[] of(Instant at) {
    Made made = last;
    if (!made.at.equals(at)) {
      made = new Made(at, Bytes.of(at.toString()));
      last = made;
    }
    return made.text;
  }
}
