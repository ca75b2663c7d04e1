package org.consilium.signaling.ring;

import java.util.Optional;
import java.util.stream.Stream;
import org.consilium.platform.http.Wire;

/** What a person says who does not answer. */
public enum DeclineReason implements Wire {
  /** With somebody else just now. */
  BUSY,
  NOT_NOW;

  /** The reason of this name; none when this version does not know it. */
  static Optional<DeclineReason> named(String text) {
    return Stream.of(values()).filter(reason -> reason.wire().equals(text)).findFirst();
  }
}
