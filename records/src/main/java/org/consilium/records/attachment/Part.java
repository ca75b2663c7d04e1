package org.consilium.records.attachment;

import java.util.Optional;
import org.consilium.platform.http.Wire;

/** What of a file travels on its own: the smallest first. */
public enum Part implements Wire {
  /** At most 20 kB: seconds over 20 kbit/s. */
  THUMBNAIL(320, 20_000),
  /** At most 120 kB: enough to advise on most skins and films. */
  PREVIEW(1280, 120_000),
  /** As the camera made it. */
  ORIGINAL(Integer.MAX_VALUE, Long.MAX_VALUE);

  private final int sideMax;
  private final long bytesMax;

  Part(int sideMax, long bytesMax) {
    this.sideMax = sideMax;
    this.bytesMax = bytesMax;
  }

  /** The longer side in pixels that a rendition has at most. */
  public int sideMax() {
    return sideMax;
  }

  public long bytesMax() {
    return bytesMax;
  }

  /** The part of this wire name, or empty. */
  public static Optional<Part> of(String wire) {
    for (var part : values()) {
      if (part.wire().equals(wire)) {
        return Optional.of(part);
      }
    }
    return Optional.empty();
  }
}
